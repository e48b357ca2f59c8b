package dev.gradc.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The entries that a definition reaches, where these form a box and each is reached once: on every axis an interval. */
record Box(List<Side> sides) {

    /** From {@code low} to {@code high}, exclusive; the whole of an axis that is sized at run time is {@link #WHOLE}. */
    private record Side(long low, long high) {

        static final Side WHOLE = new Side(0, Long.MAX_VALUE);

        boolean isApartFrom(Side other) {
            return high <= other.low || other.high <= low;
        }
    }

    /** The box of {@code definition}; empty if it has none, or if its form does not tell. */
    static Optional<Box> of(Definition definition) {
        Set<Index> loops = new HashSet<>(definition.loops());
        definition.recurrences().forEach(recurrence -> loops.add(recurrence.time()));
        List<Side> sides = new ArrayList<>();
        for (int axis = 0; axis < definition.subscripts().size(); axis++) {
            Expr extent = definition.target().shape().extent(axis);
            Optional<Side> side = side(definition.subscripts().get(axis), extent, loops);
            if (side.isEmpty()) {
                return Optional.empty();
            }
            sides.add(side.get());
        }
        // A loop that is left over would reach each entry several times.
        return loops.isEmpty() ? Optional.of(new Box(sides)) : Optional.empty();
    }

    /** @param loops those that are not yet used, to be used once */
    private static Optional<Side> side(Expr subscript, Expr extent, Set<Index> loops) {
        if (subscript instanceof Constant constant) {
            long place = (long) constant.value();
            return Optional.of(new Side(place, place + 1));
        }
        if (subscript instanceof Index loop) {
            return loops.remove(loop) ? side(loop, extent, 0) : Optional.empty();
        }
        return subscript instanceof Call call
                        && call.function() == Operator.ADD
                        && call.argument(0) instanceof Index loop
                        && call.argument(1) instanceof Constant offset
                        && loops.remove(loop)
                ? side(loop, extent, (long) offset.value())
                : Optional.empty();
    }

    private static Optional<Side> side(Index loop, Expr extent, long offset) {
        if (loop.low() instanceof Constant low && loop.high() instanceof Constant high) {
            return Optional.of(new Side((long) low.value() + offset, (long) high.value() + offset));
        }
        return loop.low() == Constant.ZERO && loop.high() == extent && offset == 0
                ? Optional.of(Side.WHOLE)
                : Optional.empty();
    }

    boolean isApartFrom(Box other) {
        for (int axis = 0; axis < sides.size(); axis++) {
            if (sides.get(axis).isApartFrom(other.sides.get(axis))) {
                return true;
            }
        }
        return false;
    }

    /** How many entries it has for each step of the axes that are sized at run time. */
    double entries() {
        double entries = 1;
        for (Side side : sides) {
            entries *= side == Side.WHOLE ? 1 : side.high - side.low;
        }
        return entries;
    }

    /** Whether it goes over the whole of every axis that is sized at run time. */
    boolean spans(Shape shape) {
        for (int axis = 0; axis < sides.size(); axis++) {
            if (!(shape.extent(axis) instanceof Constant) && sides.get(axis) != Side.WHOLE) {
                return false;
            }
        }
        return true;
    }
}
