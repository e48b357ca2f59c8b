package dev.gradc.verify;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;

/** Tries an identity at random points: wherever its left side is a finite number its right side must be the same number. */
final class RuleCheck {

    private static final int POINTS = 500;

    /** Larger relative differences than rounding explains. */
    private static final double TOLERANCE = 1e-8;

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
    private final Random random = new Random(1);

    /** What was found: a point at which the sides differ, or none, after so many comparisons. */
    record Outcome(int compared, Optional<String> counterexample) {}

    Outcome run(Rule rule) {
        int compared = 0;
        for (int i = 0; i < POINTS; i++) {
            Map<Tensor, Double> point = new LinkedHashMap<>();
            // Small and middling numbers of both signs, now and then a whole one: further out a form that the rule is
            // there to
            // replace may itself be too inaccurate to judge by.
            double scale = Math.pow(10, random.nextInt(3) - 2);
            for (Tensor variable : rule.variables()) {
                double value = scale * random.nextGaussian();
                point.put(variable, random.nextInt(8) == 0 ? Math.rint(value) : value);
            }
            boolean applies =
                    rule.condition().isEmpty() || value(rule.condition().get(), point) != 0;
            double left = applies ? value(rule.left(), point) : Double.NaN;
            if (Double.isFinite(left)) {
                compared++;
                double right = value(rule.right(), point);
                if (!(Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left)))) {
                    return new Outcome(compared, Optional.of(text(point, left, right)));
                }
            }
        }
        return new Outcome(compared, Optional.empty());
    }

    private double value(Expr expression, Map<Tensor, Double> point) {
        return interpreter.value(expression, point);
    }

    private static String text(Map<Tensor, Double> point, double left, double right) {
        StringJoiner place = new StringJoiner(", ");
        point.forEach((variable, value) -> place.add(variable.name() + " = " + value));
        return (point.isEmpty() ? "" : "at " + place + " ") + "the left side is " + left + ", the right side " + right;
    }
}
