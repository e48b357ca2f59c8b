package dev.gradc.check.scope;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.source.Span;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a name or a term stands for while a file is checked. */
public sealed interface Value {

    /** Stands for whatever was in error: absorbs everything that is done with it, without another message. */
    Value INVALID = new Invalid();

    /**
     * A tensor, or a scalar, of known shape; its entries are made where they are used.
     *
     * @param stored whether an entry costs no more than reading it
     * @param before how many entries stand before 0 on each axis, as far as some do: where a recurrence starts
     */
    record Array(Shape shape, Entry entry, boolean stored, List<Integer> before) implements Value {

        public Array(Shape shape, Entry entry, boolean stored) {
            this(shape, entry, stored, List.of());
        }

        public static Array scalar(Expr expression) {
            return new Array(Shape.SCALAR, subscripts -> expression, true);
        }

        /** All of a tensor, under leading subscripts that are the same for every entry. */
        public static Array of(Tensor tensor, List<? extends Expr> leading) {
            List<Expr> extents = tensor.shape().extents();
            Shape shape = new Shape(extents.subList(leading.size(), extents.size()));
            return new Array(
                    shape,
                    subscripts -> Access.of(
                            tensor,
                            Stream.concat(leading.stream(), subscripts.stream()).toList()),
                    true);
        }

        /** How many entries stand before 0 on {@code axis}. */
        public int before(int axis) {
            return 0 <= axis && axis < before.size() ? before.get(axis) : 0;
        }

        /** The derived tensor that holds its entries, unless they are worked out where they are used. */
        public Optional<Tensor> holder() {
            return stored && first() instanceof Access access && access.tensor().role() == Tensor.Role.DERIVED
                    ? Optional.of(access.tensor())
                    : Optional.empty();
        }

        public Expr at(List<? extends Expr> subscripts) {
            return entry.at(List.copyOf(subscripts));
        }

        /** The entry at the origin, which shows what all of them are. */
        public Expr first() {
            return at(Collections.nCopies(shape.rank(), Constant.ZERO));
        }

        /** The value of a scalar. */
        public Expr scalar() {
            return entry.at(List.of());
        }

        public boolean isScalar() {
            return shape.rank() == 0;
        }
    }

    /** Makes the entry at some subscripts. */
    interface Entry {
        Expr at(List<Expr> subscripts);
    }

    /** A function that was passed as an argument. */
    record Callable(String name, Application application) implements Value {}

    /** Applies a function to arguments that stand at {@code span}. */
    interface Application {
        Value apply(List<Value> arguments, Span span, Context context);
    }

    /** The results of a function that returns several. */
    record Several(List<Value> values) implements Value {}

    /** A part of a tensor, stored so that a derivative can be taken in it; bound to what the source calls it. */
    record StandIn(Array part, Array stored) implements Value {

        public boolean isFor(Value value) {
            return value instanceof Array other && other.shape().equals(part.shape()) && other.first() == part.first();
        }
    }

    /** A tensor whose shape is still sought, on a trial: takes the shape of what it is combined with. */
    record Unknown() implements Value {}

    /** See {@link #INVALID}. */
    record Invalid() implements Value {}
}
