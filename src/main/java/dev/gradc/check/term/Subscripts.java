package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.index.Enumeration;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.KnownRanges;
import dev.gradc.ir.Operator;
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
                    Wording.described(element.tensor(), array)
                            + (array.isScalar() ? ": it has no entries" : ", but there are " + given + " subscripts"),
                    !array.isScalar()
                            ? "it takes no more than " + array.shape().rank()
                            : element.tensor() instanceof Term.Name name
                                    ? "declare " + name.text() + "[n] if it is a vector"
                                    : "leave the subscripts out");
            return Value.INVALID;
        }
        List<Part> parts = new ArrayList<>();
        for (int number = 0; number < array.shape().rank(); number++) {
            Axis axis = new Axis(element, array, number);
            if (number >= given) {
                parts.add(new Part(Constant.ZERO, Optional.of(axis.extent())));
            } else if (element.subscripts().get(number) instanceof At at) {
                single(at.index(), axis, context).ifPresent(parts::add);
            } else {
                several((Slice) element.subscripts().get(number), axis, context).ifPresent(parts::add);
            }
        }
        if (parts.size() < array.shape().rank()) {
            return Value.INVALID;
        }
        List<Expr> extents =
                parts.stream().flatMap(part -> part.count().stream()).toList();
        return extents.isEmpty()
                ? Array.scalar(entry(array, place(parts, List.of()), context))
                : new Array(new Shape(extents), at -> entry(array, place(parts, at), context), array.stored());
    }

    /** An axis of {@code array}, of which {@code element} reads. */
    private record Axis(Element element, Array array, int number) {

        Expr extent() {
            return array.shape().extent(number);
        }

        long size() {
            return (long) ((Constant) extent()).value();
        }

        /** {@code index 3 is out of range on axis 1: A is [2,3]}, after the words of {@code subject}. */
        String outOfRange(String subject) {
            String where = array.shape().rank() == 1 ? "" : " on axis " + number;
            return subject + "out of range" + where + ": " + Wording.described(element.tensor(), array);
        }
    }

    /** What is read on an axis: the entry at {@code start}, or, if there is a {@code count}, so many from there on. */
    private record Part(Expr start, Optional<Expr> count) {}

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

    private static List<Expr> place(List<Part> parts, List<Expr> at) {
        List<Expr> subscripts = new ArrayList<>();
        int next = 0;
        for (Part part : parts) {
            Expr start = part.start();
            if (part.count().isEmpty()) {
                subscripts.add(start);
            } else {
                Expr index = at.get(next++);
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
        Expr folded = elaborator.translation().spelledOut(Constants.fold(index), Constants::isInteger);
        if (!Constants.isInteger(folded)) {
            elaborator.translation().leaveToCalls(folded);
            diagnostics.error(
                    term.span(),
                    "a subscript must be an integer: " + Wording.valued(Wording.text(term), folded),
                    Wording.INTEGERS);
            return null;
        }
        if (!Enumeration.isExact(folded, context.guards()).orElse(true)) {
            diagnostics.error(
                    term.span(),
                    "the division does not come out exact: " + Wording.text(term),
                    "round down, as in (i - i%2)/2");
            return null;
        }
        return folded;
    }

    /** A slice, which has a size that is the same everywhere; empty, after a message, if it cannot be taken. */
    private Optional<Part> several(Slice slice, Axis axis, Context context) {
        Expr low = slice.low().isEmpty() ? Constant.ZERO : index(slice.low().get(), context);
        Expr high = slice.high().isEmpty() ? axis.extent() : index(slice.high().get(), context);
        if (low == null || high == null) {
            return Optional.empty();
        }
        OptionalDouble count = Enumeration.constant(Call.of(Operator.SUBTRACT, high, low), context.guards());
        if (count.isEmpty()) {
            diagnostics.error(
                    slice.span(), "the slice has no size that is known when compiling", "as x[2..5] or x[i..i+3]");
            return Optional.empty();
        }
        int size = (int) count.getAsDouble();
        IntegerRange range = IntegerRange.of(low, KnownRanges.where(context.guards()));
        boolean inside = range.low() >= 0 && range.high() + size <= axis.size()
                || Enumeration.staysInside(low, 0, axis.size() - size + 1, context.guards())
                        .orElse(false);
        String text = "the slice " + slice.span().text() + " is ";
        if (size < 1) {
            diagnostics.error(slice.span(), text + "empty", "its end does not belong to it: 0..1 is one entry");
        } else if (!inside) {
            diagnostics.error(slice.span(), axis.outOfRange(text), "indices run from 0 to " + (axis.size() - 1));
        }
        return inside && size >= 1 ? Optional.of(new Part(low, Optional.of(Constant.of(size)))) : Optional.empty();
    }

    /** One entry; empty, after a message, if it may be none. */
    private Optional<Part> single(Term term, Axis axis, Context context) {
        Expr index = index(term, context);
        return index != null && isInside(index, term, axis, context)
                ? Optional.of(new Part(index, Optional.empty()))
                : Optional.empty();
    }

    private boolean isInside(Expr index, Term term, Axis axis, Context context) {
        IntegerRange range = IntegerRange.of(index, KnownRanges.where(context.guards()));
        long size = axis.size();
        int before = axis.array().before(axis.number());
        if (range.low() >= -before && range.high() < size
                || Enumeration.staysInside(index, -before, size, context.guards())
                        .orElse(false)) {
            return true;
        }
        String text = Wording.text(term);
        if (range.isSingle()) {
            diagnostics.error(
                    term.span(),
                    axis.outOfRange("index " + range.low() + " is "),
                    "indices run from 0 to " + (size - 1));
            return false;
        }
        List<String> guards = new ArrayList<>();
        if (range.low() < 0) {
            guards.add("0 <= " + text);
        }
        if (range.high() >= size) {
            guards.add(text + " < " + size);
        }
        String start = range.low() < 0 && isOfRecurrence(axis.array())
                ? ", or say what stands before entry 0: from "
                        + Wording.text(axis.element().tensor()) + "[-1] = 0"
                : "";
        diagnostics.error(
                term.span(),
                axis.outOfRange(text + " runs from " + range.low() + " to " + range.high() + ", "),
                "guard it: " + String.join(" && ", guards) + " ? " + Wording.text(axis.element()) + " : 0" + start);
        return false;
    }

    /** Whether {@code array} is being defined by what is read now. */
    private boolean isOfRecurrence(Array array) {
        return array.first() instanceof Access access
                && elaborator.translation().isGrowing(access.tensor());
    }
}
