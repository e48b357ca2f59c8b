package dev.gradc;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares derivatives with finite differences: in random directions at random points, by central differences extrapolated to
 * step 0. The same points on every run.
 */
final class GradientCheck {

    /** Larger relative differences are errors; extrapolated differences of correct gradients stay well below. */
    static final double TOLERANCE = 1e-6;

    private static final int POINTS = 3;
    /** Tries to find points where the value is finite: away from 0, and positive for logarithms and roots. */
    private static final int TRIES = 60;

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
     */
    record Outcome(int points, double difference) {
        boolean agrees() {
            return difference <= TOLERANCE;
        }
    }

    /**
     * @param value the program of the value, a scalar
     * @param derivative the change of the value along a direction, given the point
     */
    Outcome run(Program value, Slope derivative) {
        int compared = 0;
        double greatest = 0;
        for (int attempt = 0; attempt < TRIES && compared < POINTS; attempt++) {
            Map<Tensor, double[]> point = points.apply(random);
            Map<Tensor, double[]> direction = direction(point);
            double slope = derivative.along(point, direction);
            double estimate = estimate(value, point, direction);
            if (Double.isFinite(slope) && Double.isFinite(estimate)) {
                compared++;
                greatest = Math.max(greatest, Math.abs(slope - estimate) / Math.max(1, Math.abs(estimate)));
            }
        }
        return new Outcome(compared, greatest);
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

    /** Central differences at steps h and h/2, combined so that the error falls with the fourth power of h. */
    private double estimate(Program value, Map<Tensor, double[]> point, Map<Tensor, double[]> direction) {
        double step = 1e-3;
        double wide = central(value, point, direction, step);
        double narrow = central(value, point, direction, step / 2);
        return (4 * narrow - wide) / 3;
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
