package dev.gradc.lower.code;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
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
 * @param guard where it does not hold, there is nothing to add; a condition of what stands around the product
 */
public record Contraction(
        Access target,
        Access left,
        Access right,
        List<Index> rows,
        List<Index> columns,
        List<Index> depth,
        Form form,
        Optional<Expr> guard)
        implements Block {

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
    public static Optional<Contraction> of(Definition definition) {
        return Product.of(definition)
                .filter(product -> product.left() instanceof Access && product.right() instanceof Access)
                .flatMap(product -> Stream.of(new Search(product), new Search(product.mirrored()))
                        .flatMap(search -> search.result().stream())
                        .filter(found -> found.products() >= LEAST)
                        .min(Comparator.comparing(Contraction::form).thenComparing(found -> !found.fillsRows())));
    }

    /** Whether the entries of a row of the target are neighbours. */
    private boolean fillsRows() {
        return Strides.of(Buffer.whole(target.tensor()), target.subscripts(), columns)
                .equals(Strides.ONE);
    }

    @Override
    public List<Index> loops() {
        List<Index> loops = new ArrayList<>(rows);
        loops.addAll(columns);
        loops.addAll(depth);
        return loops;
    }

    /** How many products it sums, all in all, where a size that is known at run time counts once. */
    public long products() {
        return Strides.extent(loops());
    }

    @Override
    public Code code(boolean adds) {
        return new Code.Multiply(this, adds);
    }

    @Override
    public Contraction renamed(Rewrite rewrite) {
        return new Contraction(
                (Access) rewrite.apply(target),
                (Access) rewrite.apply(left),
                (Access) rewrite.apply(right),
                rows,
                columns,
                depth,
                form,
                guard.map(rewrite::apply));
    }

    /** Tries one assignment of the factors to the sides. */
    private static final class Search {

        private final Product product;
        private final Access left;
        private final Access right;
        private final Map<Index, Affine> inTarget;
        private final Map<Index, Affine> inLeft;
        private final Map<Index, Affine> inRight;

        Search(Product product) {
            this.product = product;
            left = (Access) product.left();
            right = (Access) product.right();
            Set<Index> loops = Set.copyOf(product.definition().loops());
            inTarget = Strides.of(product.target(), loops);
            inLeft = Strides.of(left, loops);
            inRight = Strides.of(right, loops);
        }

        Optional<Contraction> result() {
            Tensor target = product.target().tensor();
            boolean regular = inTarget != null
                    && inLeft != null
                    && inRight != null
                    && left.tensor() != target
                    && right.tensor() != target;
            return regular ? byRows().or(this::byDots) : Optional.empty();
        }

        private Optional<Contraction> byRows() {
            List<Index> run =
                    Strides.run(product.columns(), List.of(inTarget, inRight), Strides.contiguous(inTarget, inRight));
            return run.isEmpty()
                    ? Optional.empty()
                    : found(run, Strides.longestRun(product.depth(), List.of(inRight, inLeft)), Form.ROWS);
        }

        private Optional<Contraction> byDots() {
            List<Index> run =
                    Strides.run(product.depth(), List.of(inLeft, inRight), Strides.contiguous(inLeft, inRight));
            return run.isEmpty()
                    ? Optional.empty()
                    : found(Strides.longestRun(product.columns(), List.of(inTarget, inRight)), run, Form.DOTS);
        }

        private Optional<Contraction> found(List<Index> columnRun, List<Index> depthRun, Form form) {
            return Optional.of(new Contraction(
                    product.target(),
                    left,
                    right,
                    Strides.longestRun(product.rows(), List.of(inTarget, inLeft)),
                    columnRun,
                    depthRun,
                    form,
                    product.guard()));
        }
    }
}
