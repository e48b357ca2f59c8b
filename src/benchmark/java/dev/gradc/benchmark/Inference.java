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

/** One example through a network: from a Java array to a Java array. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Inference {

    @Param
    public Network work;

    @Param
    public Contestant contestant;

    private Model.Answer answer;
    private float[] example;

    @Setup
    public void prepare() {
        answer = work.by(contestant).inference();
        example = work.examples();
    }

    @Benchmark
    public float[] answer() {
        return answer.to(example);
    }
}
