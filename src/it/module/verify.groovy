def log = new File(basedir, 'build.log').text

assert new File(basedir, 'target/surefire-reports/TEST-com.acme.slopes.SlopesTest.xml').text.contains('tests="2" errors="0" skipped="0" failures="0"')
assert log.contains('package dev.gradc.algebra is not visible')
