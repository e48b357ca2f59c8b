package dev.gradc.check;

import dev.gradc.check.Value.Array;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Element;
import dev.gradc.syntax.Term.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code x[i, 2..5]}: elements, rows and slices, and the proof that they stay inside. */
final class Subscripts {

    private final Elaborator elaborator;

    Subscripts(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    Value element(Element element, Context context) {
        Value value = elaborator.value(element.tensor(), context);
        if (value instanceof Value.Unknown) {
            return value;
        }
        if (!(value instanceof Array array)) {
            return elaborator.notANumber(element.tensor(), value);
        }
        int given = element.subscripts().size();
        if (given > array.shape().rank()) {
            elaborator
                    .diagnostics()
                    .error(
                            element.span(),
                            given + " subscripts on " + Elaborator.describe(element.tensor(), array),
                            array.isScalar()
                                    ? "a scalar has no entries"
                                    : "it takes at most " + array.shape().rank());
            return Value.INVALID;
        }
        // For each axis of the tensor an index, or, for a slice and for what is not mentioned, where that axis starts.
        List<Expr> fixed = new ArrayList<>();
        List<Expr> starts = new ArrayList<>();
        List<Expr> extents = new ArrayList<>();
        boolean valid = true;
        for (int axis = 0; axis < array.shape().rank(); axis++) {
            Expr extent = array.shape().extent(axis);
            if (axis >= given) {
                fixed.add(null);
                starts.add(Constant.ZERO);
                extents.add(extent);
            } else if (element.subscripts().get(axis) instanceof At at) {
                Expr index = index(at.index(), context);
                valid &= index != null && inside(index, extent, axis, at.index(), element, array, context);
                fixed.add(index);
                starts.add(Constant.ZERO);
            } else {
                Slice slice = (Slice) element.subscripts().get(axis);
                int size = array.shape().size(axis);
                Optional<Integer> low = slice.low().map(term -> bound(term, context));
                Optional<Integer> high = slice.high().map(term -> bound(term, context));
                int from = low.orElse(0);
                int to = high.orElse(size);
                if (from < 0 || to > size || from >= to) {
                    elaborator
                            .diagnostics()
                            .error(
                                    slice.span(),
                                    "the slice " + from + ".." + to + " leaves axis " + axis + " where "
                                            + Elaborator.describe(element.tensor(), array));
                    valid = false;
                }
                fixed.add(null);
                starts.add(Constant.of(from));
                extents.add(Constant.of(to - from));
            }
        }
        if (!valid) {
            return Value.INVALID;
        }
        return extents.isEmpty()
                ? scalar(array.at(place(fixed, starts, List.of())), context)
                : new Array(new Shape(extents), at -> array.at(place(fixed, starts, at)), array.stored());
    }

    private Array scalar(Expr access, Context context) {
        if (!context.guards().isEmpty() && access instanceof Access read && leaves(read)) {
            elaborator.translation().reliesOn(access, context.guards());
        }
        return Array.scalar(access);
    }

    private static boolean leaves(Access access) {
        for (int axis = 0; axis < access.subscripts().size(); axis++) {
            Expr extent = access.tensor().shape().extent(axis);
            if (extent instanceof Constant size) {
                IntegerRange range = IntegerRange.of(access.subscripts().get(axis));
                if (range.low() < 0 || range.high() >= size.value()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Expr> place(List<Expr> fixed, List<Expr> starts, List<Expr> at) {
        List<Expr> subscripts = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < fixed.size(); axis++) {
            if (fixed.get(axis) != null) {
                subscripts.add(fixed.get(axis));
            } else {
                Expr index = at.get(next++);
                Expr start = starts.get(axis);
                subscripts.add(start == Constant.ZERO ? index : Constants.fold(Call.of(Operator.ADD, index, start)));
            }
        }
        return subscripts;
    }

    /** An integer expression; null, after a message, if the term is not one. */
    private Expr index(Term term, Context context) {
        Expr index = elaborator.scalar(term, context, "a subscript");
        if (index == null) {
            return null;
        }
        Expr folded = Constants.fold(index);
        if (!isInteger(folded)) {
            elaborator
                    .diagnostics()
                    .error(
                            term.span(),
                            "a subscript must be an integer: " + Elaborator.text(term),
                            "integers are constants, indices, and inputs declared with : int(…)");
            return null;
        }
        return folded;
    }

    private int bound(Term term, Context context) {
        Expr bound = index(term, context);
        return bound instanceof Constant constant ? (int) constant.value() : -1;
    }

    /** Whether an expression has an integer value by its form. */
    static boolean isInteger(Expr expression) {
        if (expression instanceof Constant constant) {
            return constant.isInteger();
        } else if (expression instanceof Index) {
            return true;
        } else if (expression instanceof Access access) {
            return access.tensor().isInteger();
        } else if (expression instanceof Select select) {
            return isInteger(select.then()) && isInteger(select.otherwise());
        }
        Call call = (Call) expression;
        return call.function() instanceof Operator && call.arguments().stream().allMatch(Subscripts::isInteger);
    }

    private boolean inside(
            Expr index, Expr extent, int axis, Term term, Element element, Array array, Context context) {
        IntegerRange range = IntegerRange.of(index, known(context.guards()));
        long size = (long) ((Constant) extent).value();
        int before = axis == 0 ? array.before() : 0;
        if (range.low() >= -before && range.high() < size) {
            return true;
        }
        String runs = range.isSingle()
                ? "index " + range.low()
                : Elaborator.text(term) + ", from " + range.low() + " to " + range.high() + ",";
        elaborator
                .diagnostics()
                .error(
                        term.span(),
                        runs + " leaves axis " + axis + " where " + Elaborator.describe(element.tensor(), array),
                        range.isSingle()
                                ? "indices run from 0 to " + (size - 1)
                                : "guard it: 0 <= " + Elaborator.text(term) + " && " + Elaborator.text(term) + " < "
                                        + size + " ? … : 0");
        return false;
    }

    /** What the conditions around a place say about integer expressions in it. */
    private static Map<Expr, IntegerRange> known(List<Expr> guards) {
        Map<Expr, IntegerRange> known = new HashMap<>();
        // Twice, so that what one condition says of an index helps to understand the bound in another.
        for (int round = 0; round < 2; round++) {
            guards.forEach(guard -> learn(guard, true, known));
        }
        return known;
    }

    private static void learn(Expr condition, boolean holds, Map<Expr, IntegerRange> known) {
        if (!(condition instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return;
        }
        switch (operator) {
            case NOT -> learn(call.argument(0), !holds, known);
            case AND -> {
                if (holds) {
                    call.arguments().forEach(part -> learn(part, true, known));
                }
            }
            case OR -> {
                if (!holds) {
                    call.arguments().forEach(part -> learn(part, false, known));
                }
            }
            case LESS -> order(call.argument(0), call.argument(1), holds, 1, known);
            case LESS_EQUAL -> order(call.argument(0), call.argument(1), holds, 0, known);
            case GREATER -> order(call.argument(1), call.argument(0), holds, 1, known);
            case GREATER_EQUAL -> order(call.argument(1), call.argument(0), holds, 0, known);
            case EQUAL -> {
                if (holds) {
                    order(call.argument(0), call.argument(1), true, 0, known);
                    order(call.argument(1), call.argument(0), true, 0, known);
                }
            }
            default -> {}
        }
    }

    /** Learns from {@code a + gap <= b}, or, if that does not hold, from {@code b + 1 - gap <= a}. */
    private static void order(Expr a, Expr b, boolean holds, int gap, Map<Expr, IntegerRange> known) {
        if (!holds) {
            order(b, a, true, 1 - gap, known);
            return;
        }
        IntegerRange rangeA = IntegerRange.of(a, known);
        IntegerRange rangeB = IntegerRange.of(b, known);
        narrow(a, new IntegerRange(IntegerRange.ALL.low(), rangeB.high() - gap), known);
        narrow(b, new IntegerRange(rangeA.low() + gap, IntegerRange.ALL.high()), known);
    }

    private static void narrow(Expr expression, IntegerRange range, Map<Expr, IntegerRange> known) {
        known.merge(expression, range, IntegerRange::and);
    }
}
