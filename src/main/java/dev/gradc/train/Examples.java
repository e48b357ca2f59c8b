package dev.gradc.train;

import dev.gradc.ir.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Data for a network.
 *
 * @param values of each input and target, example by example
 * @param count how many examples there are
 */
public record Examples(Map<Tensor, double[]> values, int count) {

    /** The examples at these places. */
    Examples at(int[] places) {
        Map<Tensor, double[]> chosen = new LinkedHashMap<>();
        values.forEach((tensor, all) -> {
            int width = all.length / count;
            double[] some = new double[places.length * width];
            for (int i = 0; i < places.length; i++) {
                System.arraycopy(all, places[i] * width, some, i * width, width);
            }
            chosen.put(tensor, some);
        });
        return new Examples(chosen, places.length);
    }

    /** The examples from {@code first} to {@code end}, exclusive. */
    Examples range(int first, int end) {
        Map<Tensor, double[]> chosen = new LinkedHashMap<>();
        values.forEach((tensor, all) -> {
            int width = all.length / count;
            chosen.put(tensor, Arrays.copyOfRange(all, first * width, end * width));
        });
        return new Examples(chosen, end - first);
    }

    /** How many numbers an example has of a tensor whose outermost axis is the batch. */
    static int width(Tensor tensor) {
        int width = 1;
        for (int axis = 1; axis < tensor.rank(); axis++) {
            width = Math.multiplyExact(width, tensor.shape().size(axis));
        }
        return width;
    }
}
