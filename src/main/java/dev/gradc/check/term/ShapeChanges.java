package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.index.Integers;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Guess;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Shape;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The built-in changes of shape, which no index form can express for all ranks: they move entries and compute nothing. */
final class ShapeChanges {

    private static final Set<String> NAMES = Set.of("concat", "stack", "reshape", "flatten", "pad");

    private final Elaborator elaborator;

    ShapeChanges(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    static Set<String> names() {
        return NAMES;
    }

    Value call(Term.Call call, Context context) {
        return switch (call.function().text()) {
            case "concat" -> concat(call, context);
            case "stack" -> stack(call, context);
            case "reshape" -> reshape(call, context);
            case "flatten" -> flatten(call, context);
            default -> pad(call, context);
        };
    }

    /** {@code concat(a, b, axis = 1)}: one after the other. */
    private Value concat(Term.Call call, Context context) {
        List<Array> pieces = new ArrayList<>();
        int axis = 0;
        for (Argument argument : call.arguments()) {
            if (named(argument, "axis")) {
                axis = axis(argument.value(), context);
                if (axis < 0) {
                    return Value.INVALID;
                }
            } else {
                Value value = elaborator.value(argument.value(), context);
                if (!(value instanceof Array array)) {
                    return elaborator.notANumber(argument.value(), value);
                }
                pieces.add(array);
            }
        }
        if (pieces.isEmpty() || pieces.get(0).shape().rank() <= axis) {
            return fail(call, "concat takes tensors that have an axis " + axis, "stack puts scalars together");
        }
        for (Array piece : pieces) {
            boolean fits = piece.shape().rank() == pieces.get(0).shape().rank();
            for (int other = 0; fits && other < piece.shape().rank(); other++) {
                fits = other == axis
                        || piece.shape().extent(other) == pieces.get(0).shape().extent(other);
            }
            if (!fits) {
                return fail(
                        call,
                        "shapes do not fit along axis " + axis + ": " + Wording.shape(pieces.get(0)) + ", "
                                + Wording.shape(piece),
                        "all other axes must have equal sizes");
            }
        }
        return new Pieces(elaborator).concatenate(pieces, axis, "concat", context);
    }

    /** {@code stack(a, b)}: along a new first axis. */
    private Value stack(Term.Call call, Context context) {
        List<Array> entries = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            Value value = elaborator.value(argument.value(), context);
            if (!(value instanceof Array array)) {
                return elaborator.notANumber(argument.value(), value);
            }
            entries.add(array);
        }
        if (entries.isEmpty()
                || entries.stream()
                        .anyMatch(e -> !e.shape().equals(entries.get(0).shape()))) {
            return fail(call, "stack takes tensors of one shape", "concat puts pieces of different sizes together");
        }
        return new Pieces(elaborator).stack(entries, context);
    }

    /** {@code reshape(x, 3, 4)} or {@code reshape(x, [3, 4])}: the same entries, row by row, in another shape. */
    private Value reshape(Term.Call call, Context context) {
        if (call.arguments().isEmpty()) {
            return fail(call, "reshape takes a tensor and sizes", "reshape(x, 3, 4)");
        }
        Term term = call.arguments().get(0).value();
        Value value = elaborator.value(term, context);
        List<Term> sizes = new ArrayList<>();
        for (Argument argument : call.arguments().subList(1, call.arguments().size())) {
            if (argument.value() instanceof Literal literal) {
                sizes.addAll(literal.entries());
            } else {
                sizes.add(argument.value());
            }
        }
        int[] extents = new int[sizes.size()];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = elaborator.extents().size(sizes.get(axis), context, "a size");
            if (extents[axis] < 0) {
                return Value.INVALID;
            }
        }
        Shape shape = Shape.of(extents);
        if (value instanceof Value.Unknown) {
            return Guess.of(shape);
        }
        if (!(value instanceof Array array)) {
            return elaborator.notANumber(term, value);
        }
        if (shape.size() != array.shape().size()) {
            return fail(
                    call,
                    Wording.described(term, array) + ", which has "
                            + array.shape().size() + " entries, not " + shape.size(),
                    "a reshape keeps all entries");
        }
        return reshaped(array, shape, context);
    }

    private Value flatten(Term.Call call, Context context) {
        if (call.arguments().size() != 1) {
            return fail(call, "flatten takes 1 tensor", "flatten(x)");
        }
        Term term = call.arguments().get(0).value();
        Value value = elaborator.value(term, context);
        return value instanceof Array array
                ? reshaped(array, Shape.of(array.shape().size()), context)
                : elaborator.notANumber(term, value);
    }

    private Array reshaped(Array array, Shape shape, Context context) {
        Array stored = array.stored() ? array : elaborator.translation().store(array, "t", "", context);
        return new Array(shape, at -> stored.at(split(flat(at, shape), stored.shape())), true);
    }

    /** The position of an entry, counted row by row. */
    private static Expr flat(List<Expr> at, Shape shape) {
        Expr position = Constant.ZERO;
        for (int axis = 0; axis < at.size(); axis++) {
            position = plus(times(position, shape.size(axis)), at.get(axis));
        }
        return position;
    }

    private static List<Expr> split(Expr position, Shape shape) {
        List<Expr> at = new ArrayList<>();
        int stride = shape.size();
        for (int axis = 0; axis < shape.rank(); axis++) {
            stride /= shape.size(axis);
            at.add(Integers.remainder(Integers.quotient(position, stride), axis == 0 ? 0 : shape.size(axis)));
        }
        return at;
    }

    private static Expr plus(Expr a, Expr b) {
        return a == Constant.ZERO ? b : b == Constant.ZERO ? a : Constants.fold(Call.of(Operator.ADD, a, b));
    }

    private static Expr times(Expr a, int factor) {
        return a == Constant.ZERO || factor == 1
                ? a
                : Constants.fold(Call.of(Operator.MULTIPLY, a, Constant.of(factor)));
    }

    /** {@code pad(x, 1)}: zeros before and after along every axis; {@code pad(x, 1, 2)}: so many along each axis. */
    private Value pad(Term.Call call, Context context) {
        if (call.arguments().isEmpty()) {
            return fail(call, "pad takes a tensor and one width, or one for each axis", "pad(x, 1)");
        }
        Term term = call.arguments().get(0).value();
        Value value = elaborator.value(term, context);
        if (!(value instanceof Array array)) {
            return elaborator.notANumber(term, value);
        }
        int rank = array.shape().rank();
        List<Integer> widths = new ArrayList<>();
        for (Argument argument : call.arguments().subList(1, call.arguments().size())) {
            widths.add(axis(argument.value(), context));
        }
        if (widths.size() != 1 && widths.size() != rank || widths.stream().anyMatch(width -> width < 0)) {
            return fail(call, "pad takes a tensor and one width, or one for each axis", "pad(x, 1)");
        }
        Array padded = array;
        for (int axis = 0; axis < rank; axis++) {
            int width = widths.get(widths.size() == 1 ? 0 : axis);
            if (width > 0) {
                List<Expr> extents = new ArrayList<>(padded.shape().extents());
                extents.set(axis, Constant.of(padded.shape().size(axis) + 2.0 * width));
                padded = new Pieces(elaborator).fill(new Shape(extents), List.of(padded), axis, width, "pad", context);
            }
        }
        return padded;
    }

    private int axis(Term term, Context context) {
        Expr value = elaborator.scalar(term, context, "an axis or width");
        if (value != null
                && Constants.fold(value) instanceof Constant constant
                && constant.value() >= 0
                && constant.isInteger()) {
            return (int) constant.value();
        }
        if (value != null) {
            elaborator.translation().leaveToCalls(value);
            elaborator.diagnostics().error(term.span(), "this must be an integer from 0");
        }
        return -1;
    }

    private static boolean named(Argument argument, String name) {
        return argument.name().isPresent() && argument.name().get().text().equals(name);
    }

    private Value fail(Term.Call call, String message, String hint) {
        elaborator.diagnostics().error(call.span(), message, hint);
        return Value.INVALID;
    }
}
