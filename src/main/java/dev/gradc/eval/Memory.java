package dev.gradc.eval;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrays of a run: what was given and what has been computed so far, with the sizes that are known only now. */
final class Memory {

    private final Map<Tensor, double[]> arrays = new LinkedHashMap<>();

    /** The array of {@code tensor}, which must have been given or computed. */
    double[] array(Tensor tensor) {
        double[] array = arrays.get(tensor);
        if (array == null) {
            throw new EvaluationException("no value for " + tensor);
        }
        return array;
    }

    void put(Tensor tensor, double[] array) {
        arrays.put(tensor, array);
    }

    boolean holds(Tensor tensor) {
        return arrays.containsKey(tensor);
    }

    Map<Tensor, double[]> all() {
        return arrays;
    }

    /** The extents of {@code shape} in this run. */
    int[] extents(Shape shape) {
        return shape.extents().stream().mapToInt(this::extent).toArray();
    }

    private int extent(Expr extent) {
        if (extent instanceof Constant constant && constant.isInteger()) {
            return (int) constant.value();
        }
        AffineIndex size = AffineIndex.of(extent, List.of(), tensor -> array(tensor)[0])
                .orElseThrow(() -> new EvaluationException("the size " + extent + " is not a whole number"));
        if (size.constant() < 0 || size.constant() > Integer.MAX_VALUE) {
            throw new EvaluationException("the size " + extent + " is " + size.constant());
        }
        return (int) size.constant();
    }

    /** The number of entries of a tensor in this run. */
    int size(Tensor tensor) {
        long size = 1;
        for (int extent : extents(tensor.shape())) {
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                throw new EvaluationException(tensor + " has more entries than an array can hold");
            }
        }
        return (int) size;
    }
}
