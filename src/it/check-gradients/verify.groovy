def builds = new File(basedir, 'build.log').text.split('BUILD SUCCESS')

// Every derivative is tested, and every parameter.
assert builds[0].contains('Running com.acme.SpringGradientTest')
assert builds[0].contains('Running com.acme.LineGradientTest')
assert builds[0].contains('Tests run: 4, Failures: 0, Errors: 0, Skipped: 0')

// Not wanted any more, they are gone.
assert !new File(basedir, 'target/generated-test-sources/gradc-checks/com').exists()
