package dev.gradc.reading;

import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes what a backward pass adds up entry by entry as what each entry is: {@code dx[i] += a[i]} and {@code dx[i+1] += b[i]} become
 * {@code dx[i] = (i < 9 ? a[i] : 0) + (i >= 1 ? b[i-1] : 0)}, and says where the entries are 0 that nothing reaches. For readers; a
 * machine adds with fewer questions.
 */
final class Gathering {

    /** Stands for all places along an axis. */
    private static final Expr EVERYWHERE = Constant.of(-1);

    private Gathering() {}

    static Program apply(Program program) {
        Map<Tensor, List<Definition>> byTarget = new LinkedHashMap<>();
        program.definitions()
                .forEach(definition -> byTarget.computeIfAbsent(definition.target(), t -> new ArrayList<>())
                        .add(definition));
        Map<Tensor, List<Definition>> gathered = new HashMap<>();
        byTarget.forEach((target, definitions) -> gathered(definitions).ifPresent(one -> gathered.put(target, one)));
        List<Definition> all = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            List<Definition> together = gathered.get(definition.target());
            List<Definition> own = byTarget.get(definition.target());
            if (together == null) {
                all.add(definition);
            } else if (definition == own.get(own.size() - 1)) {
                all.addAll(together);
            }
        }
        return program.withDefinitions(all);
    }

    /** One definition for each place; empty if it is not so simple, or already so. */
    private static Optional<List<Definition>> gathered(List<Definition> definitions) {
        Map<List<Expr>, Definition> places = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            boolean adds = definition.combine() == Combine.SUM;
            boolean leavesOut =
                    definition.combine() == Combine.ASSIGN && definitions.size() == 1 && !definition.reachesAll();
            if (!adds && !leavesOut
                    || !definition.recurrences().isEmpty()
                    || definition.reduced().stream().anyMatch(loop -> !isAlone(loop, definition))) {
                return Optional.empty();
            }
            Optional<Definition> here = atPlainPlaces(definition);
            if (here.isEmpty()) {
                return Optional.empty();
            }
            places.merge(placeOf(here.get()), here.get(), Gathering::sum);
        }
        return overlap(List.copyOf(places.keySet())) ? Optional.empty() : Optional.of(List.copyOf(places.values()));
    }

    private static boolean overlap(List<List<Expr>> places) {
        for (int i = 0; i < places.size(); i++) {
            for (List<Expr> other : places.subList(i + 1, places.size())) {
                List<Expr> place = places.get(i);
                boolean apart = IntStream.range(0, place.size())
                        .anyMatch(axis -> place.get(axis) != other.get(axis)
                                && place.get(axis) != EVERYWHERE
                                && other.get(axis) != EVERYWHERE);
                if (!apart) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether each value of {@code loop} has an entry of its own: one subscript is the loop with a number added. */
    private static boolean isAlone(Index loop, Definition definition) {
        return definition.subscripts().stream()
                .anyMatch(subscript ->
                        shift(subscript).filter(shifted -> shifted.loop == loop).isPresent());
    }

    private static List<Expr> placeOf(Definition definition) {
        return definition.subscripts().stream()
                .map(subscript -> subscript instanceof Index ? EVERYWHERE : subscript)
                .toList();
    }

    /** {@code loop + by}. */
    record Shift(Index loop, long by) {}

    static Optional<Shift> shift(Expr subscript) {
        if (subscript instanceof Index loop) {
            return Optional.of(new Shift(loop, 0));
        }
        boolean sum = subscript.isSum();
        if (sum
                && ((Call) subscript).argument(0) instanceof Index loop
                && ((Call) subscript).argument(1) instanceof Constant by
                && by.isInteger()) {
            long number = (long) by.value();
            return Optional.of(new Shift(loop, subscript.isCallOf(Operator.ADD) ? number : -number));
        }
        return Optional.empty();
    }

    /** The same with an index of its own for each axis that is not at a constant place. */
    private static Optional<Definition> atPlainPlaces(Definition definition) {
        Set<Index> seen = new HashSet<>();
        List<Expr> subscripts = new ArrayList<>();
        List<Index> loops = new ArrayList<>();
        Map<Expr, Expr> moved = new HashMap<>();
        Expr condition = Constant.ONE;
        for (int axis = 0; axis < definition.subscripts().size(); axis++) {
            Expr subscript = definition.subscripts().get(axis);
            Expr extent = definition.target().shape().extent(axis);
            if (subscript instanceof Constant) {
                subscripts.add(subscript);
                continue;
            }
            Optional<Shift> shift = shift(subscript);
            if (shift.isEmpty()
                    || !seen.add(shift.get().loop)
                    || !definition.loops().contains(shift.get().loop)) {
                return Optional.empty();
            }
            Index loop = shift.get().loop;
            long by = shift.get().by;
            boolean whole = by == 0 && loop.low() == Constant.ZERO && loop.high() == extent;
            if (!whole
                    && !(loop.low() instanceof Constant
                            && loop.high() instanceof Constant
                            && extent instanceof Constant)) {
                return Optional.empty();
            }
            Index all = whole ? loop : Index.upTo(loop.name(), extent);
            if (!whole) {
                double low = ((Constant) loop.low()).value() + by;
                double high = ((Constant) loop.high()).value() + by;
                condition = both(condition, low > 0 ? Call.of(Operator.GREATER_EQUAL, all, Constant.of(low)) : null);
                condition = both(
                        condition,
                        high < ((Constant) extent).value() ? Call.of(Operator.LESS, all, Constant.of(high)) : null);
                moved.put(
                        loop,
                        by == 0
                                ? all
                                : by > 0
                                        ? Call.of(Operator.SUBTRACT, all, Constant.of(by))
                                        : Call.of(Operator.ADD, all, Constant.of(-by)));
            }
            subscripts.add(all);
            loops.add(all);
        }
        boolean bounds = definition.loops().stream()
                .anyMatch(loop -> !Walk.indicesOfBounds(loop).isEmpty());
        if (bounds) {
            return Optional.empty();
        }
        Expr body = moved.isEmpty()
                ? definition.body()
                : Rewrite.substituting(moved).apply(definition.body());
        Expr here = condition == Constant.ONE ? body : Select.of(condition, body, Constant.ZERO);
        return Optional.of(
                new Definition(definition.target(), subscripts, Combine.ASSIGN, loops, here, definition.note()));
    }

    private static Expr both(Expr condition, Expr other) {
        return other == null ? condition : condition == Constant.ONE ? other : Call.of(Operator.AND, condition, other);
    }

    private static Definition sum(Definition one, Definition other) {
        Map<Expr, Expr> same = new HashMap<>();
        for (int axis = 0; axis < one.subscripts().size(); axis++) {
            same.put(other.subscripts().get(axis), one.subscripts().get(axis));
        }
        same.values().removeIf(Constant.class::isInstance);
        return one.withBody(
                Call.of(Operator.ADD, one.body(), Rewrite.substituting(same).apply(other.body())));
    }
}
