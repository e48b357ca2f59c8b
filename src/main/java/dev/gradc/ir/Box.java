package dev.gradc.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries that a definition reaches, where these form a box and each is reached once: on every axis an interval, or each second, third
 * and so on of its entries.
 */
record Box(List<Side> sides) {

    /** {@code count} entries, {@code step} apart; the whole of an axis that is sized at run time is {@link #WHOLE}. */
    private record Side(long low, long count, long step) {

        static final Side WHOLE = new Side(0, Long.MAX_VALUE, 1);

        boolean isApartFrom(Side other) {
            if (this == WHOLE || other == WHOLE) {
                return false;
            }
            return last() < other.low || other.last() < low || step == other.step && (low - other.low) % step != 0;
        }

        private long last() {
            return low + (count - 1) * step;
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
        if (subscript instanceof Index loop && !(extent instanceof Constant)) {
            return loop.low() == Constant.ZERO && loop.high() == extent && loops.remove(loop)
                    ? Optional.of(Side.WHOLE)
                    : Optional.empty();
        }
        Affine place = Affine.of(subscript);
        // Like the digits of a number: 2*i + r, where r is 0 or 1, comes to each of its values once.
        List<Map.Entry<Expr, Long>> digits = new ArrayList<>(place.terms().entrySet());
        digits.sort(Map.Entry.comparingByValue());
        long step = digits.isEmpty() ? 1 : digits.get(0).getValue();
        Side side = new Side(place.constant(), 1, step);
        for (Map.Entry<Expr, Long> digit : digits) {
            boolean next = digit.getValue() == step * side.count && step > 0;
            if (!next
                    || !(digit.getKey() instanceof Index loop && loops.remove(loop))
                    || !(loop.low() instanceof Constant low && loop.high() instanceof Constant high)) {
                return Optional.empty();
            }
            long first = (long) low.value();
            side = new Side(side.low + digit.getValue() * first, side.count * ((long) high.value() - first), step);
        }
        return Optional.of(side);
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
            entries *= side == Side.WHOLE ? 1 : side.count;
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
