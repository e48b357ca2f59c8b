package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each entry along an axis of a result, as each example of a batch, a copy of its own of a variable that all share. One backward
 * pass then finds the derivatives of all entries, each in its copy, where a pass for each would take quadratic time. The copies are equal,
 * so that nothing need ever compute them: {@link #shared} reads the variable instead.
 */
public final class PerEntry {

    private final Tensor variable;
    private final Expr extent;
    private final Set<Tensor> active;

    /** Of what depends on the variable the axis that goes along with the entries; −1 of what has none, and is copied. */
    private final Map<Tensor, Integer> axes = new HashMap<>();

    private final Map<Tensor, Tensor> copies = new HashMap<>();
    private final Map<Tensor, Tensor> originals = new HashMap<>();

    private PerEntry(Program program, Tensor variable, Tensor of, int axis) {
        this.variable = variable;
        extent = of.shape().extent(axis);
        active = Activity.of(program, Set.of(variable));
        axes.put(of, axis);
    }

    /** The copies for the entries along {@code axis} of {@code of}; empty if some entries read others, as by {@code batchMean}. */
    public static Optional<PerEntry> along(Program program, Tensor variable, Tensor of, int axis) {
        PerEntry entries = new PerEntry(program, variable, of, axis);
        return entries.findAxes(program.definitions()) ? Optional.of(entries) : Optional.empty();
    }

    /** The variable with one more axis, its first, for the copies. */
    public Tensor variable() {
        return copy(variable);
    }

    /** {@code program} as a function of the copies. */
    public Program program(Program program) {
        List<Definition> definitions =
                program.definitions().stream().map(this::separated).toList();
        return new Program(List.of(variable()), definitions, program.results());
    }

    /** What reads no copies, but the variable and what depends on it, as the program has them. */
    public Definition shared(Definition definition) {
        Rewrite sharing = new Rewrite(node -> {
            Tensor original = node instanceof Access access ? originals.get(access.tensor()) : null;
            return original == null ? node : Access.of(original, without(((Access) node).subscripts()));
        });
        return definition.rewritten(sharing);
    }

    private static List<Expr> without(List<Expr> subscripts) {
        return subscripts.subList(1, subscripts.size());
    }

    /** Follows the axis from what is read to what defines it; again while that tells something new, as in a recurrence. */
    private boolean findAxes(List<Definition> definitions) {
        for (int known = 0; known < axes.size(); ) {
            known = axes.size();
            for (int i = definitions.size() - 1; i >= 0; i--) {
                if (axes.containsKey(definitions.get(i).target()) && !findAxes(definitions.get(i))) {
                    return false;
                }
            }
        }
        return axes.getOrDefault(variable, -1) < 0;
    }

    private boolean findAxes(Definition definition) {
        if (definition.target() == variable) {
            return true;
        }
        int axis = axes.get(definition.target());
        Expr entry = axis < 0 ? null : definition.subscripts().get(axis);
        if (entry != null && !(entry instanceof Index)) {
            return false;
        }
        for (Access access : Walk.accesses(definition.body())) {
            if (active.contains(access.tensor())) {
                int place = entry == null ? -1 : access.subscripts().indexOf(entry);
                boolean once = entry == null
                        || access.subscripts().stream()
                                        .filter(subscript ->
                                                Walk.indices(List.of(subscript)).contains(entry))
                                        .count()
                                == (place < 0 ? 0 : 1);
                Integer known = axes.putIfAbsent(access.tensor(), place);
                if (!once || known != null && known != place) {
                    return false;
                }
            }
        }
        return true;
    }

    private Definition separated(Definition definition) {
        Tensor target = definition.target();
        if (target == variable || !axes.containsKey(target)) {
            return definition;
        }
        if (axes.get(target) >= 0) {
            Expr body = separated(definition.body(), definition.subscripts().get(axes.get(target)));
            return definition.withBody(body);
        }
        Index entry = Index.upTo("n", extent);
        List<Index> loops = new ArrayList<>(List.of(entry));
        loops.addAll(definition.loops());
        return new Definition(
                copy(target),
                with(entry, definition.subscripts()),
                definition.combine(),
                loops,
                separated(definition.body(), entry),
                definition.note(),
                definition.recurrences());
    }

    private Expr separated(Expr body, Expr entry) {
        return new Rewrite(node -> node instanceof Access access
                                && active.contains(access.tensor())
                                && axes.get(access.tensor()) < 0
                        ? Access.of(copy(access.tensor()), with(entry, access.subscripts()))
                        : node)
                .apply(body);
    }

    private static List<Expr> with(Expr entry, List<Expr> subscripts) {
        List<Expr> all = new ArrayList<>(List.of(entry));
        all.addAll(subscripts);
        return all;
    }

    private Tensor copy(Tensor tensor) {
        return copies.computeIfAbsent(tensor, shared -> {
            Tensor copy = Tensor.derived(
                    shared.name(), new Shape(with(extent, shared.shape().extents())));
            originals.put(copy, shared);
            return copy;
        });
    }
}
