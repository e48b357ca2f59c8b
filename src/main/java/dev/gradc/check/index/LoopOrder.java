package dev.gradc.check.index;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts definitions that read each other's entries in an order in which every entry is known when it is read, with loops through time
 * around those that need them. What reads itself, directly or through others, goes into a loop over the first index on the left in
 * which it reads from one side only, upwards or downwards; what still reads itself at one time goes into one more loop inside. All other
 * indices stay free. Bounds of indices and conditions, as in {@code j < i ? L[j,j] : 1}, tell on which side an entry lies.
 * (Allen and Kennedy, "Automatic translation of FORTRAN programs to vector form", 1987.)
 */
public final class LoopOrder {

    private final List<Definition> ordered = new ArrayList<>();
    private final Map<Expr, Map<Access, Set<List<Expr>>>> reads = new IdentityHashMap<>();

    private LoopOrder() {}

    /** A loop over the indices at a place on the left of the source, upwards or downwards. */
    private record Direction(int place, boolean descending) {}

    /**
     * A definition on its way.
     *
     * @param times by their places on the left of the source, the indices of this definition; a place is missing if it does not
     *     depend on that index
     */
    public record Step(Definition definition, Map<Integer, Index> times) {

        /** How much earlier in a loop the entry at {@code access}, which {@code other} defines, comes at least; negative if it may be later. */
        private long lag(Access access, List<Expr> conditions, Step other, Direction loop) {
            int axis = other.definition.subscripts().indexOf(other.times.get(loop.place));
            Expr own = times.get(loop.place);
            Expr read = access.subscripts().get(axis);
            return loop.descending ? Distances.least(read, own, conditions) : Distances.least(own, read, conditions);
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
    public static Optional<List<Definition>> of(List<Step> steps) {
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

    /** Orders {@code groups}, which share loops over the {@code used} indices; says whether that was possible. */
    private boolean place(List<List<Step>> groups, List<Direction> used) {
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
    private BitSet[] needs(List<List<Step>> groups, List<Direction> used) {
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
    private boolean needs(Step reader, Step writer, List<Direction> used, int distance) {
        boolean inItsOwnLoop = distance == 0 && reader.definition.recurrences().size() > used.size();
        // Parts of one tensor keep their order.
        boolean laterPart = distance < 0 && writer.definition.target() == reader.definition.target();
        return !inItsOwnLoop
                && (laterPart
                        || anyRead(
                                reader,
                                writer,
                                (access, conditions) -> used.stream()
                                        .noneMatch(loop -> reader.lag(access, conditions, writer, loop) > 0)));
    }

    private boolean anyRead(Step reader, Step writer, BiPredicate<Access, List<Expr>> test) {
        Map<Access, Set<List<Expr>>> elements = reads.computeIfAbsent(reader.definition.body(), Reads::of);
        return elements.entrySet().stream()
                .filter(read -> read.getKey().tensor() == writer.definition.target())
                .anyMatch(
                        read -> read.getValue().stream().anyMatch(conditions -> test.test(read.getKey(), conditions)));
    }

    /** Puts a loop around groups that read each other in a circle. */
    private boolean inLoop(List<List<Step>> circle, List<Direction> used) {
        List<Step> steps = circle.stream().flatMap(List::stream).toList();
        Step first = steps.get(0);
        Optional<Direction> chosen = Stream.of(false, true)
                .flatMap(descending -> first.times.keySet().stream().map(place -> new Direction(place, descending)))
                .filter(loop -> used.stream().noneMatch(other -> other.place == loop.place) && isOrder(steps, loop))
                .findFirst();
        if (chosen.isEmpty()) {
            return false;
        }
        int place = chosen.get().place;
        Index own = first.times.get(place);
        Recurrence loop = new Recurrence(new Index(own.name(), own.low(), own.high()), chosen.get().descending);
        List<Direction> more = new ArrayList<>(used);
        more.add(chosen.get());
        return place(
                circle.stream()
                        .map(group -> group.stream()
                                .map(step -> step.inside(loop, place, used.size()))
                                .toList())
                        .toList(),
                more);
    }

    /** Whether a loop reads from earlier and never from later. */
    private boolean isOrder(List<Step> circle, Direction loop) {
        Index first = circle.get(0).times.get(loop.place);
        for (Step step : circle) {
            Index own = step.times.get(loop.place);
            if (own == null || own.low() != first.low() || own.high() != first.high()) {
                return false;
            }
        }
        return anyLag(circle, loop, lag -> lag > 0) && !anyLag(circle, loop, lag -> lag < 0);
    }

    private boolean anyLag(List<Step> circle, Direction loop, LongPredicate test) {
        return circle.stream()
                .anyMatch(reader -> circle.stream()
                        .anyMatch(writer -> anyRead(
                                reader,
                                writer,
                                (access, conditions) -> test.test(reader.lag(access, conditions, writer, loop)))));
    }
}
