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

/** A function's value with all its derivatives, in 64-bit numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Derivatives {

    @Param
    public Problem work;

    @Param
    public Contestant contestant;

    private Evaluation evaluation;
    private double[] derivative;

    @Setup
    public void prepare() {
        evaluation = work.evaluation(contestant);
        derivative = new double[work.derivatives];
    }

    @Benchmark
    public double evaluate() {
        return evaluation.run(derivative);
    }
}
