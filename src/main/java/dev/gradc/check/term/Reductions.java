package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.NotFound;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.KnownRanges;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Comprehension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code sum[i](…)}, {@code max(v)}, {@code W@x}: what brings many entries together. */
final class Reductions {

    private static final String MEAN = "mean";

    private static final String ARGMAX = "argmax";
    private static final String BATCH_MEAN = "batchMean";

    /** The reductions across the examples of a batch. */
    static final Set<String> OVER_BATCH = Set.of(BATCH_MEAN, "batchVar");

    private static final Map<String, Combine> BY_NAME = Map.of(
            "sum",
            Combine.SUM,
            MEAN,
            Combine.SUM,
            "prod",
            Combine.PRODUCT,
            "max",
            Combine.MAX,
            "min",
            Combine.MIN,
            ARGMAX,
            Combine.ARGMAX);

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    Reductions(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    static boolean isReduction(String name) {
        return BY_NAME.containsKey(name);
    }

    /** {@code sum[i, r:2](body)}. */
    Value comprehension(Comprehension comprehension, Context context) {
        String name = comprehension.reduction().text();
        if (!isReduction(name)) {
            diagnostics.report(NotFound.unknown(comprehension.reduction(), "reduction", names())
                    .withFocus(comprehension.reduction().span()));
            return Value.INVALID;
        }
        Optional<List<Index>> bound =
                new IndexRanges(elaborator).resolve(comprehension.binders(), comprehension.body(), context);
        if (bound.isEmpty()) {
            return Value.INVALID;
        }
        Scope scope = context.scope().inner();
        bound.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
        Context inner = context.within(scope).withLoops(bound.get());
        Value body = elaborator.value(comprehension.body(), inner);
        if (!(body instanceof Array array)) {
            return elaborator.notANumber(comprehension.body(), body);
        }
        return name.equals(ARGMAX) && bound.get().size() == 1
                ? argmax(bound.get().get(0), array, context)
                : reduce(name, bound.get(), array, context);
    }

    /** The index of the greatest entry, where {@link Combine#ARGMAX} counts from the first; 0 if a range that others bound is empty. */
    private Value argmax(Index index, Array body, Context context) {
        if (index.low() instanceof Constant low) {
            Array position = reduce(ARGMAX, List.of(index), body, context);
            return low == Constant.ZERO
                    ? position
                    : new Array(body.shape(), at -> Call.of(Operator.ADD, position.at(at), low), false);
        }
        Index all = Index.upTo(index.name(), index.high());
        Rewrite renaming = Rewrite.substituting(Map.of(index, all));
        Expr inRange = Call.of(Operator.LESS_EQUAL, index.low(), all);
        Array ranged = new Array(
                body.shape(),
                at -> Select.of(inRange, renaming.apply(body.at(at)), Constant.of(Double.NEGATIVE_INFINITY)),
                false);
        return reduce(ARGMAX, List.of(all), ranged, context);
    }

    /** {@code sum(v)}: over all entries. */
    Value whole(String name, Array array, Context context) {
        List<Index> indices = array.shape().indices();
        return reduce(name, indices, Array.scalar(array.at(indices)), context);
    }

    /** {@code batchMean(z)}, {@code batchVar(z)}: over the examples of the batch; the variance is the mean square deviation. */
    Value overBatch(Term.Call call, Context context) {
        String name = call.function().text();
        int given = call.arguments().size();
        if (!context.owner().exists()) {
            diagnostics.error(call.span(), name + " reaches across a batch, which only a network has");
            return Value.INVALID;
        }
        if (given != 1) {
            diagnostics.error(call.span(), name + " takes 1 tensor, not " + given + " arguments");
            return Value.INVALID;
        }
        Term term = call.arguments().get(0).value();
        Value value = elaborator.value(term, context);
        return value instanceof Array array ? overBatch(name, array, context) : elaborator.notANumber(term, value);
    }

    private Array overBatch(String name, Array array, Context context) {
        Index example = context.owner().host().example();
        Context outside = context.without(example);
        Array mean = batchMean(array, example, outside);
        if (name.equals(BATCH_MEAN)) {
            return mean;
        }
        Array deviation = new Array(
                array.shape(),
                at -> Call.of(Operator.POWER, Call.of(Operator.SUBTRACT, array.at(at), mean.at(at)), Constant.of(2)),
                false);
        return batchMean(deviation, example, outside);
    }

    private Array batchMean(Array array, Index example, Context outside) {
        Array total = elaborator
                .translation()
                .reduce(array.shape(), List.of(example), Combine.SUM, array::at, BATCH_MEAN, outside);
        Array mean = new Array(array.shape(), at -> Call.of(Operator.DIVIDE, total.at(at), example.high()), false);
        return elaborator.translation().store(mean, BATCH_MEAN, "", outside);
    }

    /** {@code a @ b}. */
    Value product(Binary term, Array a, Array b, Context context) {
        int rankA = a.shape().rank();
        int rankB = b.shape().rank();
        if (rankA < 1 || rankA > 2 || rankB < 1 || rankB > 2) {
            Term wrong = rankA < 1 || rankA > 2 ? term.left() : term.right();
            diagnostics.report(Diagnostic.error(
                            term.span(),
                            "@ takes matrices and vectors: " + Wording.described(wrong, wrong == term.left() ? a : b))
                    .withFocus(term.focus())
                    .withHint("* multiplies a scalar with anything"));
            return Value.INVALID;
        }
        Expr inner = a.shape().extent(rankA - 1);
        if (inner != b.shape().extent(0)) {
            String left = Wording.text(term.left());
            String right = Wording.text(term.right());
            String columns = rankA == 2 ? "columns in " + left : "entries in " + left;
            String rows = rankB == 2 ? right + " has rows" : right + " has entries";
            diagnostics.report(Diagnostic.error(
                            term.span(),
                            "inner dimensions differ: " + Wording.described(term.left(), a) + ", "
                                    + Wording.described(term.right(), b))
                    .withFocus(term.focus())
                    .withHint(left + "@" + right + " needs as many " + columns + " as " + rows));
            return Value.INVALID;
        }
        Index k = Index.upTo("k", inner);
        List<Expr> extents = Stream.concat(
                        a.shape().extents().subList(0, rankA - 1).stream(),
                        b.shape().extents().subList(1, rankB).stream())
                .toList();
        Array body = new Array(
                new Shape(extents),
                at -> {
                    List<Expr> left = new ArrayList<>(at.subList(0, rankA - 1));
                    left.add(k);
                    List<Expr> right = new ArrayList<>(List.of(k));
                    right.addAll(at.subList(rankA - 1, at.size()));
                    return Call.of(Operator.MULTIPLY, a.at(left), b.at(right));
                },
                false);
        return elaborator
                .translation()
                .reduce(body.shape(), List.of(k), Combine.SUM, body::at, name(term, context), context);
    }

    /** {@code W1x} for {@code W1@x}, {@code turnX} for {@code turn@x}; in a layer, as its parameters are called, {@code h.Wx}. */
    private static String name(Binary product, Context context) {
        Optional<String> left = tensor(product.left());
        Optional<String> right = tensor(product.right());
        if (left.isEmpty() || right.isEmpty()) {
            return "sum";
        }
        boolean isWord = left.get().matches(".+\\p{javaLowerCase}");
        String second = right.get();
        String name =
                left.get() + (isWord ? second.substring(0, 1).toUpperCase(Locale.ROOT) + second.substring(1) : second);
        return context.isInlined() ? context.owner().name(name) : name;
    }

    private static Optional<String> tensor(Term term) {
        if (term instanceof Term.Element element) {
            return tensor(element.tensor());
        }
        if (term instanceof Term.Transpose transpose) {
            return tensor(transpose.operand());
        }
        return term instanceof Term.Name name ? Optional.of(name.text()) : Optional.empty();
    }

    private Array reduce(String name, List<Index> indices, Array body, Context context) {
        Array reduced =
                elaborator.translation().reduce(body.shape(), indices, BY_NAME.get(name), body::at, name, context);
        if (!name.equals(MEAN)) {
            return reduced;
        }
        Expr count = count(indices, context);
        boolean maybeEmpty =
                IntegerRange.of(count, KnownRanges.where(context.guards())).low() < 1;
        return new Array(
                body.shape(),
                at -> {
                    Expr mean = Call.of(Operator.DIVIDE, reduced.at(at), count);
                    // The mean of nothing is no number, and does not change with any.
                    return maybeEmpty
                            ? Select.of(Call.of(Operator.GREATER, count, Constant.ZERO), mean, Constant.of(Double.NaN))
                            : mean;
                },
                false);
    }

    /** How many values {@code indices} take together; 0 or less if there are none. */
    private Expr count(List<Index> indices, Context context) {
        List<Expr> counts = indices.stream()
                .map(index -> index.low() == Constant.ZERO
                        ? index.high()
                        : Constants.fold(Call.of(Operator.SUBTRACT, index.high(), index.low())))
                .toList();
        // One may bound another, and of two without values both are negative.
        boolean multiply = counts.size() == 1
                || Collections.disjoint(Walk.indices(counts), indices)
                        && counts.stream()
                                .allMatch(count -> IntegerRange.of(count).low() >= 0);
        return multiply
                ? counts.stream()
                        .reduce((x, y) -> Call.of(Operator.MULTIPLY, x, y))
                        .map(Constants::fold)
                        .orElse(Constant.ONE)
                : elaborator
                        .translation()
                        .reduce(Shape.SCALAR, indices, Combine.SUM, at -> Constant.ONE, "count", context)
                        .scalar();
    }
}
