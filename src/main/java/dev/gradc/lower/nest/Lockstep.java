package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Strides;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides which loops over data go on in lockstep: the iterations of a block take each step together before the next one, as in
 *
 * <pre>
 * for n &lt; 1000                  for block &lt; 20
 *     for k                         for k
 *         for j: s[j] += …              for j: for lane &lt; 50: s[j][lane] += …
 *         m[k] = …                      for lane &lt; 50: m[k][lane] = …
 * </pre>
 *
 * <p>Then the innermost loops are long whatever the sizes of the problem are, and go from neighbour to neighbour in rows that all begin with
 * the block, as the virtual machine wants it that is to work on several numbers at once; and what the iterations share is read once for
 * a block. Each step adds to an entry in the order of the iterations, as before.
 */
public final class Lockstep {

    /** How many iterations take a step together: at least, at best, at most. */
    private static final int FEWEST = 16;

    private static final int BEST = 64;
    private static final int MOST = 128;

    /** The numbers that a block works with should stay in a near cache. */
    private static final double LARGEST = 1 << 18;

    /** It pays to bring data together that are used so many times. */
    private static final double USES = 8;

    private static final Set<Step.Kind> ADDING =
            EnumSet.of(Step.Kind.BEGIN, Step.Kind.GATHER, Step.Kind.ADD, Step.Kind.FINISH_ADDING);

    /** A step and the loops around it inside the loop that may go on in lockstep. */
    private record Visit(Step step, List<Index> loops) {}

    private final Index iteration;
    private final Filling filling;
    private final List<Visit> visits = new ArrayList<>();
    private final Walk walk = new Walk();
    private final Set<Tensor> written = new HashSet<>();
    private final Set<Tensor> read = new HashSet<>();

    /** For each tensor that is touched the axes on which every subscript is the iteration. */
    private final Map<Tensor, Set<Integer>> aligned = new LinkedHashMap<>();

    /** For each tensor the axis on which it is read by the iteration, if only in some places. */
    private final Map<Tensor, Integer> data = new LinkedHashMap<>();

    private Lockstep(NestedLoop loop, Filling filling) {
        this.filling = filling;
        iteration = loop.index;
        visit(loop.items, List.of());
    }

    /**
     * @param items the nest
     * @param rows the tensors that have come into being, whose last axis should be rows of their own
     * @param shared the tensors that are filled in parts
     * @param blocks the loops over blocks
     */
    public record Result(List<Item> items, Set<Tensor> rows, Set<Tensor> shared, Set<Index> blocks) {}

    /**
     * @param kept the tensors that are read elsewhere
     * @param shared the tensors that several definitions fill
     * @param filling the tensors whose entries get a value once
     */
    public static Result of(List<Item> items, Set<Tensor> kept, Set<Tensor> shared, Filling filling) {
        List<NestedLoop> loops = items.stream()
                .filter(item -> item instanceof NestedLoop loop && isOverData(loop) && isDeep(loop))
                .map(NestedLoop.class::cast)
                .toList();
        if (loops.isEmpty()) {
            return new Result(items, Set.of(), shared, Set.of());
        }
        Map<Tensor, NestedLoop> homes = homes(items, loops, kept);
        List<Item> result = new ArrayList<>();
        Set<Tensor> rows = new HashSet<>();
        Set<Tensor> inParts = new HashSet<>(shared);
        Set<Index> blocks = new HashSet<>();
        for (Item item : items) {
            Optional<Lanes> lanes = Optional.empty();
            if (item instanceof NestedLoop loop && loops.contains(loop)) {
                NestedLoop ready = Standing.before(loop);
                lanes = new Lockstep(ready, filling).lanes(tensor -> homes.getOrDefault(tensor, loop) == loop, shared);
                lanes.ifPresent(l -> result.add(LockstepLoop.of(ready, l)));
            }
            if (lanes.isEmpty()) {
                result.add(item);
            } else {
                blocks.add(lanes.get().block);
                rows.addAll(lanes.get().tensors());
                inParts.addAll(lanes.get().shared());
            }
        }
        return new Result(result, rows, inParts, blocks);
    }

    private static boolean isOverData(NestedLoop loop) {
        return loop.order == NestedLoop.Order.ANY
                && loop.index.low() == Constant.ZERO
                && loop.index.high() instanceof Constant
                && Strides.extent(loop.index) >= 2 * FEWEST;
    }

    /** Whether a loop has two more around the same steps. */
    private static boolean isDeep(NestedLoop loop) {
        return loops(loop).flatMap(Lockstep::loops).findAny().isPresent();
    }

    private static Stream<NestedLoop> loops(NestedLoop loop) {
        return loop.items.stream().filter(NestedLoop.class::isInstance).map(NestedLoop.class::cast);
    }

    /** The one loop that touches a tensor, by the tensor; null if others do, too. What {@link Standing} adds later has none. */
    private static Map<Tensor, NestedLoop> homes(List<Item> items, List<NestedLoop> loops, Set<Tensor> kept) {
        Set<Tensor> elsewhere = new HashSet<>(kept);
        Walk walk = new Walk();
        items.stream().filter(item -> !loops.contains(item)).forEach(item -> collect(item, walk, elsewhere));
        Map<Tensor, NestedLoop> homes = new HashMap<>();
        elsewhere.forEach(tensor -> homes.put(tensor, null));
        for (NestedLoop loop : loops) {
            Set<Tensor> touched = new HashSet<>();
            collect(loop, new Walk(), touched);
            touched.forEach(tensor -> homes.put(tensor, homes.containsKey(tensor) ? null : loop));
        }
        return homes;
    }

    private static void collect(Item item, Walk walk, Set<Tensor> tensors) {
        if (item instanceof NestedLoop loop) {
            loop.items.forEach(inner -> collect(inner, walk, tensors));
            accesses(walk, List.of(loop.index.low(), loop.index.high()))
                    .forEach(access -> tensors.add(access.tensor()));
        } else if (item instanceof Step step) {
            tensors.add(step.definition().target());
            if (step.reads()) {
                walk.nextReads(step.definition()).forEach(access -> tensors.add(access.tensor()));
            }
        }
    }

    private static Stream<Access> accesses(Walk walk, List<Expr> expressions) {
        return walk.next(expressions).stream().filter(Access.class::isInstance).map(Access.class::cast);
    }

    // ---- What the iterations touch

    private void visit(List<Item> items, List<Index> loops) {
        for (Item item : items) {
            if (item instanceof NestedLoop loop) {
                List<Index> inside = new ArrayList<>(loops);
                inside.add(loop.index);
                visit(loop.items, inside);
            } else {
                visit(new Visit((Step) item, loops));
            }
        }
    }

    private void visit(Visit visit) {
        visits.add(visit);
        Step step = visit.step;
        Definition definition = step.definition();
        written.add(definition.target());
        touch(definition.target(), step.kind() == Step.Kind.CLEAR ? step.prefix() : definition.subscripts());
        List<Expr> expressions = new ArrayList<>(definition.subscripts());
        if (step.reads()) {
            expressions.add(definition.body());
        }
        accesses(walk, expressions).forEach(access -> {
            read.add(access.tensor());
            touch(access.tensor(), access.subscripts());
        });
    }

    private void touch(Tensor tensor, List<Expr> subscripts) {
        Set<Integer> axes = new LinkedHashSet<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            if (subscripts.get(axis) == iteration) {
                axes.add(axis);
            }
        }
        axes.stream().findFirst().ifPresent(axis -> data.putIfAbsent(tensor, axis));
        aligned.merge(tensor, axes, (known, more) -> {
            known.retainAll(more);
            return known;
        });
    }

    // ---- Whether they can

    /** Whether the iterations have nothing to do with each other but that they add to the same entries, and all do the same. */
    private boolean isPossible() {
        return visits.stream()
                .allMatch(
                        visit -> isPossible(visit.step) && visit.loops.stream().allMatch(this::isShared));
    }

    private boolean isPossible(Step step) {
        Tensor target = step.definition().target();
        boolean simple =
                step.block().isEmpty() && step.definition().combine() != Combine.ARGMAX && !Types.isInteger(target);
        boolean apart = !aligned.get(target).isEmpty();
        boolean collects = ADDING.contains(step.kind()) || step.kind() == Step.Kind.STORE && filling.isOnce(target);
        return simple && (apart || collects && !read.contains(target));
    }

    /** Whether a loop inside has the same bounds in all iterations. */
    private boolean isShared(Index loop) {
        List<Expr> bounds = List.of(loop.low(), loop.high());
        return Walk.postOrder(bounds).stream().noneMatch(node -> node == iteration || node instanceof Access);
    }

    // ---- Whether it pays

    /**
     * Where the values of a block will stand; empty if the loop stays as it is.
     *
     * @param isInside whether a tensor is touched by this loop only
     */
    private Optional<Lanes> lanes(Predicate<Tensor> isInside, Set<Tensor> shared) {
        if (!isPossible()) {
            return Optional.empty();
        }
        Map<Tensor, Integer> axes = new LinkedHashMap<>();
        aligned.forEach((tensor, known) -> {
            if (known.size() == 1 && written.contains(tensor) && isInside.test(tensor)) {
                axes.put(tensor, known.iterator().next());
            }
        });
        // Integers choose entries: in rows of reals they would have to fit into these.
        data.keySet()
                .removeIf(tensor -> written.contains(tensor) || !tensor.shape().isStatic() || Types.isInteger(tensor));
        axes.putAll(data);
        OptionalInt count = count(axes.keySet());
        return count.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lanes(iteration, count.getAsInt(), axes, data.keySet(), shared));
    }

    /** How many iterations go together; none if it does not pay. */
    private OptionalInt count(Set<Tensor> rows) {
        long iterations = Strides.extent(iteration);
        double brought = data.keySet().stream().mapToDouble(this::share).sum();
        double numbers = rows.stream().mapToDouble(this::share).sum();
        double work = visits.stream().mapToDouble(Lockstep::work).sum();
        if (work < USES * brought) {
            return OptionalInt.empty();
        }
        return IntStream.rangeClosed(FEWEST, MOST)
                .filter(count -> iterations % count == 0 && iterations > count && count * numbers <= LARGEST)
                .boxed()
                .min(Comparator.comparingDouble(count -> Math.abs(Math.log((double) count / BEST))))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** The entries that belong to one iteration. */
    private double share(Tensor tensor) {
        return tensor.shape().entries() / Strides.extent(iteration);
    }

    /** How many times an iteration does a step, on average. */
    private static double work(Visit visit) {
        double times = visit.step.reads() ? 1 : 0;
        for (Index loop : visit.loops) {
            times *= Strides.trips(loop);
        }
        return times;
    }
}
