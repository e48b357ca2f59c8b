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

    private Answer answer;
    private float[] example;

    /** Probabilities of the classes for an example. */
    @FunctionalInterface
    interface Answer {
        float[] to(float[] example);
    }

    @Setup
    public void prepare() {
        answer = of(work, contestant);
        example = work.examples();
    }

    @Benchmark
    public float[] answer() {
        return answer.to(example);
    }

    /** Contestants have equal weights. */
    static Answer of(Network work, Contestant contestant) {
        return switch (contestant) {
            case PORTABLE, VECTOR -> new Compiled(work, contestant).inference();
            case ENCOG -> new Encog(work).inference();
            case PYTORCH -> new Torch(work, 1).inference();
            case PYTORCH_2 -> new Torch(work, 2).inference();
            default -> throw new IllegalArgumentException(contestant + " has no networks");
        };
    }
}
