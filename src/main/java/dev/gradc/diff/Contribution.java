package dev.gradc.diff;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one definition adds to an adjoint: for all {@code loops}, {@code body} to the entry at {@code subscripts}. */
record Contribution(List<Index> loops, List<Expr> subscripts, Expr body) {

    /** Whether it gives every entry of {@code shape} in one place, so that it can be written as a gather. */
    boolean isGather(Shape shape) {
        Set<Expr> seen = new HashSet<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            if (!(subscripts.get(axis) instanceof Index index)
                    || !seen.add(index)
                    || !loops.contains(index)
                    || index.low() != Constant.ZERO
                    || index.high() != shape.extent(axis)) {
                return false;
            }
        }
        return true;
    }

    /** The body for the entry at {@code places}. */
    Expr bodyAt(List<? extends Expr> places) {
        return Rewrite.substituting(subscripts, places).apply(body);
    }

    /** Whether it is a gather that sums over nothing. */
    boolean isMap(Shape shape) {
        return loops.size() == subscripts.size() && isGather(shape);
    }
}
