package dev.gradc.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A comparison of times says something if all have computed the same: this is tried before anything is measured. */
final class Agreement {

    /** Single precision, and sums in another order. Two steps change each loss by 80 times as much at least: so gradients agree. */
    private static final double SINGLE = 1e-5;

    private static final double DOUBLE = 1e-9;

    private Agreement() {}

    static void of(Network work) {
        require(work, work.contestants(), work.trains() ? c -> losses(work.by(c)) : c -> answer(work, c), SINGLE);
    }

    static void of(Problem work) {
        require(work, work.contestants(), contestant -> derivatives(work, contestant), DOUBLE);
    }

    /** Of the first three steps: the second and third depend on all the gradients before. */
    private static double[] losses(Model model) {
        Model.Step step = model.training();
        return new double[] {step.run(), step.run(), step.run()};
    }

    private static double[] answer(Network work, Contestant contestant) {
        float[] answer = work.by(contestant).inference().to(work.examples());
        double[] numbers = new double[answer.length];
        Arrays.setAll(numbers, i -> answer[i]);
        return numbers;
    }

    /** The value comes last. */
    private static double[] derivatives(Problem work, Contestant contestant) {
        double[] derivatives = new double[work.derivatives];
        double value = work.evaluation(contestant).run(derivatives);
        double[] all = Arrays.copyOf(derivatives, derivatives.length + 1);
        all[derivatives.length] = value;
        return all;
    }

    private static void require(
            Enum<?> work, List<Contestant> contestants, Function<Contestant, double[]> result, double tolerance) {
        double[] expected = result.apply(contestants.get(0));
        double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (Contestant contestant : contestants.subList(1, contestants.size())) {
            double[] actual = result.apply(contestant);
            for (int i = 0; i < expected.length; i++) {
                // Not the other way round: NaN agrees with nothing.
                if (!(Math.abs(expected[i] - actual[i]) <= tolerance * size)) {
                    throw new IllegalStateException(work + " by " + contestant + ": number " + i + " is " + actual[i]
                            + " and should be " + expected[i]);
                }
            }
        }
    }
}
