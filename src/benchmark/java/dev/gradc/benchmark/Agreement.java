package dev.gradc.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** A comparison of times says something if all have computed the same: this is tried before anything is measured. */
final class Agreement {

    /** Single precision, and sums in another order. */
    private static final double SINGLE = 1e-4;

    private static final double DOUBLE = 1e-9;

    private Agreement() {}

    /** The losses of the first three steps: the second and third depend on all the gradients before. */
    static void ofTraining(Network work, Collection<Contestant> contestants) {
        double[] expected = null;
        for (Contestant contestant : contestants) {
            Training.Step step = Training.of(work, contestant);
            double[] losses = {step.run(), step.run(), step.run()};
            expected = expected == null ? losses : expected;
            require(work + " by " + contestant, expected, losses, SINGLE);
        }
    }

    static void ofInference(Network work, Collection<Contestant> contestants) {
        double[] expected = null;
        for (Contestant contestant : contestants) {
            double[] answer = numbers(Inference.of(work, contestant).to(work.examples()));
            expected = expected == null ? answer : expected;
            require(work + " by " + contestant, expected, answer, SINGLE);
        }
    }

    static void ofDerivatives(Problem work, Collection<Contestant> contestants) {
        double[] expected = null;
        for (Contestant contestant : contestants) {
            double[] derivative = new double[work.derivatives];
            double[] all = Arrays.copyOf(derivative, derivative.length + 1);
            all[derivative.length] = work.evaluation(contestant).run(derivative);
            System.arraycopy(derivative, 0, all, 0, derivative.length);
            expected = expected == null ? all : expected;
            require(work + " by " + contestant, expected, all, DOUBLE);
        }
    }

    private static void require(String what, double[] expected, double[] actual, double tolerance) {
        double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            // Not the other way round: NaN agrees with nothing.
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance * size)) {
                throw new IllegalStateException(
                        what + ": number " + i + " is " + actual[i] + " and should be " + expected[i]);
            }
        }
    }

    private static double[] numbers(float[] values) {
        double[] numbers = new double[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return numbers;
    }
}
