package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The loop of a sum that best goes inside all others, as it goes from neighbour to neighbour in the target and in all that is read: so
 * the virtual machine can work out several entries at once, where a sum of one entry would wait for each addition. Each entry is still
 * summed in the same order.
 */
final class Row {

    /** Shorter rows are not worth an array. */
    private static final long SHORTEST = 16;

    /** What the virtual machine does with several numbers at once. */
    private static final Set<Operator> ARITHMETIC =
            EnumSet.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.NEGATE);

    private Row() {}

    static Optional<Index> of(Definition definition) {
        return row(definition).filter(row -> bounded(definition, row).isEmpty());
    }

    private static Optional<Index> row(Definition definition) {
        boolean sums = definition.combine() == Combine.SUM
                && Walk.postOrder(definition.body()).stream().noneMatch(Row::isBranchOrCall);
        return definition.loops().stream()
                .filter(loop -> sums && isLong(loop) && isContiguous(definition, loop))
                .findFirst();
    }

    private static boolean isBranchOrCall(Expr node) {
        return node instanceof Select || node instanceof Call call && !ARITHMETIC.contains(call.function());
    }

    private static boolean isLong(Index loop) {
        return loop.low() instanceof Constant && loop.high() instanceof Constant && Strides.extent(loop) >= SHORTEST;
    }

    private static boolean isContiguous(Definition definition, Index loop) {
        return stride(definition.element(), loop).equals(Optional.of(Strides.ONE))
                && Walk.accesses(definition.body()).stream()
                        .allMatch(access -> stride(access, loop)
                                .filter(stride -> stride.equals(Strides.ONE) || stride.equals(Strides.NONE))
                                .isPresent());
    }

    private static Optional<Affine> stride(Access access, Index loop) {
        return Optional.ofNullable(Strides.of(access, Set.of(loop)))
                .map(strides -> strides.getOrDefault(loop, Strides.NONE));
    }

    /** The same sum over a triangle, {@code sum[i:d, j:i]}, whose rows lie along i, as {@code sum[j:d-1, i:j+1..d]}. */
    static Definition turned(Definition definition) {
        return row(definition).flatMap(row -> turned(definition, row)).orElse(definition);
    }

    /** The loops whose bounds read {@code row}. */
    private static List<Index> bounded(Definition definition, Index row) {
        return definition.loops().stream()
                .filter(loop -> Walk.indicesOfBounds(loop).contains(row))
                .toList();
    }

    private static Optional<Definition> turned(Definition definition, Index row) {
        List<Index> bounded = bounded(definition, row);
        if (bounded.size() != 1 || !bounded(definition, bounded.get(0)).isEmpty()) {
            return Optional.empty();
        }
        Index inner = bounded.get(0);
        Affine low = Affine.of(inner.low());
        Affine high = Affine.of(inner.high());
        long first = Affine.of(row.low()).constant();
        long end = Affine.of(row.high()).constant();
        boolean below = low.terms().isEmpty() && high.terms().equals(Map.of(row, 1L));
        boolean above = high.terms().isEmpty() && low.terms().equals(Map.of(row, 1L));
        // j < i + c where i >= j - c + 1; j >= i + c where i < j - c + 1.
        long c = below ? high.constant() : low.constant();
        if (below && low.constant() - c + 1 >= first) {
            Index outer = new Index(inner.name(), inner.low(), Constant.of(end - 1 + c));
            Index inside = new Index(row.name(), new Affine(Map.of(outer, 1L), 1 - c).toExpr(), row.high());
            return Optional.of(turned(definition, Map.of(inner, outer, row, inside), outer, inside));
        }
        if (above && high.constant() - c <= end) {
            Index outer = new Index(inner.name(), Constant.of(first + c), inner.high());
            Index inside = new Index(row.name(), row.low(), new Affine(Map.of(outer, 1L), 1 - c).toExpr());
            return Optional.of(turned(definition, Map.of(inner, outer, row, inside), outer, inside));
        }
        return Optional.empty();
    }

    private static Definition turned(Definition definition, Map<Index, Index> renamed, Index outer, Index inside) {
        List<Index> loops = new ArrayList<>(definition.loops());
        loops.removeAll(renamed.keySet());
        loops.add(outer);
        loops.add(inside);
        Rewrite renaming = Rewrite.substituting(renamed);
        return definition.withLoops(loops).rewritten(renaming);
    }
}
