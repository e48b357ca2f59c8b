package dev.gradc.check;

import dev.gradc.check.Value.Array;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.KnownRanges;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Element;
import dev.gradc.syntax.Term.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code x[i, 2..5]}: elements, rows and slices, and the proof that they stay inside. */
final class Subscripts {

    static final String INTEGERS = "integers are constants, indices, and inputs declared with : int(…)";

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    Subscripts(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    Value element(Element element, Context context) {
        Value value = part(element, context);
        Optional<Value> standIn = context.scope().find(element.span().text());
        return standIn.isPresent() && ((Value.StandIn) standIn.get()).isFor(value)
                ? ((Value.StandIn) standIn.get()).stored()
                : value;
    }

    private Value part(Element element, Context context) {
        Value value = elaborator.value(element.tensor(), context);
        if (!(value instanceof Array array)) {
            return elaborator.notANumber(element.tensor(), value);
        }
        int given = element.subscripts().size();
        if (given > array.shape().rank()) {
            diagnostics.error(
                    element.span(),
                    Elaborator.describe(element.tensor(), array)
                            + (array.isScalar() ? ": it has no entries" : ", but there are " + given + " subscripts"),
                    !array.isScalar()
                            ? "it takes no more than " + array.shape().rank()
                            : element.tensor() instanceof Term.Name name
                                    ? "declare " + name.text() + "[n] if it is a vector"
                                    : "leave the subscripts out");
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
                Expr low = slice.low().isEmpty()
                        ? Constant.ZERO
                        : index(slice.low().get(), context);
                Expr high = slice.high().isEmpty() ? extent : index(slice.high().get(), context);
                int count = low == null || high == null
                        ? 0
                        : count(low, high, extent, axis, slice, element, array, context);
                valid &= count > 0;
                fixed.add(null);
                starts.add(low);
                extents.add(Constant.of(count));
            }
        }
        if (!valid) {
            return Value.INVALID;
        }
        return extents.isEmpty()
                ? Array.scalar(entry(array, place(fixed, starts, List.of()), context))
                : new Array(new Shape(extents), at -> entry(array, place(fixed, starts, at), context), array.stored());
    }

    /** An entry, with a note if it is one only by the conditions around it. */
    private Expr entry(Array array, List<Expr> subscripts, Context context) {
        Expr entry = array.at(subscripts);
        if (!context.guards().isEmpty()) {
            Walk.accesses(entry).stream()
                    .filter(read ->
                            leaves(read, array) || elaborator.translation().isOrdered(read, context.guards()))
                    .forEach(read -> elaborator.translation().reliesOn(read, context.guards()));
        }
        return entry;
    }

    /** Whether an access to the tensor of {@code array} can leave it where that has no start. */
    private static boolean leaves(Access access, Array array) {
        int leading = access.tensor().rank() - array.shape().rank();
        for (int axis = 0; axis < access.subscripts().size(); axis++) {
            Expr extent = access.tensor().shape().extent(axis);
            if (extent instanceof Constant size) {
                IntegerRange range = IntegerRange.of(access.subscripts().get(axis));
                if (range.low() < -array.before(axis - leading) || range.high() >= size.value()) {
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
        // A name may stand for an integer expression.
        Expr folded = elaborator.translation().spelledOut(Constants.fold(index), Subscripts::isInteger);
        if (!isInteger(folded)) {
            elaborator.translation().leaveToCalls(folded);
            diagnostics.error(
                    term.span(), "a subscript must be an integer: " + valued(Elaborator.text(term), folded), INTEGERS);
            return null;
        }
        if (!Enumeration.isExact(folded, context.guards()).orElse(true)) {
            diagnostics.error(
                    term.span(),
                    "the division does not come out exact: " + Elaborator.text(term),
                    "round down, as in (i - i%2)/2");
            return null;
        }
        return folded;
    }

    /** How many entries a slice has, the same everywhere; 0, after a message, if it cannot be taken. */
    private int count(
            Expr low, Expr high, Expr extent, int axis, Slice slice, Element element, Array array, Context context) {
        OptionalDouble count = Enumeration.constant(Call.of(Operator.SUBTRACT, high, low), context.guards());
        if (count.isEmpty()) {
            diagnostics.error(
                    slice.span(), "the slice has no size that is known when compiling", "as x[2..5] or x[i..i+3]");
            return 0;
        }
        int size = (int) count.getAsDouble();
        long end = (long) ((Constant) extent).value();
        IntegerRange range = IntegerRange.of(low, KnownRanges.where(context.guards()));
        boolean inside = range.low() >= 0 && range.high() + size <= end
                || Enumeration.staysInside(low, 0, end - size + 1, context.guards())
                        .orElse(false);
        if (size < 1) {
            diagnostics.error(
                    slice.span(),
                    "the slice " + slice.span().text() + " is empty",
                    "its end does not belong to it: 0..1 is one entry");
        } else if (!inside) {
            String where = array.shape().rank() == 1 ? "" : " on axis " + axis;
            diagnostics.error(
                    slice.span(),
                    "the slice " + slice.span().text() + " is out of range" + where + ": "
                            + Elaborator.describe(element.tensor(), array),
                    "indices run from 0 to " + (end - 1));
        }
        return inside ? Math.max(0, size) : 0;
    }

    /** {@code size is 1.5}: what stands for {@code number}, with its value if that is known and not what is written. */
    static String valued(String text, Expr number) {
        return Constants.fold(number) instanceof Constant constant
                        && !Constants.text(constant.value()).equals(text)
                ? text + " is " + Constants.text(constant.value())
                : text;
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
        IntegerRange range = IntegerRange.of(index, KnownRanges.where(context.guards()));
        long size = (long) ((Constant) extent).value();
        int before = array.before(axis);
        if (range.low() >= -before && range.high() < size
                || Enumeration.staysInside(index, -before, size, context.guards())
                        .orElse(false)) {
            return true;
        }
        String text = Elaborator.text(term);
        String runs = range.isSingle()
                ? "index " + range.low() + " is out of range"
                : text + " runs from " + range.low() + " to " + range.high() + ", out of range";
        String where = array.shape().rank() == 1 ? "" : " on axis " + axis;
        List<String> guards = new ArrayList<>();
        if (range.low() < 0) {
            guards.add("0 <= " + text);
        }
        if (range.high() >= size) {
            guards.add(text + " < " + size);
        }
        diagnostics.error(
                term.span(),
                runs + where + ": " + Elaborator.describe(element.tensor(), array),
                range.isSingle()
                        ? "indices run from 0 to " + (size - 1)
                        : "guard it: " + String.join(" && ", guards) + " ? " + Elaborator.text(element) + " : 0"
                                + (range.low() < 0 && isOfRecurrence(array)
                                        ? ", or say what stands before entry 0: from "
                                                + Elaborator.text(element.tensor()) + "[-1] = 0"
                                        : ""));
        return false;
    }

    /** Whether {@code array} is being defined by what is read now. */
    private boolean isOfRecurrence(Array array) {
        return array.first() instanceof Access access
                && elaborator.translation().isGrowing(access.tensor());
    }
}
