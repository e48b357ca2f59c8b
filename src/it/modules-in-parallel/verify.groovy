def log = new File(basedir, 'build.log').text
assert log =~ /Using the MultiThreadedBuilder implementation with a thread count of 2/
assert !log.contains('not marked as thread-safe')

assert new File(basedir, 'one/target/classes/com/acme/one/LineTrainer.class').exists()
assert new File(basedir, 'two/target/classes/com/acme/two/BendTrainer.class').exists()
assert new File(basedir, 'three/target/classes/com/acme/three/Waves.class').exists()
