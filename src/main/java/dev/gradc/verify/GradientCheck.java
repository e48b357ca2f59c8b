package dev.gradc.verify;

import static java.util.stream.Collectors.joining;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares derivatives with finite differences: in random directions at random points, by central differences extrapolated to
 * step 0. Points where the extrapolation does not settle, as near a pole or a kink, tell nothing and are passed over. The same
 * points on every run.
 */
final class GradientCheck {

    /** Larger relative differences are errors; extrapolated differences of correct gradients stay well below. */
    static final double TOLERANCE = 1e-6;

    /** An estimate whose own error may be larger than this part of it is not used. */
    private static final double RELIABLE = 1e-8;

    private static final int POINTS = 3;
    /** Tries to find points where the value is finite: away from 0, and positive for logarithms and roots. */
    private static final int TRIES = 60;

    /** A point of more numbers is not shown. */
    private static final int MOST_SHOWN = 8;

    private static final int LEVELS = 10;
    private static final double FIRST_STEP = 0.02;
    private static final double SHRINK = 1.6;

    private final Random random = new Random(1);
    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
    private final List<Tensor> varied;
    private final Function<Random, Map<Tensor, double[]>> points;

    /**
     * @param varied what to differentiate in
     * @param points draws values for all arguments
     */
    GradientCheck(List<Tensor> varied, Function<Random, Map<Tensor, double[]>> points) {
        this.varied = varied;
        this.points = points;
    }

    /**
     * What came out.
     *
     * @param points at how many points a comparison was possible
     * @param difference the greatest relative difference
     * @param where the point and the direction of that, and both slopes there; empty if that would be long
     */
    record Outcome(int points, double difference, String where) {
        boolean agrees() {
            return difference <= TOLERANCE;
        }
    }

    /**
     * @param value the program of the value
     * @param derivative the change of the value's sum along a direction, given the point
     */
    Outcome run(Held value, Slope derivative) {
        int compared = 0;
        double greatest = 0;
        String where = "";
        for (int attempt = 0; attempt < TRIES && compared < POINTS; attempt++) {
            Map<Tensor, double[]> point = points.apply(random);
            Map<Tensor, double[]> direction = direction(point);
            double slope = derivative.along(point, direction);
            Estimate estimate = estimate(value.program(), value.at(point), direction);
            double size = Math.max(1, Math.abs(estimate.slope()));
            if (estimate.error() <= RELIABLE * size) {
                compared++;
                double difference =
                        Double.isFinite(slope) ? Math.abs(slope - estimate.slope()) / size : Double.POSITIVE_INFINITY;
                if (difference > greatest) {
                    greatest = difference;
                    where = where(point, direction, slope, estimate.slope());
                }
            }
        }
        return new Outcome(compared, greatest, where);
    }

    private String where(Map<Tensor, double[]> point, Map<Tensor, double[]> direction, double slope, double expected) {
        int count = varied.stream().mapToInt(tensor -> point.get(tensor).length).sum();
        return count > MOST_SHOWN
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": at %s, along %s, the slope is %.6g, not %.6g",
                        text(point),
                        text(direction),
                        slope,
                        expected);
    }

    /** {@code x = 0.25, v = [1, 2]}. */
    private String text(Map<Tensor, double[]> values) {
        return varied.stream()
                .map(tensor -> {
                    String numbers = Arrays.stream(values.get(tensor))
                            .mapToObj(value -> String.format(Locale.ROOT, "%.6g", value))
                            .collect(joining(", "));
                    return tensor.name() + " = " + (tensor.rank() == 0 ? numbers : "[" + numbers + "]");
                })
                .collect(joining(", "));
    }

    /** The derivative along a direction at a point. */
    interface Slope {
        double along(Map<Tensor, double[]> point, Map<Tensor, double[]> direction);
    }

    private Map<Tensor, double[]> direction(Map<Tensor, double[]> point) {
        Map<Tensor, double[]> direction = new LinkedHashMap<>();
        double squares = 0;
        for (Tensor tensor : varied) {
            double[] values = new double[point.get(tensor).length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextGaussian();
                squares += values[i] * values[i];
            }
            direction.put(tensor, values);
        }
        double length = Math.max(Math.sqrt(squares), Double.MIN_NORMAL);
        direction.values().forEach(values -> {
            for (int i = 0; i < values.length; i++) {
                values[i] /= length;
            }
        });
        return direction;
    }

    /** A slope, and how far it may be off. */
    private record Estimate(double slope, double error) {}

    /**
     * Central differences at ever smaller steps, extrapolated to step 0 by polynomials of ever higher degree; of all the one whose
     * neighbours differ least. C. Ridders, Advances in Engineering Software 4 (1982).
     */
    private Estimate estimate(Program value, Map<Tensor, double[]> point, Map<Tensor, double[]> direction) {
        double[] previous = new double[LEVELS];
        Estimate best = new Estimate(Double.NaN, Double.POSITIVE_INFINITY);
        double step = FIRST_STEP;
        for (int level = 0; level < LEVELS; level++, step /= SHRINK) {
            double[] current = new double[LEVELS];
            current[0] = central(value, point, direction, step);
            double factor = SHRINK * SHRINK;
            for (int degree = 1; degree <= level; degree++, factor *= SHRINK * SHRINK) {
                current[degree] = (current[degree - 1] * factor - previous[degree - 1]) / (factor - 1);
                double error = Math.max(
                        Math.abs(current[degree] - current[degree - 1]),
                        Math.abs(current[degree] - previous[degree - 1]));
                if (error < best.error()) {
                    best = new Estimate(current[degree], error);
                }
            }
            previous = current;
        }
        return best;
    }

    private double central(Program value, Map<Tensor, double[]> point, Map<Tensor, double[]> direction, double step) {
        return (at(value, point, direction, step) - at(value, point, direction, -step)) / (2 * step);
    }

    private double at(Program value, Map<Tensor, double[]> point, Map<Tensor, double[]> direction, double step) {
        Map<Tensor, double[]> moved = new LinkedHashMap<>(point);
        direction.forEach((tensor, along) -> {
            double[] values = point.get(tensor).clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += step * along[i];
            }
            moved.put(tensor, values);
        });
        double sum = 0;
        Map<Tensor, double[]> results = interpreter.run(value, moved);
        for (Tensor result : value.results()) {
            for (double entry : results.get(result)) {
                sum += entry;
            }
        }
        return sum;
    }
}
