package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Rosenbrock;
import java.util.Map;
import java.util.function.Supplier;
import org.hipparchus.analysis.differentiation.Gradient;

/** Rosenbrock's function of ten variables and its gradient. */
final class ValleyProblem {

    static final Map<Contestant, Supplier<Evaluation>> CONTESTANTS = Map.of(
            Contestant.PORTABLE, () -> new ValleyProblem()::generated,
            Contestant.BY_HAND, () -> new ValleyProblem()::byHand,
            Contestant.HIPPARCHUS, () -> new ValleyProblem()::hipparchus);

    private final double[] x = {-1.2, 1, 0.5, -0.3, 0.8, 1.1, 0.9, -0.7, 0.2, 1.3};

    private double generated(double[] derivative) {
        return Rosenbrock.rosenbrockGradient(x, derivative);
    }

    private double byHand(double[] derivative) {
        double value = 0;
        double fromBefore = 0;
        double xi = x[0];
        for (int i = 0; i < 9; i++) {
            double next = x[i + 1];
            double a = next - xi * xi;
            double b = 1 - xi;
            value += 100 * a * a + b * b;
            derivative[i] = fromBefore - 400 * a * xi - 2 * b;
            fromBefore = 200 * a;
            xi = next;
        }
        derivative[9] = fromBefore;
        return value;
    }

    private double hipparchus(double[] derivative) {
        Gradient value = Gradient.constant(10, 0);
        Gradient xi = Gradient.variable(10, 0, x[0]);
        for (int i = 0; i < 9; i++) {
            Gradient next = Gradient.variable(10, i + 1, x[i + 1]);
            value = value.add(next.subtract(xi.square()).square().multiply(100))
                    .add(xi.negate().add(1).square());
            xi = next;
        }
        for (int i = 0; i < 10; i++) {
            derivative[i] = value.getPartialDerivative(i);
        }
        return value.getValue();
    }
}
