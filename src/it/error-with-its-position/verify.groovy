def source(name) { new File(basedir, "src/main/nn/com/acme/${name}.nn").canonicalPath }
def log = new File(basedir, 'build.log').text
def first = "${source('rings')}:8:14: error: inner dimensions differ: W1 is [5,3], x is [2]"

// Each error once, as the command line shows it: the position, the line, a caret under the place.
assert log.contains("[ERROR] ${first}\n  8 |   h = tanh(W1@x + b1)\n    |            ~~^~\n")
assert log.contains("[ERROR] ${source('slope')}:1:21: error: ")
assert log.count('inner dimensions differ') == 2

// One message ends the build, without advice about stack traces before it.
assert log =~ /Failed to execute goal dev\.gradc:gradc-maven-plugin:[^ ]+:compile \(default\) on project [^:]+: 2 errors in the sources, the first: \Q${first}\E/

// A file that is sound is not written while another is not.
assert !new File(basedir, 'target/generated-sources/gradc').exists()
