package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loops around the definitions of a program. Definitions come one by one, in the order of the program; each goes into loops that
 * are already there if their ranges are the same and if every element that both touch belongs to the iteration at hand, as in
 *
 * <pre>
 * for n
 *     for j: begin z[n,j]; for i: gather z[n,j]; finish z[n,j]; store h[n,j]
 *     begin o[n]; for j: gather o[n]; finish o[n]
 * </pre>
 *
 * <p>Every loop has an index of its own, so that an element {@code h[n,j]} says by its subscripts in which loops it stands.
 */
final class Nest {

    /** How many items back a definition looks for a loop to go into. */
    private static final int WINDOW = 32;

    /** What stands in a nest. */
    sealed interface Item permits Loop, Step {}

    /** Whether the iterations of a loop may change places. */
    enum Order {
        ANY,
        ASCENDING,
        DESCENDING
    }

    /** A loop, with what is known of the tensors that are touched inside. */
    static final class Loop implements Item {
        final Index index;
        final Order order;
        final List<Item> items = new ArrayList<>();

        /** For each tensor the axes on which every subscript inside is this loop's index. */
        private final Map<Tensor, Set<Integer>> aligned = new HashMap<>();

        private final Set<Tensor> written = new HashSet<>();

        /** The tensors that are written inside only by adding to them, after they have been cleared outside. */
        private final Set<Tensor> addedTo = new HashSet<>();

        Loop(Index index, Order order) {
            this.index = index;
            this.order = order;
        }

        private void write(Tensor target, boolean adds) {
            boolean first = written.add(target);
            if (!adds) {
                addedTo.remove(target);
            } else if (first) {
                addedTo.add(target);
            }
        }
    }

    /** A part of the computation of a definition, whose loops have become those of the nest. */
    record Step(Kind kind, Definition definition, List<Expr> prefix) implements Item {}

    /** The parts. */
    enum Kind {
        /** Sets the target to 0, or those of its entries whose first subscripts are the step's prefix. */
        CLEAR,
        /** Declares what gathers a reduction. */
        BEGIN,
        /** Brings in one value of a reduction. */
        GATHER,
        /** Stores what a reduction gathered. */
        FINISH,
        /** Adds what a reduction gathered to what is stored. */
        FINISH_ADDING,
        /** Stores a value. */
        STORE,
        /** Adds a value to what is stored. */
        ADD
    }

    private final List<Item> items = new ArrayList<>();
    private final Set<Tensor> defined = new HashSet<>();
    private final Set<Tensor> complete;

    /** @param complete the tensors all of whose entries are stored one by one, so that none has to be cleared */
    Nest(Set<Tensor> complete) {
        this.complete = complete;
    }

    List<Item> items() {
        return items;
    }

    void add(Definition definition) {
        new Insertion(definition).run();
        defined.add(definition.target());
    }

    /** Definitions that stand in one loop through time, which nothing else may join. */
    void addRecurrence(List<Definition> run, Recurrence recurrence) {
        Loop loop = new Loop(recurrence.time(), recurrence.descending() ? Order.DESCENDING : Order.ASCENDING);
        items.add(loop);
        for (Definition definition : run) {
            List<Index> loops = new ArrayList<>(List.of(recurrence.time()));
            loops.addAll(definition.loops());
            Definition overTime = new Definition(
                    definition.target(),
                    definition.subscripts(),
                    definition.combine(),
                    loops,
                    definition.body(),
                    definition.note());
            new Insertion(overTime).runInside(loop);
            defined.add(definition.target());
        }
    }

    /** The way of one definition into the nest: first down to its innermost loop, then its steps. */
    private final class Insertion {

        private final Definition definition;

        /** The loops that choose the entry; the others are reduced. */
        private final Set<Index> choosing;

        /** The loops that still need a place. */
        private final List<Index> open;

        /** Whether the target is touched only by adding to it. */
        private final boolean onlyAdds;

        /** Whether the loops must keep their order, as when a reduced one bounds one that chooses. */
        private final boolean ordered;

        private final Map<Tensor, List<Access>> touched = new LinkedHashMap<>();

        /** The loops passed so far as the definition calls them, the lists they stand in, and what they have become. */
        private final List<Index> path = new ArrayList<>();

        private final List<Loop> loops = new ArrayList<>();
        private final List<List<Item>> lists = new ArrayList<>();
        private final Map<Index, Expr> renamed = new LinkedHashMap<>();

        Insertion(Definition definition) {
            this.definition = definition;
            choosing = Walk.indices(definition.subscripts());
            open = new ArrayList<>(definition.loops());
            ordered = definition.combine() == Combine.ARGMAX || aReducedLoopBoundsAChoosingOne();
            if (!aReducedLoopBoundsAChoosingOne()) {
                open.sort((a, b) -> Boolean.compare(choosing.contains(b), choosing.contains(a)));
            }
            touch(definition.element());
            Walk.accesses(definition.body()).forEach(this::touch);
            definition.subscripts().forEach(s -> Walk.accesses(s).forEach(this::touch));
            onlyAdds = definition.combine() == Combine.SUM
                    && touched.get(definition.target()).size() == 1;
        }

        private void touch(Access access) {
            touched.computeIfAbsent(access.tensor(), tensor -> new ArrayList<>())
                    .add(access);
        }

        private boolean aReducedLoopBoundsAChoosingOne() {
            List<Expr> bounds = new ArrayList<>();
            for (Index loop : definition.loops()) {
                if (choosing.contains(loop)) {
                    bounds.add(loop.low());
                    bounds.add(loop.high());
                }
            }
            return !choosing.containsAll(Walk.indices(bounds));
        }

        void run() {
            runFrom(items);
        }

        void runInside(Loop time) {
            pass(items, time, time.index);
            runFrom(time.items);
        }

        private void runFrom(List<Item> start) {
            List<Item> list = start;
            while (!open.isEmpty()) {
                Loop loop = find(list).orElse(null);
                if (loop == null) {
                    Index next = open.get(0);
                    loop = new Loop(renamed(next), Order.ANY);
                    list.add(loop);
                    pass(list, loop, next);
                } else {
                    pass(list, loop, match(loop).orElseThrow());
                }
                list = loop.items;
            }
            lists.add(list);
            addSteps();
        }

        private Index renamed(Index index) {
            Rewrite rewrite = Rewrite.substituting(renamed);
            return new Index(unusedName(index.name()), rewrite.apply(index.low()), rewrite.apply(index.high()));
        }

        /** {@code name}, or the next letter that no loop around is called by. */
        private String unusedName(String name) {
            Set<String> used = new HashSet<>();
            loops.forEach(loop -> used.add(loop.index.name()));
            String unused = name;
            for (char letter = 'i'; used.contains(unused) && letter <= 'z'; letter++) {
                unused = String.valueOf(letter);
            }
            return unused;
        }

        private void pass(List<Item> list, Loop loop, Index mine) {
            lists.add(list);
            path.add(mine);
            open.remove(mine);
            renamed.put(mine, loop.index);
            touched.forEach((tensor, accesses) -> {
                Set<Integer> axes = axesOf(mine, accesses);
                loop.aligned.merge(tensor, axes, (known, more) -> {
                    known.retainAll(more);
                    return known;
                });
            });
            loops.add(loop);
        }

        /** The axes on which all of {@code accesses} have the subscript {@code index}. */
        private static Set<Integer> axesOf(Index index, List<Access> accesses) {
            Set<Integer> axes = new LinkedHashSet<>();
            for (int axis = 0; axis < accesses.get(0).tensor().rank(); axis++) {
                int fixed = axis;
                if (accesses.stream().allMatch(a -> a.subscripts().get(fixed) == index)) {
                    axes.add(axis);
                }
            }
            return axes;
        }

        /** The last loop of {@code list} that this may go into, without passing by what it depends on. */
        private Optional<Loop> find(List<Item> list) {
            int end = Math.max(0, list.size() - WINDOW);
            for (int p = list.size() - 1; p >= end; p--) {
                if (list.get(p) instanceof Loop loop) {
                    if (match(loop).isPresent()) {
                        return Optional.of(loop);
                    }
                    if (touched.keySet().stream().anyMatch(tensor -> conflicts(loop, tensor))) {
                        return Optional.empty();
                    }
                } else if (list.get(p) instanceof Step step && conflicts(step)) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }

        /** The open loop that can become {@code loop}. */
        private Optional<Index> match(Loop loop) {
            if (loop.order != Order.ANY) {
                return Optional.empty();
            }
            Rewrite rewrite = Rewrite.substituting(renamed);
            for (Index candidate : ordered ? open.subList(0, 1) : open) {
                if (rewrite.apply(candidate.low()) == loop.index.low()
                        && rewrite.apply(candidate.high()) == loop.index.high()
                        && mayStandNext(candidate)
                        && touched.keySet().stream().allMatch(t -> !conflicts(loop, t) || agree(loop, t, candidate))) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        }

        /** Whether a loop may stand around the open ones: a reduced one around one that chooses only to go over a batch once. */
        private boolean mayStandNext(Index candidate) {
            return choosing.contains(candidate)
                    || open.stream().noneMatch(choosing::contains)
                    || definition.combine() == Combine.SUM && !(candidate.high() instanceof Constant);
        }

        private boolean conflicts(Loop loop, Tensor tensor) {
            if (tensor == definition.target() && onlyAdds && loop.addedTo.contains(tensor)) {
                return false;
            }
            return loop.written.contains(tensor) || tensor == definition.target() && loop.aligned.containsKey(tensor);
        }

        private boolean conflicts(Step step) {
            Definition other = step.definition();
            return touched.containsKey(other.target())
                    || defined.contains(definition.target())
                            && Walk.accesses(other.body()).stream().anyMatch(a -> a.tensor() == definition.target());
        }

        /** Whether in each iteration both sides touch only entries of {@code tensor} that belong to it. */
        private boolean agree(Loop loop, Tensor tensor, Index mine) {
            Set<Integer> axes = axesOf(mine, touched.get(tensor));
            axes.retainAll(loop.aligned.get(tensor));
            return !axes.isEmpty();
        }

        private void addSteps() {
            Rewrite rewrite = Rewrite.substituting(renamed);
            Definition inNest = new Definition(
                    definition.target(),
                    rewrite.apply(definition.subscripts()),
                    definition.combine(),
                    path.stream().map(renamed::get).map(Index.class::cast).toList(),
                    rewrite.apply(definition.body()),
                    definition.note());
            int reduced = (int) path.stream().takeWhile(choosing::contains).count();
            boolean reduces = definition.combine() != Combine.ASSIGN && reduced < path.size();
            boolean gathers = reduces && path.stream().skip(reduced).noneMatch(choosing::contains);
            if (reduces && !gathers && definition.combine() != Combine.SUM) {
                throw new UnsupportedOperationException("loops of " + definition + " in this order");
            }
            boolean first = !defined.contains(definition.target());
            boolean adds =
                    definition.combine() == Combine.SUM && !(first && definition.isGather() && (gathers || !reduces));
            List<Item> innermost = lists.get(path.size());
            if (gathers) {
                innermost.add(new Step(Kind.GATHER, inNest, List.of()));
                insert(reduced, 1, new Step(adds ? Kind.FINISH_ADDING : Kind.FINISH, inNest, List.of()));
                insert(reduced, 0, new Step(Kind.BEGIN, inNest, List.of()));
            } else {
                innermost.add(new Step(adds ? Kind.ADD : Kind.STORE, inNest, List.of()));
            }
            int own = ownLoops();
            boolean storesAll =
                    !adds && definition.isGather() && own == definition.target().rank();
            boolean clears = first && !storesAll && !complete.contains(definition.target());
            for (int depth = 0; depth < loops.size(); depth++) {
                loops.get(depth).write(definition.target(), onlyAdds && adds && !(clears && own > depth));
            }
            if (clears) {
                insert(
                        own,
                        0,
                        new Step(
                                Kind.CLEAR,
                                inNest,
                                List.copyOf(inNest.subscripts().subList(0, own))));
            }
        }

        /** Puts {@code step} before or after the path's loop at {@code depth}; after the last loop, before the last step. */
        private void insert(int depth, int after, Step step) {
            List<Item> list = lists.get(depth);
            if (depth == path.size()) {
                list.add(list.size() - 1, step);
                return;
            }
            Expr index = renamed.get(path.get(depth));
            int p = list.size() - 1;
            while (!(list.get(p) instanceof Loop loop && loop.index == index)) {
                p--;
            }
            list.add(p + after, step);
        }

        /** How many of the outermost loops go, in order, each over one whole axis of the target: they choose slices of it. */
        private int ownLoops() {
            int own = 0;
            while (own < path.size() && own < definition.target().rank()) {
                Index loop = path.get(own);
                boolean whole = definition.subscripts().get(own) == loop
                        && loop.low() == Constant.ZERO
                        && loop.high() == definition.target().shape().extent(own)
                        && !definition.subscripts().subList(0, own).contains(loop);
                if (!whole) {
                    break;
                }
                own++;
            }
            return own;
        }
    }
}
