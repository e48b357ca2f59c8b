package dev.gradc.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A step of training: forward, backward, plain gradient descent, on a batch that is there already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Training {

    @Param
    public Network work;

    @Param
    public Contestant contestant;

    private Model.Step step;

    @Setup
    public void prepare() {
        step = work.by(contestant).training();
    }

    @Benchmark
    public float step() {
        return step.run();
    }
}
