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

/** A step of training: forward, backward, plain gradient descent; in 32-bit numbers, on a batch that is there already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Training {

    @Param
    public Network work;

    @Param
    public Contestant contestant;

    private Step step;

    /** One step, and the mean loss before it. */
    @FunctionalInterface
    interface Step {
        float run();
    }

    @Setup
    public void prepare() {
        step = of(work, contestant);
    }

    @Benchmark
    public float step() {
        return step.run();
    }

    /** Contestants start from equal weights. */
    static Step of(Network work, Contestant contestant) {
        return switch (contestant) {
            case PORTABLE, VECTOR -> new Compiled(work, contestant).training(1);
            case PORTABLE_2 -> new Compiled(work, Contestant.PORTABLE).training(2);
            case VECTOR_2 -> new Compiled(work, Contestant.VECTOR).training(2);
            case ENCOG -> new Encog(work).training();
            case PYTORCH -> new Torch(work, 1).training();
            case PYTORCH_2 -> new Torch(work, 2).training();
            default -> throw new IllegalArgumentException(contestant + " does not train");
        };
    }
}
