def log = new File(basedir, 'build.log').text
def made = { new File(basedir, "target/generated-sources/gradc/$it").exists() }

assert log.contains('Tests run: 4, Failures: 0, Errors: 0, Skipped: 0')
assert made('com/acme/pricing/Options.java')
assert made('com/acme/named/Plain.java')
assert new File(basedir, 'target/generated-test-sources/gradc/com/acme/geometry/Reference.java').exists()

// Excluded, but imported.
assert !made('parts/Normal.java')

// Every option of the command line is a parameter.
['includes', 'excludes', 'packageName', 'precision', 'set', 'checkGradients', 'dumpAfter', 'skip', 'sourceDirectory', 'outputDirectory'].each {
    assert log =~ /(?m)^    $it\b/
}
assert log.contains('gradc:compile-test')

assert new File(basedir, 'target/generated-test-sources/gradc/com/acme/nets/Small.java').text.contains('[3,2]')
assert log.contains('error: no network has a size hiden; did you mean hidden?')
assert log.contains('dumpAfter is one of [check, stabilize, differentiate, simplify, regroup], not simplfy')
