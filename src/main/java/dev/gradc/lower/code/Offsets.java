package dev.gradc.lower.code;

import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where elements stand in arrays. */
public final class Offsets {

    private Offsets() {}

    /** The place of the element with these subscripts (one for every axis of the tensor), as an integer expression. */
    public static Expr of(Buffer buffer, List<Expr> subscripts) {
        return place(buffer, subscripts).toExpr();
    }

    /** The same as a sum of multiples. */
    public static Affine place(Buffer buffer, List<Expr> subscripts) {
        return Affine.offset(buffer.axes().stream().map(subscripts::get).toList(), buffer.extents());
    }

    /** The same where the trailing subscripts that are missing are 0: where a slice begins. */
    public static Expr ofSlice(Buffer buffer, List<Expr> prefix) {
        return Affine.offset(
                        buffer.axes().stream()
                                .map(axis -> axis < prefix.size() ? prefix.get(axis) : Constant.ZERO)
                                .toList(),
                        buffer.extents())
                .toExpr();
    }

    /** The place of the element where each of {@code loops} begins; the place must be a sum of multiples of them. */
    public static Expr ofBeginning(Buffer buffer, List<Expr> subscripts, List<Index> loops) {
        Map<Expr, Expr> beginnings = new HashMap<>();
        loops.forEach(loop -> beginnings.put(loop, loop.low()));
        // Loops that have become one another's parts are gone from the place, which so depends on them as a sum.
        Expr place = of(buffer, subscripts);
        return Affine.of(Rewrite.substituting(beginnings).apply(place)).toExpr();
    }

    /** How many entries a slice has that so many leading subscripts choose. */
    public static Expr sizeOfSlice(Buffer buffer, int prefix) {
        Expr size = Constant.ONE;
        for (int axis : buffer.axes()) {
            if (axis >= prefix) {
                Expr extent = buffer.tensor().shape().extent(axis);
                size = product(size, extent);
            }
        }
        return size;
    }

    /** How many values a loop has. */
    public static Expr extent(Index loop) {
        return Affine.of(loop.high()).plus(Affine.of(loop.low()).times(-1)).toExpr();
    }

    /** {@code a + b}, tidied. */
    public static Expr sum(Expr a, Expr b) {
        return Affine.of(a).plus(Affine.of(b)).toExpr();
    }

    public static Expr product(Expr a, Expr b) {
        if (a instanceof Constant x && b instanceof Constant y) {
            return Constant.of(x.value() * y.value());
        }
        if (a == Constant.ONE) {
            return b;
        }
        return b instanceof Constant ? Call.of(Operator.MULTIPLY, b, a) : Call.of(Operator.MULTIPLY, a, b);
    }
}
