package dev.gradc.lower.code;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the entries of a tensor are kept: row by row in an array of those axes that need to be told apart at any one time.
 *
 * @param axes the axes that are kept; of a tensor that lives within one iteration of a loop, not the axis of this loop
 * @param inRows whether there is an array of arrays, one for each row along the last axis
 */
public record Buffer(Tensor tensor, List<Integer> axes, boolean inRows) {

    public Buffer {
        axes = List.copyOf(axes);
    }

    /** All entries at once, as callers see a tensor. */
    public static Buffer whole(Tensor tensor) {
        return new Buffer(tensor, IntStream.range(0, tensor.rank()).boxed().toList(), false);
    }

    /** Whether one variable is enough. */
    public boolean isScalar() {
        return axes.isEmpty();
    }

    /** The rows of an array of arrays, as a tensor by itself would be kept. */
    public Buffer rows() {
        return new Buffer(tensor, axes.subList(0, axes.size() - 1), false);
    }

    /** The extents of the array. */
    public List<Expr> extents() {
        return axes.stream().map(axis -> tensor.shape().extent(axis)).toList();
    }

    /** How many numbers a row has. */
    public long columns() {
        return size() / rows().size();
    }

    /** How many numbers it has for each step of the axes that are sized at run time, or in all if there are none. */
    public long size() {
        long size = 1;
        for (Expr extent : extents()) {
            if (extent instanceof Constant constant) {
                size = Math.multiplyExact(size, (long) constant.value());
            }
        }
        return size;
    }

    /** How many axes are sized at run time: one has the examples of a batch, two pairs of them. */
    public int dynamicAxes() {
        return (int) extents().stream()
                .filter(extent -> !(extent instanceof Constant))
                .count();
    }
}
