package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Formula;
import java.util.Map;
import java.util.function.Supplier;
import org.hipparchus.analysis.differentiation.Gradient;

/** 2/sin(exp(-x)) and its derivative. */
final class SlopeProblem {

    static final Map<Contestant, Supplier<Evaluation>> CONTESTANTS = Map.of(
            Contestant.PORTABLE, () -> new SlopeProblem()::generated,
            Contestant.BY_HAND, () -> new SlopeProblem()::byHand,
            Contestant.HIPPARCHUS, () -> new SlopeProblem()::hipparchus);

    /** A field that may change, so that the compiler does not know it. */
    private double x = 0.7;

    private double generated(double[] derivative) {
        return Formula.fGradient(x, derivative);
    }

    private double byHand(double[] derivative) {
        double e = Math.exp(-x);
        double value = 2 / Math.sin(e);
        derivative[0] = value * value * Math.cos(e) * e / 2;
        return value;
    }

    private double hipparchus(double[] derivative) {
        Gradient value =
                Gradient.variable(1, 0, x).negate().exp().sin().reciprocal().multiply(2);
        derivative[0] = value.getPartialDerivative(0);
        return value.getValue();
    }
}
