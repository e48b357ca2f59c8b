package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides how the tensors that a nest computes are kept. A tensor that only lives within one iteration of a loop needs no axis for
 * this loop: {@code z[n,j]}, written and read inside {@code for n}, is an array over j; if also inside {@code for j}, a variable.
 */
public final class Storage {

    private Storage() {}

    /** Where a tensor is touched: the loops around all places, and on each axis the subscript that all places have. */
    private static final class Life {
        private List<Index> loops;
        private final List<Expr> subscripts = new ArrayList<>();

        /** The indices on axes whose places differ: another iteration may read what one has written, as {@code c[t-1]} in a recurrence. */
        private final Set<Index> mixed = new HashSet<>();

        void touch(List<Index> around, List<Expr> at) {
            if (loops == null) {
                loops = List.copyOf(around);
                subscripts.addAll(at);
                return;
            }
            int common = 0;
            while (common < Math.min(loops.size(), around.size()) && loops.get(common) == around.get(common)) {
                common++;
            }
            loops = loops.subList(0, common);
            for (int axis = 0; axis < at.size(); axis++) {
                Expr before = subscripts.get(axis);
                if (before != at.get(axis)) {
                    mixed.addAll(Walk.indices(before == null ? List.of(at.get(axis)) : List.of(before, at.get(axis))));
                    subscripts.set(axis, null);
                }
            }
        }

        List<Integer> axes() {
            // What outlives an iteration of a loop outlives all the loops inside it.
            List<Index> within = loops.stream()
                    .takeWhile(index -> subscripts.contains(index) || !mixed.contains(index))
                    .toList();
            List<Integer> axes = new ArrayList<>();
            for (int axis = 0; axis < subscripts.size(); axis++) {
                if (!(subscripts.get(axis) instanceof Index index && within.contains(index))) {
                    axes.add(axis);
                }
            }
            return axes;
        }
    }

    private final Map<Tensor, Life> lives = new LinkedHashMap<>();
    private final List<Index> loops = new ArrayList<>();

    /**
     * A buffer for each tensor that {@code items} compute.
     *
     * @param kept the tensors that are read elsewhere: they are kept whole
     * @param rows the tensors whose last axis should be rows of their own
     */
    public static Map<Tensor, Buffer> of(List<Item> items, Set<Tensor> kept, Set<Tensor> rows) {
        Storage storage = new Storage();
        storage.visit(items, true);
        storage.visit(items, false);
        Map<Tensor, Buffer> buffers = new LinkedHashMap<>();
        storage.lives.forEach((tensor, life) -> {
            List<Integer> axes = life.axes();
            // Places that are written differently are not seen to be the same variable, though there is only one.
            axes.removeIf(axis -> tensor.shape().extent(axis) == Constant.ONE && life.subscripts.get(axis) != null);
            boolean inRows = rows.contains(tensor) && axes.size() > 1;
            buffers.put(tensor, kept.contains(tensor) ? Buffer.whole(tensor) : new Buffer(tensor, axes, inRows));
        });
        return buffers;
    }

    /** Registers what is written, or reads of what is registered. */
    private void visit(List<Item> items, boolean writes) {
        // In the same loops the same element is touched in the same way.
        Walk walk = new Walk();
        for (Item item : items) {
            if (item instanceof NestedLoop loop) {
                loops.add(loop.index);
                visit(loop.items, writes);
                loops.remove(loops.size() - 1);
            } else {
                visit((Step) item, writes, walk);
            }
        }
    }

    private void visit(Step step, boolean writes, Walk walk) {
        Definition definition = step.definition();
        if (writes) {
            lives.computeIfAbsent(definition.target(), tensor -> new Life()).touch(loops, definition.subscripts());
        } else if (step.reads()) {
            List<Expr> roots = new ArrayList<>(definition.subscripts());
            roots.add(definition.body());
            for (Expr node : walk.next(roots)) {
                if (node instanceof Access access && lives.containsKey(access.tensor())) {
                    lives.get(access.tensor()).touch(loops, access.subscripts());
                }
            }
        }
    }
}
