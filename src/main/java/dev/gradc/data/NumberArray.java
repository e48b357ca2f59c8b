package dev.gradc.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Numbers in rows: a scalar has no extents.
 *
 * @param shape the extents, outermost first
 * @param values row by row
 */
public record NumberArray(int[] shape, double[] values) {

    public NumberArray {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException(values.length + " numbers do not fill " + text(shape));
        }
    }

    public static NumberArray scalar(double value) {
        return new NumberArray(new int[0], new double[] {value});
    }

    public int rank() {
        return shape.length;
    }

    /** The number of entries of a shape. */
    static long size(int[] shape) {
        long size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, (long) extent);
        }
        return size;
    }

    /** {@code [3,4]}, or {@code a number}. */
    public static String text(int[] shape) {
        return shape.length == 0
                ? "a number"
                : Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberArray array
                && Arrays.equals(shape, array.shape)
                && Arrays.equals(values, array.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shape) * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return text(shape) + " " + Arrays.toString(values);
    }
}
