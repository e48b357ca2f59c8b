package dev.gradc.check.index;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Walk;
import java.util.List;
import java.util.Set;

/**
 * All values that an index takes whose bounds are other indices: in {@code y[t] = sum[s:t+1](max(x[s]))} the maximum is worked
 * out once for each s, not for each pair of s and t.
 */
public final class WholeRange {

    private WholeRange() {}

    /** An index with all values of {@code loop}. */
    public static Index of(String name, Index loop) {
        IntegerRange range = IntegerRange.of(loop);
        return new Index(name, Constant.of(range.low()), Constant.of(range.high() + 1));
    }

    /** Whether {@code bodies}, which read {@code loop}, can be worked out for all its values, without what bounds it. */
    public static boolean suits(Index loop, List<Expr> bodies) {
        return isNested(loop)
                && Walk.indices(bodies).stream().noneMatch(Walk.indicesOfBounds(loop)::contains)
                && bodies.stream().flatMap(body -> Walk.accesses(body).stream()).allMatch(WholeRange::staysInside);
    }

    /** Whether the widest of its ranges has all values that any of them has: one end stays, the other goes with another index. */
    private static boolean isNested(Index loop) {
        return loop.low() instanceof Constant && follows(loop.high())
                || loop.high() instanceof Constant && follows(loop.low());
    }

    /** Whether {@code bound} is an index between constants, but for a sign and what is added. */
    private static boolean follows(Expr bound) {
        Set<Index> indices = Walk.indices(List.of(bound));
        return indices.size() == 1
                && Walk.accesses(bound).isEmpty()
                && indices.stream()
                        .allMatch(index -> Walk.indicesOfBounds(index).isEmpty() && width(index) == width(bound));
    }

    private static long width(Expr integer) {
        IntegerRange range = IntegerRange.of(integer);
        return range.high() - range.low();
    }

    private static boolean staysInside(Access access) {
        for (int axis = 0; axis < access.subscripts().size(); axis++) {
            Expr subscript = access.subscripts().get(axis);
            Expr extent = access.tensor().shape().extent(axis);
            IntegerRange range = IntegerRange.of(subscript);
            boolean inside = extent instanceof Constant size
                    ? range.low() >= 0 && range.high() < size.value()
                    : subscript instanceof Index index && index.low() == Constant.ZERO && index.high() == extent;
            if (!inside) {
                return false;
            }
        }
        return true;
    }
}
