package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Block;
import dev.gradc.lower.code.Strides;
import dev.gradc.lower.code.VectorLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way of one definition into the nest: first down to its innermost loop, then its steps. */
final class Insertion {

    /** How many items back a definition looks for a loop to go into. */
    private static final int WINDOW = 32;

    /** A loop of the nest and the loop of a definition that can become it. */
    private record Match(NestedLoop loop, Index mine, int merit) {}

    private final Nest nest;

    private final Definition definition;

    /** What does some of the loops. */
    private final Optional<? extends Block> block;

    /** The loops that choose the entry; the others are reduced. */
    private final Set<Index> choosing;

    /** The loops that still need a place. */
    private final List<Index> open;

    /** The loop that goes inside all others, if one is better there. */
    private final Optional<Index> row;

    /** Whether the target is touched only by adding to it, or by filling a part of it. */
    private final boolean onlyAdds;

    /** Whether the loops must keep their order, as when a reduced one bounds one that chooses. */
    private final boolean ordered;

    private final Map<Tensor, List<Access>> touched = new LinkedHashMap<>();

    /** The loops passed so far as the definition calls them, the lists they stand in, and what they have become. */
    private final List<Index> path = new ArrayList<>();

    private final List<NestedLoop> loops = new ArrayList<>();
    private final List<List<Item>> lists = new ArrayList<>();
    private final Map<Index, Expr> renamed = new LinkedHashMap<>();

    Insertion(Definition definition, Optional<? extends Block> block, Nest nest) {
        this.nest = nest;
        this.definition = definition;
        this.block = block;
        choosing = Walk.indices(definition.subscripts());
        open = new ArrayList<>(definition.loops());
        block.ifPresent(b -> open.removeAll(b.loops()));
        ordered = definition.combine() == Combine.ARGMAX || aReducedLoopBoundsAChoosingOne() || stepsAreOutermost();
        if (!aReducedLoopBoundsAChoosingOne()) {
            open.sort((a, b) -> Boolean.compare(choosing.contains(b), choosing.contains(a)));
        }
        row = block.isPresent() || ordered ? Optional.empty() : Row.of(definition);
        touch(definition.element());
        if (!definition.loops().isEmpty() || definition.combine() != Combine.ASSIGN) {
            Walk.accesses(definition.body()).forEach(this::touch);
        }
        definition.subscripts().forEach(s -> Walk.accesses(s).forEach(this::touch));
        onlyAdds = (definition.combine() == Combine.SUM || nest.filling.isOnce(definition.target()))
                && touched.get(definition.target()).size() == 1;
    }

    private void touch(Access access) {
        touched.computeIfAbsent(access.tensor(), tensor -> new ArrayList<>()).add(access);
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

    /**
     * Whether the target and something that it is made of lie by steps, and within a step by the examples of a batch: then the loops that
     * choose go this way, too.
     */
    private boolean stepsAreOutermost() {
        Access target = definition.element();
        return liesBySteps(target)
                && definition.loops().indexOf(target.subscripts().get(0)) == 0
                && !nest.isTime((Index) target.subscripts().get(0))
                && Walk.accesses(definition.body()).stream()
                        .anyMatch(read -> liesBySteps(read)
                                && read.subscripts()
                                        .subList(0, 2)
                                        .equals(target.subscripts().subList(0, 2)));
    }

    private static boolean liesBySteps(Access access) {
        return access.subscripts().size() > 1
                && access.subscripts().get(0) instanceof Index
                && access.tensor().shape().extent(0) instanceof Constant
                && !(access.tensor().shape().extent(1) instanceof Constant);
    }

    void run(List<NestedLoop> times) {
        List<Item> list = nest.items();
        for (NestedLoop time : times) {
            pass(list, time, time.index);
            list = time.items;
        }
        while (!open.isEmpty()) {
            Match match = find(list).orElse(null);
            if (match == null) {
                Index next = nextLoop();
                match = new Match(new NestedLoop(renamed(next), NestedLoop.Order.ANY), next, 0);
                list.add(match.loop);
            }
            pass(list, match.loop, match.mine);
            list = match.loop.items;
        }
        lists.add(list);
        addSteps();
    }

    /** The loop to open next: the first one, but of a sum the one that is better around the others. */
    private Index nextLoop() {
        return open.stream()
                .filter(this::isBetterOutside)
                .findFirst()
                .orElseGet(() -> isToWait(open.get(0)) ? open.get(1) : open.get(0));
    }

    /** Whether a loop goes inside others that still need a place. */
    private boolean isToWait(Index loop) {
        return open.size() > 1 && row.filter(loop::equals).isPresent();
    }

    /**
     * Whether a loop that sums, over a batch or other long data, should go around those that choose, since these go from neighbour to
     * neighbour in all that is read.
     */
    private boolean isBetterOutside(Index loop) {
        return definition.combine() == Combine.SUM
                && !ordered
                && block.isEmpty()
                && !choosing.contains(loop)
                && Strides.isLong(loop)
                && Collections.disjoint(Walk.indicesOfBounds(loop), open)
                && Walk.accesses(definition.body()).stream().allMatch(this::endsWithAChoosingLoop);
    }

    private boolean endsWithAChoosingLoop(Access access) {
        List<Expr> subscripts = access.subscripts();
        return subscripts.isEmpty()
                || subscripts.get(subscripts.size() - 1) instanceof Index last && choosing.contains(last);
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

    private void pass(List<Item> list, NestedLoop loop, Index mine) {
        lists.add(list);
        path.add(mine);
        open.remove(mine);
        renamed.put(mine, loop.index);
        touched.forEach((tensor, accesses) -> {
            if (tensor != definition.target() || accesses.size() > 1) {
                loop.read.add(tensor);
            }
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

    /** The best loop of {@code list} to go into without passing by what this depends on, and what becomes of it. */
    private Optional<Match> find(List<Item> list) {
        Match best = null;
        int end = Math.max(0, list.size() - WINDOW);
        for (int p = list.size() - 1; p >= end; p--) {
            if (list.get(p) instanceof NestedLoop loop) {
                Match match = match(loop).orElse(null);
                if (match != null && (best == null || match.merit > best.merit)) {
                    best = match;
                }
                if (touched.keySet().stream().anyMatch(tensor -> conflicts(loop, tensor))) {
                    break;
                }
            } else if (list.get(p) instanceof Step step && conflicts(step)) {
                break;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The open loop that can become {@code loop} with the greatest merit. */
    private Optional<Match> match(NestedLoop loop) {
        if (loop.order != NestedLoop.Order.ANY || isFull(loop)) {
            return Optional.empty();
        }
        Rewrite rewrite = Rewrite.substituting(renamed);
        Match best = null;
        for (Index candidate : ordered ? open.subList(0, 1) : open) {
            int merit = isToWait(candidate) ? 0 : merit(loop, candidate);
            if (merit > (best == null ? 0 : best.merit)
                    && rewrite.apply(candidate.low()) == loop.index.low()
                    && rewrite.apply(candidate.high()) == loop.index.high()
                    && touched.keySet().stream().allMatch(t -> !conflicts(loop, t) || agree(loop, t, candidate))) {
                best = new Match(loop, candidate, merit);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a loop of vectors has as much inside as these may have in one method, so that another loop is better. */
    private boolean isFull(NestedLoop loop) {
        return nest.routines.vectors()
                && VectorLimits.isRow(loop.index)
                && open.size() == 1
                && loop.operations > 0
                && loop.operations + operations() > VectorLimits.MOST;
    }

    /** The entries read, the operations, and the entry stored. */
    private int operations() {
        long read = Walk.postOrder(List.of(definition.body())).stream()
                .filter(node -> node instanceof Access || node instanceof Call)
                .count();
        return (int) read + 1;
    }

    /**
     * How good it is to make {@code candidate} the next loop by going into {@code loop}; 0 for not at all. To go over a batch or other
     * data once is best. A reduced loop around one that chooses, which adds to an array again and again, is
     * worth while only to use what the loop has just computed.
     */
    private int merit(NestedLoop loop, Index candidate) {
        boolean chooses = choosing.contains(candidate);
        boolean streams = !chooses && open.stream().anyMatch(choosing::contains);
        if (streams && definition.combine() != Combine.SUM) {
            return 0;
        }
        if (!(candidate.high() instanceof Constant)) {
            return 4;
        }
        if (touched.keySet().stream().noneMatch(loop.aligned::containsKey)) {
            return 0;
        }
        boolean uses = touched.keySet().stream().anyMatch(loop.written::contains);
        if (uses && streams && isBetterOutside(candidate)) {
            return 4;
        }
        if (!streams && candidate == open.get(0)) {
            return 3;
        }
        boolean dataInside = !streams && Strides.isLong(open.get(0));
        return !uses || dataInside ? 0 : streams ? 2 : 1;
    }

    private boolean conflicts(NestedLoop loop, Tensor tensor) {
        if (tensor == definition.target() && onlyAdds && loop.addedTo.contains(tensor) && !loop.read.contains(tensor)) {
            return false;
        }
        return loop.written.contains(tensor) || tensor == definition.target() && loop.aligned.containsKey(tensor);
    }

    private boolean conflicts(Step step) {
        Definition other = step.definition();
        return touched.containsKey(other.target())
                || nest.defined.contains(definition.target())
                        && Walk.accesses(other.body()).stream().anyMatch(a -> a.tensor() == definition.target());
    }

    /** Whether in each iteration both sides touch only entries of {@code tensor} that belong to it. */
    private boolean agree(NestedLoop loop, Tensor tensor, Index mine) {
        Set<Integer> axes = axesOf(mine, touched.get(tensor));
        axes.retainAll(loop.aligned.get(tensor));
        return !axes.isEmpty();
    }

    private void addSteps() {
        Rewrite rewrite = Rewrite.substituting(renamed);
        List<Index> all = new ArrayList<>(
                path.stream().map(renamed::get).map(Index.class::cast).toList());
        block.ifPresent(b -> all.addAll(b.loops()));
        Definition inNest = new Definition(
                definition.target(),
                rewrite.apply(definition.subscripts()),
                definition.combine(),
                all,
                rewrite.apply(definition.body()),
                definition.note());
        Optional<Block> inBlock = block.map(b -> b.renamed(rewrite));
        int chosen = path.size();
        while (chosen > 0 && !choosing.contains(path.get(chosen - 1))) {
            chosen--;
        }
        // The loops after the last one that chooses are gathered in a variable; what reduced ones come before add
        // to the target.
        boolean gathers = definition.combine() != Combine.ASSIGN && chosen < path.size() && block.isEmpty();
        boolean streams = !choosing.containsAll(block.isPresent() ? path : path.subList(0, chosen));
        if (streams && definition.combine() != Combine.SUM) {
            throw new UnsupportedOperationException("loops of " + definition + " in this order");
        }
        Reach reach = new Reach(definition);
        boolean first = !nest.defined.contains(definition.target());
        boolean guarded = block.flatMap(Block::guard).isPresent();
        boolean adds = definition.combine() == Combine.SUM && !(first && reach.isOnce() && !streams && !guarded);
        List<Item> innermost = lists.get(path.size());
        if (!loops.isEmpty()) {
            loops.get(loops.size() - 1).operations += operations();
        }
        if (inBlock.isPresent()) {
            innermost.add(new Step(adds ? Step.Kind.BLOCK_ADDING : Step.Kind.BLOCK, inNest, List.of(), inBlock));
        } else if (gathers) {
            innermost.add(new Step(Step.Kind.GATHER, inNest, List.of()));
            insert(chosen, 1, new Step(adds ? Step.Kind.FINISH_ADDING : Step.Kind.FINISH, inNest, List.of()));
            insert(chosen, 0, new Step(Step.Kind.BEGIN, inNest, List.of()));
        } else {
            innermost.add(new Step(adds ? Step.Kind.ADD : Step.Kind.STORE, inNest, List.of()));
        }
        int own = reach.slices(path);
        boolean fillsApart = nest.filling.isOnce(definition.target());
        boolean storesAll = !adds && reach.isAll();
        boolean clears = first && !storesAll && !nest.complete.contains(definition.target());
        for (int depth = 0; depth < loops.size(); depth++) {
            loops.get(depth).write(definition.target(), onlyAdds && (adds || fillsApart) && !(clears && own > depth));
        }
        if (clears) {
            insert(
                    own,
                    0,
                    new Step(
                            Step.Kind.CLEAR,
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
        while (!(list.get(p) instanceof NestedLoop loop && loop.index == index)) {
            p--;
        }
        list.add(p + after, step);
    }
}
