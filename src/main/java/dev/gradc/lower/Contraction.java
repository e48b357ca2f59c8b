package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A sum of products of two tensors as the product of two matrices, whatever notation it came from:
 * {@code target[row,column] = sum[depth](left[row,depth]*right[depth,column])}.
 *
 * <p>Rows, columns and depth are loops of the definition, or several neighbouring ones in a row where these walk through the arrays as
 * one loop would. The other loops stand around the product.
 *
 * @param left read along rows and depth
 * @param right read along columns and depth
 * @param rows the loops of the target that only {@code left} has, the outermost first
 * @param columns those that only {@code right} has
 * @param depth those that both have, and the target not
 * @param form how the arrays lie
 */
public record Contraction(
        Access target, Access left, Access right, List<Index> rows, List<Index> columns, List<Index> depth, Form form) {

    /** How the arrays of a product of matrices lie. */
    public enum Form {
        /** The rows of the right matrix and of the target are contiguous. */
        ROWS,
        /** The rows of the left matrix and the columns of the right one are contiguous: each entry is a dot product of two runs. */
        DOTS
    }

    /** Fewer products, for each example of a batch, are not worth a call. */
    private static final long LEAST = 256;

    public Contraction {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        depth = List.copyOf(depth);
    }

    /** {@code definition} as a product of matrices, if it is one that is worth it. */
    static Optional<Contraction> of(Definition definition) {
        boolean product = definition.combine() == Combine.SUM
                && definition.body() instanceof Call call
                && call.function() == Operator.MULTIPLY
                && call.argument(0) instanceof Access
                && call.argument(1) instanceof Access
                && definition.loops().stream().allMatch(loop -> loop.low() instanceof Constant);
        if (!product) {
            return Optional.empty();
        }
        Call call = (Call) definition.body();
        Access a = (Access) call.argument(0);
        Access b = (Access) call.argument(1);
        return Stream.of(new Search(definition, a, b), new Search(definition, b, a))
                .flatMap(search -> search.result().stream())
                .filter(found -> found.products() >= LEAST)
                .min(Comparator.comparing(Contraction::form).thenComparing(found -> !found.fillsRows()));
    }

    /** Whether the entries of a row of the target are neighbours. */
    private boolean fillsRows() {
        return Strides.of(Buffer.whole(target.tensor()), target.subscripts(), columns) == 1;
    }

    /** The loops that the product does itself. */
    public List<Index> loops() {
        List<Index> loops = new ArrayList<>(rows);
        loops.addAll(columns);
        loops.addAll(depth);
        return loops;
    }

    /** How many products it sums, all in all, where a size that is known at run time counts once. */
    long products() {
        return extent(rows) * extent(columns) * extent(depth);
    }

    private static long extent(List<Index> loops) {
        return loops.stream()
                .filter(loop -> loop.high() instanceof Constant)
                .mapToLong(Strides::extent)
                .reduce(1, Math::multiplyExact);
    }

    /** The same with the indices of the loops around it renamed. */
    Contraction renamed(Rewrite rewrite) {
        return new Contraction(
                (Access) rewrite.apply(target),
                (Access) rewrite.apply(left),
                (Access) rewrite.apply(right),
                rows,
                columns,
                depth,
                form);
    }

    /** Tries one assignment of the factors to the sides. */
    private static final class Search {

        private final Definition definition;
        private final Access left;
        private final Access right;
        private final Map<Index, Long> inTarget;
        private final Map<Index, Long> inLeft;
        private final Map<Index, Long> inRight;
        private final List<Index> rows = new ArrayList<>();
        private final List<Index> columns = new ArrayList<>();
        private final List<Index> depth = new ArrayList<>();

        Search(Definition definition, Access left, Access right) {
            this.definition = definition;
            this.left = left;
            this.right = right;
            Set<Index> loops = Set.copyOf(definition.loops());
            inTarget = Strides.of(Buffer.whole(definition.target()), definition.subscripts(), loops);
            inLeft = Strides.of(Buffer.whole(left.tensor()), left.subscripts(), loops);
            inRight = Strides.of(Buffer.whole(right.tensor()), right.subscripts(), loops);
        }

        Optional<Contraction> result() {
            if (inTarget == null
                    || inLeft == null
                    || inRight == null
                    || left.tensor() == definition.target()
                    || right.tensor() == definition.target()) {
                return Optional.empty();
            }
            for (Index loop : definition.loops()) {
                boolean reduced = !inTarget.containsKey(loop);
                if (inLeft.containsKey(loop) && inRight.containsKey(loop)) {
                    if (reduced) {
                        depth.add(loop);
                    }
                } else if (reduced) {
                    return Optional.empty();
                } else if (inLeft.containsKey(loop)) {
                    rows.add(loop);
                } else if (inRight.containsKey(loop)) {
                    columns.add(loop);
                }
            }
            return byRows().or(this::byDots);
        }

        private Optional<Contraction> byRows() {
            List<Index> run = Strides.run(columns, List.of(inTarget, inRight), Strides.contiguous(inTarget, inRight));
            return run.isEmpty()
                    ? Optional.empty()
                    : found(run, Strides.longestRun(depth, List.of(inRight, inLeft)), Form.ROWS);
        }

        private Optional<Contraction> byDots() {
            List<Index> run = Strides.run(depth, List.of(inLeft, inRight), Strides.contiguous(inLeft, inRight));
            return run.isEmpty()
                    ? Optional.empty()
                    : found(Strides.longestRun(columns, List.of(inTarget, inRight)), run, Form.DOTS);
        }

        private Optional<Contraction> found(List<Index> columnRun, List<Index> depthRun, Form form) {
            return Optional.of(new Contraction(
                    definition.element(),
                    left,
                    right,
                    Strides.longestRun(rows, List.of(inTarget, inLeft)),
                    columnRun,
                    depthRun,
                    form));
        }
    }
}
