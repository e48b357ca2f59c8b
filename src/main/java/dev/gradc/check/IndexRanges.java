package dev.gradc.check;

import dev.gradc.check.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Shape;
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
import dev.gradc.syntax.Term.Literal;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Numeral;
import dev.gradc.syntax.Term.Slice;
import dev.gradc.syntax.Term.Subscript;
import dev.gradc.syntax.Term.Transpose;
import dev.gradc.syntax.Term.Unary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
final class IndexRanges {

    private final Elaborator elaborator;
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, Use> uses = new HashMap<>();
    private final List<Use> guardedUses = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private int inner;
    private boolean conflict;
    private boolean readsInvalid;

    /** An index alone in a subscript, which fixes its size; under a condition only if nothing else does. */
    private record Use(Name name, String key, long size, String tensor, int axis) {}

    /** A sum over indices that must stay below {@code size}. */
    private record Constraint(Map<String, Long> coefficients, IntegerRange rest, long size, boolean guarded) {}

    IndexRanges(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    /** The indices that {@code binders} bind over {@code body}; empty after a message. */
    Optional<List<Index>> resolve(List<Binder> binders, Term body, Context context) {
        return resolve(binders, List.of(body), context);
    }

    /** The indices that a definition binds on its left: over its value, and over what stands before its entries. */
    Optional<List<Index>> resolve(List<Binder> binders, Statement.Definition definition, Context context) {
        List<Term> bodies = new ArrayList<>(List.of(definition.value()));
        definition.starts().forEach(start -> bodies.add(start.value()));
        return resolve(binders, bodies, context);
    }

    private Optional<List<Index>> resolve(List<Binder> binders, List<Term> bodies, Context context) {
        Scope scope = context.scope().inner();
        List<Index> indices = new ArrayList<>();
        Map<String, Binder> open = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Binder binder : binders) {
            String name = binder.name().text();
            if (!seen.add(name)) {
                elaborator.diagnostics().error(binder.name().span(), "the index " + name + " is bound twice");
                return Optional.empty();
            }
            if (binder.high().isEmpty()) {
                open.put(name, binder);
            }
        }
        // Stated ranges first: the inferred ones may depend on them.
        Map<String, Index> stated = new HashMap<>();
        for (Binder binder : binders) {
            if (binder.high().isPresent()) {
                Optional<Index> index = stated(binder, context.within(scope));
                if (index.isEmpty()) {
                    return Optional.empty();
                }
                stated.put(binder.name().text(), index.get());
                scope.bind(binder.name().text(), Array.scalar(index.get()));
            }
        }
        if (!open.isEmpty()) {
            Map<String, String> sought = new HashMap<>();
            open.keySet().forEach(name -> sought.put(name, name));
            bodies.forEach(body -> collect(body, context.within(scope), sought, false));
            solve();
        }
        for (Binder binder : binders) {
            String name = binder.name().text();
            Index index = stated.get(name);
            if (index == null) {
                Long size = sizes.get(name);
                if (size == null && readsInvalid) {
                    // The tensor that would have given the range is in error, which has been said.
                    return Optional.empty();
                }
                if (size == null || size < 1) {
                    elaborator
                            .diagnostics()
                            .error(
                                    binder.name().span(),
                                    size == null
                                            ? "no shape gives the range of " + name
                                            : "no value of " + name + " stays inside",
                                    size == null
                                            ? "state it: " + name + ":10 runs from 0 to 9"
                                            : "indices start at 0; " + name + ":2..9 states another range");
                    return Optional.empty();
                }
                index = Index.upTo(name, Constant.of(size));
            }
            indices.add(index);
        }
        return conflict ? Optional.empty() : Optional.of(indices);
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
            if (!Subscripts.isInteger(bound)) {
                Span span = bound == to
                        ? binder.high().get().span()
                        : binder.low().get().span();
                elaborator.translation().leaveToCalls(bound);
                elaborator
                        .diagnostics()
                        .error(
                                span,
                                "the bound of an index must be an integer: " + Subscripts.valued(span.text(), bound),
                                Subscripts.INTEGERS);
                return Optional.empty();
            }
        }
        return Optional.of(new Index(binder.name().text(), from, to));
    }

    private void collect(Term term, Context context, Map<String, String> sought, boolean guarded) {
        if (term instanceof Unary unary) {
            collect(unary.operand(), context, sought, guarded);
        } else if (term instanceof Binary binary) {
            // A long sum is a deep tree on the left: taken apart in a loop, read from the left.
            Deque<Term> operands = new ArrayDeque<>();
            Term left = binary;
            while (left instanceof Binary inner) {
                operands.push(inner.right());
                left = inner.left();
            }
            operands.push(left);
            operands.forEach(operand -> collect(operand, context, sought, guarded));
        } else if (term instanceof Conditional conditional) {
            collect(conditional.condition(), context, sought, guarded);
            collect(conditional.then(), context, sought, true);
            collect(conditional.otherwise(), context, sought, true);
        } else if (term instanceof Term.Call call) {
            call.arguments().forEach(argument -> collect(argument.value(), context, sought, guarded));
        } else if (term instanceof Transpose transpose) {
            collect(transpose.operand(), context, sought, guarded);
        } else if (term instanceof Literal literal) {
            literal.entries().forEach(entry -> collect(entry, context, sought, guarded));
        } else if (term instanceof Lambda lambda) {
            collect(lambda.body(), context, without(sought, lambda.parameter().text()), guarded);
        } else if (term instanceof Comprehension comprehension) {
            nested(comprehension, context, sought, guarded);
        } else if (term instanceof Element element) {
            element(element, context, sought, guarded);
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
                Use use = new Use(name, sought.get(name.text()), size, Elaborator.text(base) + shape.get(), axis);
                if (guarded) {
                    guardedUses.add(use);
                } else {
                    apply(use);
                }
            } else {
                constraints.add(new Constraint(coefficients, rest, size, guarded));
            }
        }
    }

    private void apply(Use use) {
        Use first = uses.putIfAbsent(use.key(), use);
        if (first == null) {
            sizes.put(use.key(), use.size());
        } else if (first.size() != use.size()) {
            conflict = true;
            elaborator
                    .diagnostics()
                    .error(
                            use.name().span(),
                            "the index " + use.name().text() + " has two sizes: " + first.size() + " from axis "
                                    + first.axis()
                                    + " of " + first.tensor() + ", " + use.size() + " from axis " + use.axis() + " of "
                                    + use.tensor());
        }
    }

    /** What stands without a condition tells first; under conditions an index alone tells before one in a sum. */
    private void solve() {
        solveSums(false);
        Set<String> known = Set.copyOf(sizes.keySet());
        guardedUses.stream().filter(use -> !known.contains(use.key())).forEach(this::apply);
        solveSums(true);
    }

    /** Ranges of indices in sums, from those that are known; repeated while that tells something new. */
    private void solveSums(boolean withGuarded) {
        for (boolean progress = true; progress; ) {
            Map<String, Long> found = new LinkedHashMap<>();
            for (Constraint constraint : constraints) {
                List<String> open = constraint.coefficients().keySet().stream()
                        .filter(name -> !sizes.containsKey(name))
                        .toList();
                if (open.size() == 1 && (withGuarded || !constraint.guarded())) {
                    found.merge(open.get(0), largest(constraint, open.get(0)), Math::min);
                }
            }
            sizes.putAll(found);
            progress = !found.isEmpty();
        }
    }

    /**
     * The largest size of {@code name} for which the sum stays inside, whatever the other indices are. A condition keeps it inside by
     * itself: {@code i > 0 ? x[i-1] : 0} has as many entries as {@code x}.
     */
    private long largest(Constraint constraint, String name) {
        long coefficient = constraint.coefficients().get(name);
        if (constraint.guarded() && Math.abs(coefficient) == 1) {
            return constraint.size();
        }
        long low = constraint.rest().low();
        long high = constraint.rest().high();
        for (Map.Entry<String, Long> term : constraint.coefficients().entrySet()) {
            if (!term.getKey().equals(name)) {
                long last = sizes.get(term.getKey()) - 1;
                low += Math.min(0, term.getValue() * last);
                high += Math.max(0, term.getValue() * last);
            }
        }
        return coefficient > 0
                ? Math.floorDiv(constraint.size() - 1 - high, coefficient) + 1
                : Math.floorDiv(low, -coefficient) + 1;
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
        if (mentions(term, sought)) {
            return Optional.empty();
        }
        return quietly(() -> elaborator.value(term, context) instanceof Array array && array.isScalar()
                        ? Optional.of(array.scalar())
                        : Optional.<Expr>empty())
                .map(Constants::fold)
                .filter(Subscripts::isInteger)
                .map(IntegerRange::of);
    }

    /** Whether {@code term} has an index whose range is still sought. */
    private boolean mentions(Term term, Map<String, String> sought) {
        if (term instanceof Name name) {
            return sought.containsKey(name.text());
        } else if (term instanceof Binary binary) {
            return mentions(binary.left(), sought) || mentions(binary.right(), sought);
        } else if (term instanceof Unary unary) {
            return mentions(unary.operand(), sought);
        } else if (term instanceof Term.Call call) {
            return call.arguments().stream().anyMatch(argument -> mentions(argument.value(), sought));
        } else if (term instanceof Element element) {
            return element.subscripts().stream().anyMatch(s -> s instanceof At at && mentions(at.index(), sought));
        }
        return false;
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
        return quietly(() -> elaborator.value(base, context.within(scope)) instanceof Array array
                ? Optional.of(array.shape())
                : Optional.empty());
    }

    private <T> Optional<T> quietly(java.util.function.Supplier<Optional<T>> attempt) {
        return elaborator.translation().speculate(() -> elaborator.diagnostics().muted(attempt));
    }

    private static Map<String, String> without(Map<String, String> sought, String name) {
        Map<String, String> others = new HashMap<>(sought);
        others.remove(name);
        return others;
    }
}
