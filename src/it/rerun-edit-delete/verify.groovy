def builds = new File(basedir, 'build.log').text.split('BUILD SUCCESS')
def made = { new File(basedir, "target/generated-sources/gradc/com/acme/$it") }

assert builds[0].contains('Compiled 3 sources to target/generated-sources/gradc: 3 written, 0 deleted')

// The rerun does nothing, and so leaves nothing to do for the Java compiler.
assert builds[1].contains('Nothing to compile: all sources are up to date')
assert builds[1].contains('Nothing to compile - all classes are up to date')

// After an edit and a deletion the file that neither of them concerns stays untouched.
assert builds[2].contains('Compiled 2 sources to target/generated-sources/gradc: 1 written, 1 deleted')
assert made('Edited.java').text.contains('cos')
assert made('Kept.java').lastModified() < made('Edited.java').lastModified()

// What the deleted source left behind is gone with its package, also as a class.
assert !made('gone').exists()
assert !new File(basedir, 'target/classes/com/acme/gone/Gone.class').exists()
assert new File(basedir, 'target/classes/com/acme/Kept.class').exists()
