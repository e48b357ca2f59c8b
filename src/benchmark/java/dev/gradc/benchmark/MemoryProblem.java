package dev.gradc.benchmark;

import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** The loss of {@code memory.nn} and its gradient. */
final class MemoryProblem {

    /** Bits of a character. */
    static final int BITS = 14;

    static final Map<Contestant, Supplier<Evaluation>> SMALL = contestants(
            1024,
            2,
            dev.gradc.benchmark.portable.Memory::smallGradient,
            dev.gradc.benchmark.vector.Memory::smallGradient);

    static final Map<Contestant, Supplier<Evaluation>> LARGE = contestants(
            4096,
            4,
            dev.gradc.benchmark.portable.Memory::largeGradient,
            dev.gradc.benchmark.vector.Memory::largeGradient);

    final int characters;
    final int layers;
    final double[] x;

    /** Per layer four gates: forget, input, output, change. */
    final double[] w;

    final double[] b;
    final double[] into;

    /** Factors, then summands. */
    final double[] out;

    final double[] hidden;
    final double[] cell;

    private MemoryProblem(int characters, int layers) {
        this.characters = characters;
        this.layers = layers;
        Random random = new Random(1);
        x = random.ints(characters * BITS, 0, 2).asDoubleStream().toArray();
        w = random.doubles(layers * 4 * BITS, -1, 1).toArray();
        b = random.doubles(layers * 4 * BITS, -1, 1).toArray();
        into = random.doubles(BITS, -1, 1).toArray();
        out = random.doubles(2 * BITS, -1, 1).toArray();
        hidden = random.doubles(layers * BITS, -1, 1).toArray();
        cell = random.doubles(layers * BITS, -1, 1).toArray();
    }

    private static Map<Contestant, Supplier<Evaluation>> contestants(
            int characters, int layers, Generated portable, Generated vector) {
        Supplier<MemoryProblem> problem = () -> new MemoryProblem(characters, layers);
        return Map.of(
                Contestant.PORTABLE, () -> problem.get().generated(portable),
                Contestant.VECTOR, () -> problem.get().generated(vector),
                Contestant.BY_HAND, () -> new MemoryByHand(problem.get()));
    }

    private Evaluation generated(Generated function) {
        return derivative -> function.run(x, w, b, into, out, hidden, cell, derivative);
    }

    private interface Generated {
        double run(
                double[] x,
                double[] w,
                double[] b,
                double[] into,
                double[] out,
                double[] hidden,
                double[] cell,
                double[] derivative);
    }
}
