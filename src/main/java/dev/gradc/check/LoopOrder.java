package dev.gradc.check;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Puts definitions that read each other's entries in an order in which every entry is known when it is read, with loops through time
 * around those that need them. What reads itself, directly or through others, goes into a loop over the first index on the left in
 * which it reads from earlier and never from later; what still reads itself at one time goes into one more loop inside. All other indices stay free.
 * (Allen and Kennedy, "Automatic translation of FORTRAN programs to vector form", 1987.)
 */
final class LoopOrder {

    private final List<Definition> ordered = new ArrayList<>();

    private LoopOrder() {}

    /**
     * A definition on its way.
     *
     * @param times by their places on the left of the source, the indices of this definition; a place is missing if it does not
     *     depend on that index
     */
    record Step(Definition definition, Map<Integer, Index> times) {

        /** How far the entry at {@code access}, which {@code other} defines, lies before this one in one index; −1 if it may be later. */
        private long lag(Access access, Step other, int place) {
            int axis = other.definition.subscripts().indexOf(other.times.get(place));
            return LoopOrder.lag(access.subscripts().get(axis), times.get(place));
        }

        /** The same inside {@code loop}, which takes the place of its own loop over an index. */
        private Step inside(Recurrence loop, int place, int depth) {
            List<Index> loops = new ArrayList<>(definition.loops());
            loops.remove(times.get(place));
            List<Recurrence> around = new ArrayList<>(definition.recurrences());
            // A recurrence of its own, as that of a function called here, stays innermost.
            around.add(depth, loop);
            Definition inner =
                    definition.withLoops(loops).within(around).replacing(Map.of(times.get(place), loop.time()));
            Map<Integer, Index> renamed = new LinkedHashMap<>();
            times.forEach((at, index) -> {
                int position = loops.indexOf(index);
                renamed.put(at, position < 0 ? index : inner.loops().get(position));
            });
            renamed.put(place, loop.time());
            return new Step(inner, renamed);
        }
    }

    /** {@code steps} in order, or nothing if none serves. */
    static Optional<List<Definition>> of(List<Step> steps) {
        // Those of a recurrence of their own, as that of a function called here, are in order already.
        Map<Object, List<Step>> together = new LinkedHashMap<>();
        for (Step step : steps) {
            Optional<Recurrence> own = Recurrence.at(step.definition, 0);
            together.computeIfAbsent(own.isPresent() ? own.get() : step, key -> new ArrayList<>())
                    .add(step);
        }
        LoopOrder order = new LoopOrder();
        return order.place(List.copyOf(together.values()), List.of()) ? Optional.of(order.ordered) : Optional.empty();
    }

    /** Orders {@code groups}, which share loops over the indices at the places {@code used}; says whether that was possible. */
    private boolean place(List<List<Step>> groups, List<Integer> used) {
        BitSet[] needs = needs(groups, used);
        BitSet placed = new BitSet();
        while (placed.cardinality() < groups.size()) {
            int next = IntStream.range(0, groups.size())
                    .filter(i -> !placed.get(i))
                    .filter(i -> needs[i].stream().allMatch(j -> placed.get(j) || needs[j].get(i)))
                    .findFirst()
                    .orElseThrow();
            if (needs[next].get(next)) {
                List<Integer> circle = needs[next].stream()
                        .filter(i -> needs[i].get(next))
                        .boxed()
                        .toList();
                circle.forEach(placed::set);
                if (!inLoop(circle.stream().map(groups::get).toList(), used)) {
                    return false;
                }
            } else {
                placed.set(next);
                groups.get(next).forEach(step -> ordered.add(step.definition));
            }
        }
        return true;
    }

    /** For each group those that must come before it, also through others. */
    private static BitSet[] needs(List<List<Step>> groups, List<Integer> used) {
        int count = groups.size();
        BitSet[] needs = new BitSet[count];
        for (int i = 0; i < count; i++) {
            needs[i] = new BitSet();
            for (int j = 0; j < count; j++) {
                for (Step reader : groups.get(i)) {
                    for (Step writer : groups.get(j)) {
                        if (needs(reader, writer, used, j - i)) {
                            needs[i].set(j);
                        }
                    }
                }
            }
        }
        for (int via = 0; via < count; via++) {
            for (int i = 0; i < count; i++) {
                if (needs[i].get(via)) {
                    needs[i].or(needs[via]);
                }
            }
        }
        return needs;
    }

    /** Whether {@code reader} needs {@code writer} before it at one time. */
    private static boolean needs(Step reader, Step writer, List<Integer> used, int distance) {
        boolean inItsOwnLoop = distance == 0 && reader.definition.recurrences().size() > used.size();
        // Parts of one tensor keep their order.
        boolean laterPart = distance < 0 && writer.definition.target() == reader.definition.target();
        return !inItsOwnLoop
                && (laterPart
                        || anyRead(
                                reader,
                                writer,
                                access -> used.stream().noneMatch(place -> reader.lag(access, writer, place) > 0)));
    }

    private static boolean anyRead(Step reader, Step writer, Predicate<Access> test) {
        return Walk.accesses(reader.definition.body()).stream()
                .anyMatch(access -> access.tensor() == writer.definition.target() && test.test(access));
    }

    /** Puts a loop around groups that read each other in a circle. */
    private boolean inLoop(List<List<Step>> circle, List<Integer> used) {
        List<Step> steps = circle.stream().flatMap(List::stream).toList();
        Step first = steps.get(0);
        Optional<Integer> chosen = first.times.keySet().stream()
                .filter(place -> !used.contains(place) && isOrder(steps, place))
                .findFirst();
        if (chosen.isEmpty()) {
            return false;
        }
        int place = chosen.get();
        Index own = first.times.get(place);
        Recurrence loop = new Recurrence(new Index(own.name(), own.low(), own.high()), false);
        List<Integer> more = new ArrayList<>(used);
        more.add(place);
        return place(
                circle.stream()
                        .map(group -> group.stream()
                                .map(step -> step.inside(loop, place, used.size()))
                                .toList())
                        .toList(),
                more);
    }

    /** Whether a loop over the indices at {@code place} reads from earlier and never from later. */
    private static boolean isOrder(List<Step> circle, int place) {
        Index first = circle.get(0).times.get(place);
        for (Step step : circle) {
            Index own = step.times.get(place);
            if (own == null || own.low() != first.low() || own.high() != first.high()) {
                return false;
            }
        }
        return anyLag(circle, place, lag -> lag > 0) && !anyLag(circle, place, lag -> lag < 0);
    }

    private static boolean anyLag(List<Step> circle, int place, LongPredicate test) {
        return circle.stream()
                .anyMatch(reader -> circle.stream()
                        .anyMatch(writer ->
                                anyRead(reader, writer, access -> test.test(reader.lag(access, writer, place)))));
    }

    /** How far {@code when} lies before {@code time}; −1 if it may be later. */
    private static long lag(Expr when, Index time) {
        if (when == time) {
            return 0;
        }
        if (when instanceof Index index && index.high() == time) {
            return 1;
        }
        Rewrite atZero = Rewrite.substituting(Map.of(time, Constant.ZERO));
        Rewrite atOne = Rewrite.substituting(Map.of(time, Constant.ONE));
        Expr zero = Constants.fold(atZero.apply(when));
        Expr one = Constants.fold(atOne.apply(when));
        return zero instanceof Constant a && one instanceof Constant b && b.value() - a.value() == 1
                ? (long) -a.value()
                : -1;
    }
}
