package dev.gradc.lower.prepare;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Product;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings the factors of large sums of products into tensors of their own where these would not lie in memory as matrices do: a
 * convolution reads windows {@code x[c,i+r,j+s]}, a recurrence reads 0 before its first step. The sum then is a product of matrices over
 * {@code windows[c,r,s,i,j]}; the adjoint of such a read is the product first, whose entries are then added where they belong.
 */
public final class MatrixOperands {

    /** A call for so many products is efficient. */
    private static final long EFFICIENT = 8192;

    private MatrixOperands() {}

    public static List<Definition> of(List<Definition> definitions) {
        List<Definition> result = new ArrayList<>();
        definitions.forEach(definition -> result.addAll(of(definition)));
        return result;
    }

    private static List<Definition> of(Definition definition) {
        boolean efficient = Contraction.of(definition)
                .filter(found -> found.products() >= Math.min(EFFICIENT, work(definition)))
                .isPresent();
        return efficient
                ? List.of(definition)
                : Product.of(guardedFactor(definition))
                        .filter(product -> work(definition) >= EFFICIENT / 8
                                && definition.loops().stream().allMatch(loop -> loop.low() == Constant.ZERO))
                        .flatMap(product -> Stream.of(product, product.mirrored())
                                .map(side -> new Splitting(side).result())
                                .filter(split -> isBetter(split, definition))
                                .max(Comparator.comparing(MatrixOperands::run)))
                        .orElse(List.of(definition));
    }

    /** The products for each example of a batch. */
    private static long work(Definition definition) {
        return Strides.extent(definition.loops());
    }

    private static boolean isBetter(List<Definition> split, Definition whole) {
        return split.stream()
                .flatMap(part -> Contraction.of(part).stream())
                .anyMatch(found -> found.products()
                        > 2 * Contraction.of(whole).map(Contraction::products).orElse(0L));
    }

    /** How many neighbours are moved at a time. */
    private static long run(List<Definition> split) {
        List<Expr> subscripts = split.get(0).subscripts();
        return subscripts.get(subscripts.size() - 1) instanceof Index loop && loop.high() instanceof Constant
                ? Strides.extent(loop)
                : 1;
    }

    /** A sum that loops guard, with the guard at the second factor: {@code c ? a*b : 0} as {@code a*(c ? b : 0)}. */
    private static Definition guardedFactor(Definition definition) {
        if (!(definition.body() instanceof Select select)
                || select.otherwise() != Constant.ZERO
                || !(select.then() instanceof Call call && call.function() == Operator.MULTIPLY)
                || Walk.indices(List.of(select.condition())).stream().noneMatch(definition.loops()::contains)) {
            return definition;
        }
        Set<Index> needed = Walk.indices(List.of(select.condition()));
        int place = Walk.indices(List.of(call.argument(1))).containsAll(needed) ? 1 : 0;
        List<Expr> factors = new ArrayList<>(call.arguments());
        factors.set(place, Select.of(select.condition(), factors.get(place), Constant.ZERO));
        return definition.withBody(Call.of(Operator.MULTIPLY, factors));
    }

    /** A product whose right factor, or whose target, becomes a tensor of its own. */
    private static final class Splitting {

        private final Product product;
        private final Definition definition;
        private final Map<Index, Affine> inTarget;
        private final Map<Index, Affine> inLeft;

        Splitting(Product product) {
            this.product = product;
            definition = product.definition();
            Set<Index> loops = Set.copyOf(definition.loops());
            inTarget = Strides.of(product.target(), loops);
            inLeft = product.left() instanceof Access access ? Strides.of(access, loops) : null;
        }

        List<Definition> result() {
            if (inLeft == null) {
                return List.of();
            }
            if (isWindow(product.target())) {
                return product.right() instanceof Access right ? ofTarget(right) : List.of();
            }
            return inTarget == null ? List.of() : ofRight();
        }

        /**
         * {@code w[shared,depth,columns] = right}, or with the depth last if longer runs can be copied then, and the
         * product with that.
         */
        private List<Definition> ofRight() {
            List<Index> depth = sorted(product.depth(), inLeft);
            List<Index> columns = sorted(product.columns(), inTarget);
            boolean dots = !depth.isEmpty()
                    && Strides.ONE.equals(inLeft.get(last(depth)))
                    && run(depth) > (columns.isEmpty() ? 0 : run(columns));
            List<Index> loops = ordered(product.shared(), dots ? columns : depth, dots ? depth : columns);
            Temporary windows = new Temporary(definition, name(product.right()), loops);
            Expr factors = Call.of(Operator.MULTIPLY, product.left(), windows.element());
            Expr body = product.guard()
                    .<Expr>map(guard -> Select.of(guard, factors, Constant.ZERO))
                    .orElse(factors);
            return List.of(windows.definition(Combine.ASSIGN, loops, product.right()), definition.withBody(body));
        }

        /** {@code w[shared,rows,columns] = sum[depth](left*right)}, and its entries added to the target. */
        private List<Definition> ofTarget(Access right) {
            Map<Index, Affine> inRight = Strides.of(right, Set.copyOf(definition.loops()));
            if (inRight == null || product.guard().isPresent()) {
                return List.of();
            }
            List<Index> loops =
                    ordered(product.shared(), sorted(product.rows(), inLeft), sorted(product.columns(), inRight));
            Temporary windows = new Temporary(definition, definition.target().name() + "Windows", loops);
            List<Index> all = new ArrayList<>(loops);
            all.addAll(product.depth());
            return List.of(
                    windows.definition(Combine.SUM, all, definition.body(), definition.note()),
                    new Definition(
                            definition.target(),
                            definition.subscripts(),
                            Combine.SUM,
                            loops,
                            windows.element(),
                            "",
                            definition.recurrences()));
        }

        private static String name(Expr factor) {
            return factor instanceof Access access
                    ? access.tensor().name() + "Windows"
                    : Walk.accesses(factor).stream()
                            .findFirst()
                            .map(access -> access.tensor().name() + "Read")
                            .orElse("read");
        }

        /** One after the other, but a size that is known only at run time comes first. */
        @SafeVarargs
        private static List<Index> ordered(List<Index>... groups) {
            return Stream.of(groups)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(loop -> loop.high() instanceof Constant))
                    .toList();
        }

        private static List<Index> sorted(List<Index> loops, Map<Index, Affine> strides) {
            return loops.stream()
                    .sorted(Comparator.comparing(loop -> -Strides.typical(strides.getOrDefault(loop, Strides.NONE))))
                    .toList();
        }

        /** How many neighbours the innermost of {@code loops} goes over. */
        private static long run(List<Index> loops) {
            return last(loops).high() instanceof Constant ? Strides.extent(last(loops)) : 1;
        }

        private static Index last(List<Index> loops) {
            return loops.get(loops.size() - 1);
        }

        /** Whether loops meet in a subscript. */
        private boolean isWindow(Access access) {
            return access.subscripts().stream()
                    .anyMatch(subscript -> Walk.indices(List.of(subscript)).stream()
                                    .filter(definition.loops()::contains)
                                    .count()
                            > 1);
        }
    }
}
