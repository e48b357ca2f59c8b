package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** A value for every argument of a program, row by row. */
public record Point(Map<Tensor, double[]> values) {

    public Point {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Entries between {@code low} and 1.5, integers of their range, positive states, a batch of 3 in training, draws of 0 and 1. */
    public static Point random(Program program, double low, RandomGenerator random) {
        Map<Tensor, double[]> values = new LinkedHashMap<>();
        for (Tensor tensor : program.arguments()) {
            values.put(tensor, random(tensor, low, values, random));
        }
        return new Point(values);
    }

    private static double[] random(Tensor tensor, double low, Map<Tensor, double[]> sizes, RandomGenerator random) {
        if (tensor.role() == Tensor.Role.SIZE) {
            return new double[] {tensor.name().equals("training") ? 1 : 3};
        }
        int count = 1;
        for (Expr extent : tensor.shape().extents()) {
            count *= (int) (extent instanceof Constant size ? size.value() : sizes.get(((Access) extent).tensor())[0]);
        }
        return DoubleStream.generate(() -> entry(tensor, low, random))
                .limit(count)
                .toArray();
    }

    private static double entry(Tensor tensor, double low, RandomGenerator random) {
        if (tensor.role() == Tensor.Role.DRAW) {
            return random.nextInt(2);
        }
        // A running variance, say, is divided by.
        double least = tensor.role() == Tensor.Role.STATE ? 0.5 : low;
        return tensor.limit()
                .map(limit -> (double) random.nextInt((int) ((Constant) limit).value()))
                .orElseGet(() -> random.nextDouble(least, 1.5));
    }

    /** This point and, from it, {@code t} times as far as {@code direction} goes. */
    public Point moved(double t, Point direction) {
        Map<Tensor, double[]> moved = new LinkedHashMap<>(values);
        direction.values.forEach((tensor, step) -> {
            double[] entries = values.get(tensor).clone();
            for (int i = 0; i < entries.length; i++) {
                entries[i] += t * step[i];
            }
            moved.put(tensor, entries);
        });
        return new Point(moved);
    }

    /** Independent entries of the normal distribution for these tensors of this point. */
    public Point direction(List<Tensor> tensors, RandomGenerator random) {
        Map<Tensor, double[]> direction = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            double[] entries = new double[values.get(tensor).length];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = random.nextGaussian();
            }
            direction.put(tensor, entries);
        }
        return new Point(direction);
    }

    /** The values of these tensors one after the other. */
    public double[] flat(List<Tensor> tensors) {
        return tensors.stream()
                .flatMapToDouble(tensor -> Arrays.stream(values.get(tensor)))
                .toArray();
    }
}
