package dev.gradc.check.scope;

import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Shape;
import java.util.List;
import java.util.Optional;

/** Shapes of terms with a part whose shape is still sought. The entries of what comes out are never used. */
public final class Guess {

    private Guess() {}

    public static Array of(Shape shape) {
        return new Array(shape, at -> Constant.ZERO, true);
    }

    /** The shapes of what a call gives; those of what is not a tensor are unknown. */
    public static List<Optional<Shape>> shapes(Value value) {
        List<Value> values = value instanceof Value.Several several ? several.values() : List.of(value);
        return values.stream()
                .map(part -> part instanceof Array array ? Optional.of(array.shape()) : Optional.<Shape>empty())
                .toList();
    }

    public static Value binary(String operator, Value left, Value right) {
        if (!operator.equals("@")) {
            return elementwise(List.of(left, right));
        }
        if (left instanceof Array matrix && matrix.shape().rank() == 2) {
            return of(new Shape(matrix.shape().extents().subList(0, 1)));
        }
        if (right instanceof Array matrix && matrix.shape().rank() == 2) {
            return of(new Shape(matrix.shape().extents().subList(1, 2)));
        }
        boolean dot = left instanceof Array || right instanceof Array;
        return dot ? of(Shape.SCALAR) : new Value.Unknown();
    }

    /** The shape of those operands that have one, if it is not a scalar's. */
    public static Value elementwise(List<Value> operands) {
        for (Value operand : operands) {
            if (operand == Value.INVALID) {
                return operand;
            }
            if (operand instanceof Array array && !array.isScalar()) {
                return of(array.shape());
            }
        }
        return new Value.Unknown();
    }
}
