package dev.gradc.benchmark;

import dev.gradc.Expression;
import dev.gradc.GradientFunction;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A formula of 3,000 terms and its gradient, in methods of so many bytes at most: what {@code lower.Partition} goes by. Each call is timed
 * by itself, so that the median is that of calls which nothing interrupted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {

    private static final int TERMS = 3000;
    private static final int VARIABLES = 40;

    @Param({"1000", "2000", "4000", "6500"})
    public int bytes;

    private GradientFunction function;
    private double[] point;
    private double[] gradient;

    @Setup
    public void prepare() {
        // Each number of bytes has a JVM of its own, in which nothing has been compiled yet.
        System.setProperty("dev.gradc.part", String.valueOf(bytes));
        Random random = new Random(1);
        StringBuilder formula = new StringBuilder("0");
        for (int i = 0; i < TERMS; i++) {
            int[] names = random.ints(3, 0, VARIABLES).toArray();
            formula.append(String.format(
                    Locale.ROOT, " + (%.4f*x%d + x%d)*x%d", random.nextDouble(), names[0], names[1], names[2]));
        }
        function = Expression.parse(formula.toString()).compile();
        point = random.doubles(function.size()).toArray();
        gradient = new double[function.size()];
    }

    @Benchmark
    public double evaluate() {
        return function.gradient(point, gradient);
    }
}
