package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.index.IndexSizes;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Shape;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Comprehension;
import dev.gradc.syntax.Term.Conditional;
import dev.gradc.syntax.Term.Element;
import dev.gradc.syntax.Term.Lambda;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Numeral;
import dev.gradc.syntax.Term.Slice;
import dev.gradc.syntax.Term.Subscript;
import dev.gradc.syntax.Term.Unary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ranges that indices take from the shapes they are used on: an index alone in a subscript has that axis's size, one in a
 * sum such as {@code 2*i+r} the largest range that stays inside.
 */
public final class IndexRanges {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final IndexSizes sizes;
    private int inner;
    private boolean readsInvalid;

    public IndexRanges(Elaborator elaborator) {
        this.elaborator = elaborator;
        diagnostics = elaborator.diagnostics();
        sizes = new IndexSizes(diagnostics);
    }

    /** The indices that {@code binders} bind over {@code body}; empty after a message. */
    public Optional<List<Index>> resolve(List<Binder> binders, Term body, Context context) {
        return resolve(binders, List.of(body), context);
    }

    /** The indices that a definition binds on its left: over its value, and over what stands before its entries. */
    public Optional<List<Index>> resolve(List<Binder> binders, Statement.Definition definition, Context context) {
        List<Term> bodies = new ArrayList<>(List.of(definition.value()));
        definition.starts().forEach(start -> bodies.add(start.value()));
        return resolve(binders, bodies, context).filter(indices -> areEntries(binders, indices));
    }

    /** Whether the indices of a definition are those of entries, which are counted from 0; otherwise says that one is not. */
    private boolean areEntries(List<Binder> binders, List<Index> indices) {
        for (int i = 0; i < indices.size(); i++) {
            if (IntegerRange.of(indices.get(i)).low() < 0) {
                Binder binder = binders.get(i);
                diagnostics.error(
                        binder.low().orElse(binder.name()).span(),
                        binder.name().text() + " begins below 0, where no entry can be defined",
                        "what stands before entry 0 of a recurrence is said by from");
                return false;
            }
        }
        return true;
    }

    private Optional<List<Index>> resolve(List<Binder> binders, List<Term> bodies, Context context) {
        if (isAnyBoundTwice(binders)) {
            return Optional.empty();
        }
        Scope scope = context.scope().inner();
        Map<String, String> sought = new HashMap<>();
        Map<String, Index> stated = new HashMap<>();
        // Stated ranges first: the inferred ones may depend on them.
        for (Binder binder : binders) {
            String name = binder.name().text();
            if (binder.high().isPresent()) {
                Optional<Index> index = stated(binder, context.within(scope));
                if (index.isEmpty()) {
                    return Optional.empty();
                }
                stated.put(name, index.get());
                scope.bind(name, Array.scalar(index.get()));
            } else {
                sought.put(name, name);
            }
        }
        if (!sought.isEmpty()) {
            bodies.forEach(body -> collect(body, context.within(scope), sought, false));
            sizes.solve();
        }
        List<Index> indices = new ArrayList<>();
        for (Binder binder : binders) {
            Index known = stated.get(binder.name().text());
            Optional<Index> index = known != null ? Optional.of(known) : inferred(binder.name());
            if (index.isEmpty()) {
                return Optional.empty();
            }
            indices.add(index.get());
        }
        return sizes.conflict() ? Optional.empty() : Optional.of(indices);
    }

    private boolean isAnyBoundTwice(List<Binder> binders) {
        Set<String> seen = new HashSet<>();
        for (Binder binder : binders) {
            String name = binder.name().text();
            if (!seen.add(name)) {
                diagnostics.error(binder.name().span(), "the index " + name + " is bound twice");
                return true;
            }
        }
        return false;
    }

    private Optional<Index> inferred(Name name) {
        Optional<Long> size = sizes.of(name.text());
        if (size.isPresent() && size.get() >= 1) {
            return Optional.of(Index.upTo(name.text(), Constant.of(size.get())));
        }
        if (size.isPresent()) {
            diagnostics.error(
                    name.span(),
                    "no value of " + name + " stays inside",
                    "indices start at 0; " + name + ":2..9 states another range");
        } else if (!readsInvalid) {
            // Else the tensor that would have given the range is in error, which has been said.
            diagnostics.error(
                    name.span(), "no shape gives the range of " + name, "state it: " + name + ":10 runs from 0 to 9");
        }
        return Optional.empty();
    }

    private Optional<Index> stated(Binder binder, Context context) {
        Expr low = binder.low().isPresent() ? elaborator.scalar(binder.low().get(), context, "a bound") : Constant.ZERO;
        Expr high = elaborator.scalar(binder.high().orElseThrow(), context, "a bound");
        if (low == null || high == null) {
            return Optional.empty();
        }
        Expr from = Constants.fold(low);
        Expr to = Constants.fold(high);
        for (Expr bound : List.of(from, to)) {
            if (!Constants.isInteger(bound)) {
                Span span = bound == to
                        ? binder.high().get().span()
                        : binder.low().get().span();
                elaborator.translation().leaveToCalls(bound);
                diagnostics.error(
                        span,
                        "the bound of an index must be an integer: " + Wording.valued(span.text(), bound),
                        Wording.INTEGERS);
                return Optional.empty();
            }
        }
        boolean empty = from instanceof Constant first && to instanceof Constant end && end.value() <= first.value();
        // Up to a lower number there is nothing, wherever that begins.
        return Optional.of(
                empty
                        ? Index.upTo(binder.name().text(), Constant.ZERO)
                        : new Index(binder.name().text(), from, to));
    }

    private void collect(Term term, Context context, Map<String, String> sought, boolean guarded) {
        if (term instanceof Conditional conditional) {
            collect(conditional.condition(), context, sought, guarded);
            collect(conditional.then(), context, sought, true);
            collect(conditional.otherwise(), context, sought, true);
        } else if (term instanceof Lambda lambda) {
            collect(lambda.body(), context, without(sought, lambda.parameter().text()), guarded);
        } else if (term instanceof Comprehension comprehension) {
            nested(comprehension, context, sought, guarded);
        } else if (term instanceof Element element) {
            element(element, context, sought, guarded);
        } else {
            term.parts().forEach(part -> collect(part, context, sought, guarded));
        }
    }

    /** The indices of an inner comprehension are solved together with the outer ones. */
    private void nested(Comprehension comprehension, Context context, Map<String, String> sought, boolean guarded) {
        Scope scope = context.scope().inner();
        Map<String, String> within = sought;
        for (Binder binder : comprehension.binders()) {
            String name = binder.name().text();
            within = without(within, name);
            if (binder.high().isPresent()) {
                Context where = context.within(scope);
                Optional<Index> index = quietly(() -> stated(binder, where));
                index.ifPresent(found -> scope.bind(name, Array.scalar(found)));
            } else {
                // Two sums may each have an index of this name.
                within.put(name, name + " " + ++inner);
            }
        }
        collect(comprehension.body(), context.within(scope), within, guarded);
    }

    private void element(Element element, Context context, Map<String, String> sought, boolean guarded) {
        List<Subscript> subscripts = new ArrayList<>(element.subscripts());
        Term base = element.tensor();
        while (base instanceof Element outer && outer.subscripts().stream().noneMatch(Slice.class::isInstance)) {
            subscripts.addAll(0, outer.subscripts());
            base = outer.tensor();
        }
        Optional<Shape> shape = shape(base, context, sought);
        if (!(base instanceof Name)) {
            collect(base, context, sought, guarded);
        }
        for (int axis = 0; axis < subscripts.size(); axis++) {
            if (!(subscripts.get(axis) instanceof At at)) {
                continue;
            }
            collect(at.index(), context, sought, guarded);
            if (shape.isEmpty() || axis >= shape.get().rank()) {
                continue;
            }
            long size = shape.get().size(axis);
            Map<String, Long> coefficients = new LinkedHashMap<>();
            IntegerRange rest = affine(at.index(), 1, coefficients, context, sought);
            // An index that cancels, or is taken 0 times, has any range.
            coefficients.values().removeIf(coefficient -> coefficient == 0);
            if (rest == null || coefficients.isEmpty()) {
                continue;
            }
            if (at.index() instanceof Name name) {
                String tensor = Wording.text(base) + shape.get();
                sizes.add(new IndexSizes.Use(name, sought.get(name.text()), size, tensor, axis), guarded);
            } else {
                sizes.add(new IndexSizes.Sum(coefficients, rest, size, guarded));
            }
        }
    }

    /** Splits {@code term} into unknown indices with coefficients and the range of the rest; null if it is not such a sum. */
    private IntegerRange affine(
            Term term, long factor, Map<String, Long> coefficients, Context context, Map<String, String> sought) {
        if (term instanceof Name name && sought.containsKey(name.text())) {
            coefficients.merge(sought.get(name.text()), factor, Long::sum);
            return new IntegerRange(0, 0);
        } else if (term instanceof Binary binary
                && (binary.operator().equals("+") || binary.operator().equals("-"))) {
            IntegerRange left = affine(binary.left(), factor, coefficients, context, sought);
            long sign = binary.operator().equals("+") ? 1 : -1;
            IntegerRange right = affine(binary.right(), sign * factor, coefficients, context, sought);
            return left == null || right == null
                    ? null
                    : new IntegerRange(left.low() + right.low(), left.high() + right.high());
        } else if (term instanceof Binary binary && binary.operator().equals("*")) {
            Optional<IntegerRange> left = known(binary.left(), context, sought);
            Optional<IntegerRange> right = known(binary.right(), context, sought);
            if (left.isPresent() && left.get().isSingle()) {
                return affine(binary.right(), factor * left.get().low(), coefficients, context, sought);
            } else if (right.isPresent() && right.get().isSingle()) {
                return affine(binary.left(), factor * right.get().low(), coefficients, context, sought);
            }
        } else if (term instanceof Unary unary && unary.operator().equals("-")) {
            return affine(unary.operand(), -factor, coefficients, context, sought);
        }
        return known(term, context, sought)
                .map(range -> factor >= 0
                        ? new IntegerRange(range.low() * factor, range.high() * factor)
                        : new IntegerRange(range.high() * factor, range.low() * factor))
                .orElse(null);
    }

    private Optional<IntegerRange> known(Term term, Context context, Map<String, String> sought) {
        if (term instanceof Numeral numeral) {
            return Optional.of(IntegerRange.of(Constant.of(numeral.value())));
        }
        if (FreeNames.of(term).stream().anyMatch(sought::containsKey)) {
            return Optional.empty();
        }
        return quietly(() -> elaborator.value(term, context) instanceof Array array && array.isScalar()
                        ? Optional.of(array.scalar())
                        : Optional.<Expr>empty())
                .map(Constants::fold)
                .filter(Constants::isInteger)
                .map(IntegerRange::of);
    }

    private Optional<Shape> shape(Term base, Context context, Map<String, String> sought) {
        Optional<Value> known = base instanceof Name name ? context.scope().find(name.text()) : Optional.empty();
        if (known.isPresent()) {
            readsInvalid |= known.get() == Value.INVALID;
            return known.filter(Array.class::isInstance).map(value -> ((Array) value).shape());
        }
        // Any other tensor is worked out on trial, with the sought indices at 0, only to see its shape.
        Scope scope = context.scope().inner();
        sought.keySet().forEach(name -> scope.bind(name, Array.scalar(Constant.ZERO)));
        Optional<Value> tried = quietly(() -> Optional.of(elaborator.value(base, context.within(scope))));
        boolean invalid = tried.equals(Optional.of(Value.INVALID));
        if (invalid && base instanceof Name) {
            // Nothing is called so: that is told before what follows from it.
            elaborator.value(base, context);
        }
        readsInvalid |=
                invalid && (base instanceof Name || context.declarations().isIncomplete());
        return tried.filter(Array.class::isInstance).map(value -> ((Array) value).shape());
    }

    private <T> Optional<T> quietly(java.util.function.Supplier<Optional<T>> attempt) {
        return elaborator.translation().speculate(() -> diagnostics.muted(attempt));
    }

    private static Map<String, String> without(Map<String, String> sought, String name) {
        Map<String, String> others = new HashMap<>(sought);
        others.remove(name);
        return others;
    }
}
