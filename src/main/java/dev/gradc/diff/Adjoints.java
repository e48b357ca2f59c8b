package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The adjoints of a backward pass: what is contributed to each, and the definitions that bring it together once it is asked for. */
final class Adjoints {

    private final Tensor of;
    private final List<Index> directions;
    private final FreshNames names;
    private final Map<Tensor, List<Contribution>> contributions = new HashMap<>();
    private final Map<Tensor, Tensor> adjoints = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final Map<Expr, Expr> stored = new LinkedHashMap<>();
    private final Map<Tensor, Expr> constants = new HashMap<>();

    /**
     * @param of what is differentiated
     * @param directions the axes that all adjoints have outermost
     */
    Adjoints(Tensor of, List<Index> directions, FreshNames names) {
        this.of = of;
        this.directions = directions;
        this.names = names;
    }

    /** The backward pass so far. */
    List<Definition> definitions() {
        return definitions;
    }

    void define(Collection<Definition> more) {
        definitions.addAll(more);
    }

    void contribute(Tensor tensor, Contribution contribution) {
        contributions.computeIfAbsent(tensor, key -> new ArrayList<>()).add(contribution);
    }

    boolean hasContributions(Tensor tensor) {
        return contributions.containsKey(tensor);
    }

    /** Whether anything has an adjoint for {@code tensor}: a recurrence, which may read parts made outside, adds to it directly. */
    boolean isRead(Tensor tensor) {
        return hasContributions(tensor) || adjoints.containsKey(tensor);
    }

    /** The tensor that holds the adjoint of {@code tensor}, defined from all that has been contributed to it. */
    Tensor of(Tensor tensor) {
        return adjoints.computeIfAbsent(tensor, this::gather);
    }

    /** The adjoint of {@code element}. */
    Access of(Access element) {
        return Access.of(of(element.tensor()), join(directions, element.subscripts()));
    }

    /** The same, or its value if that is one number for all entries. */
    Expr valueOf(Access element) {
        Access adjoint = of(element);
        return constants.getOrDefault(adjoint.tensor(), adjoint);
    }

    /** What the adjoint of {@code tensor} is called in notes. */
    String note(Tensor tensor) {
        return "d" + of.name() + "/d" + tensor.name();
    }

    /** Forgets the adjoint of {@code tensor}, to which nothing has been contributed. */
    void remove(Tensor tensor) {
        Tensor zeros = adjoints.remove(tensor);
        constants.remove(zeros);
        definitions.removeIf(definition -> definition.target() == zeros);
    }

    /** Has {@code steps} add to the adjoint of {@code tensor}, which began as a constant and is one no longer. */
    void growBy(List<Definition> steps, Tensor tensor) {
        Tensor adjoint = of(tensor);
        boolean once = steps.stream().filter(step -> step.target() == adjoint).count() == 1;
        if (once && constants.get(adjoint) == Constant.ZERO) {
            // To which nothing else is added than one term, need not begin as zeros.
            definitions.removeIf(definition -> definition.target() == adjoint);
        }
        constants.remove(adjoint);
    }

    private Tensor gather(Tensor tensor) {
        List<Expr> extents = new ArrayList<>();
        directions.forEach(direction -> extents.add(direction.high()));
        extents.addAll(tensor.shape().extents());
        Shape shape = new Shape(extents);
        Tensor adjoint = Tensor.derived(names.fresh("d" + tensor.name()), shape);
        String note = note(tensor);
        List<Contribution> all = contributions.getOrDefault(tensor, List.of());
        List<Contribution> scattered =
                all.stream().filter(c -> !c.isGather(shape)).toList();
        if (!all.isEmpty() && scattered.size() == all.size()) {
            scatter(adjoint, scattered, false, note);
            return adjoint;
        }
        List<Contribution> sums =
                all.stream().filter(c -> c.isGather(shape) && !c.isMap(shape)).toList();
        List<Contribution> maps = all.stream().filter(c -> c.isMap(shape)).toList();
        if (sums.size() == 1 && maps.isEmpty()) {
            definitions.add(sum(adjoint, sums.get(0), note));
        } else {
            List<Index> loops = indices(shape, maps.isEmpty() ? sums : maps);
            Expr body = null;
            for (Contribution map : maps) {
                body = plus(body, map.bodyAt(loops));
            }
            for (Contribution sum : sums) {
                Tensor part = Tensor.derived(names.fresh(adjoint.name()), shape);
                definitions.add(sum(part, sum, note));
                body = plus(body, Access.of(part, loops));
            }
            define(adjoint, loops, body == null ? Constant.ZERO : body, note);
        }
        scatter(adjoint, scattered, true, note);
        return adjoint;
    }

    /** Defines an adjoint entry by entry, and remembers its body: what else has this factor reads it from here. */
    private void define(Tensor adjoint, List<Index> loops, Expr body, String note) {
        Expr shared = share(body);
        definitions.add(Definition.map(adjoint, loops, shared, note));
        if (shared instanceof Call && !loops.isEmpty()) {
            stored.put(shared, Access.of(adjoint, loops));
        } else if (shared instanceof Constant) {
            constants.put(adjoint, shared);
        }
    }

    private Expr share(Expr body) {
        return Rewrite.substituting(stored).apply(body);
    }

    /** The definition that adds {@code contribution} to the adjoint of {@code tensor}. */
    Definition addition(Tensor tensor, Contribution contribution) {
        return new Definition(
                of(tensor),
                contribution.subscripts(),
                Combine.SUM,
                contribution.loops(),
                contribution.body(),
                note(tensor));
    }

    private Definition sum(Tensor target, Contribution contribution, String note) {
        // The subscripts' loops first, so that the bounds of the summed ones may depend on them.
        List<Index> loops = new ArrayList<>(contribution.loops().stream()
                .filter(contribution.subscripts()::contains)
                .toList());
        contribution.loops().stream().filter(loop -> !loops.contains(loop)).forEach(loops::add);
        return new Definition(target, contribution.subscripts(), Combine.SUM, loops, share(contribution.body()), note);
    }

    /**
     * Single entries are assigned, each once; whatever else goes to computed places is added there.
     *
     * @param begun whether {@code adjoint} has been defined, and only something is to be added
     */
    private void scatter(Tensor adjoint, List<Contribution> scattered, boolean begun, String note) {
        boolean single = !begun
                && scattered.stream().allMatch(c -> c.loops().isEmpty())
                && scattered.stream().allMatch(c -> c.subscripts().stream().allMatch(Constant.class::isInstance));
        if (!single) {
            scattered.forEach(c ->
                    definitions.add(new Definition(adjoint, c.subscripts(), Combine.SUM, c.loops(), c.body(), note)));
            return;
        }
        Map<List<Expr>, Expr> entries = new LinkedHashMap<>();
        scattered.forEach(c -> entries.merge(c.subscripts(), c.body(), Adjoint::sum));
        entries.forEach((subscripts, body) ->
                definitions.add(new Definition(adjoint, subscripts, Combine.ASSIGN, List.of(), body, note)));
    }

    private static Expr plus(Expr sum, Expr term) {
        return sum == null ? term : Adjoint.sum(sum, term);
    }

    /** An index for each axis, called as in the first of {@code gathers} if there is one. */
    private static List<Index> indices(Shape shape, List<Contribution> gathers) {
        return gathers.isEmpty()
                ? shape.indices()
                : gathers.get(0).subscripts().stream().map(Index.class::cast).toList();
    }

    static <T extends Expr> List<T> join(List<? extends T> first, List<? extends T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
