package dev.gradc.benchmark;

import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** The log-likelihood of {@code mixture.nn} and its gradient. */
final class MixtureProblem {

    static final Map<Contestant, Supplier<Evaluation>> SMALL = contestants(
            1000,
            20,
            50,
            dev.gradc.benchmark.portable.Mixture::smallGradient,
            dev.gradc.benchmark.vector.Mixture::smallGradient);

    static final Map<Contestant, Supplier<Evaluation>> LARGE = contestants(
            10_000,
            32,
            25,
            dev.gradc.benchmark.portable.Mixture::largeGradient,
            dev.gradc.benchmark.vector.Mixture::largeGradient);

    final int points;
    final int d;
    final int components;
    final double[] x;
    final double[] alpha;
    final double[] mean;

    /** For each component the logarithms of the diagonal of its triangle, then the columns below it. */
    final double[] q;

    private MixtureProblem(int points, int d, int components) {
        this.points = points;
        this.d = d;
        this.components = components;
        Random random = new Random(1);
        x = random.doubles(points * d, -1, 1).toArray();
        alpha = random.doubles(components, -1, 1).toArray();
        mean = random.doubles(components * d, -1, 1).toArray();
        q = random.doubles(components * d * (d + 1) / 2, -0.5, 0.5).toArray();
    }

    private static Map<Contestant, Supplier<Evaluation>> contestants(
            int points, int d, int components, Generated portable, Generated vector) {
        Supplier<MixtureProblem> problem = () -> new MixtureProblem(points, d, components);
        return Map.of(
                Contestant.PORTABLE, () -> problem.get().generated(portable),
                Contestant.VECTOR, () -> problem.get().generated(vector),
                Contestant.BY_HAND, () -> new MixtureByHand(problem.get()));
    }

    private Evaluation generated(Generated function) {
        return derivative -> function.run(x, alpha, mean, q, derivative);
    }

    private interface Generated {
        double run(double[] x, double[] alpha, double[] mean, double[] q, double[] derivative);
    }
}
