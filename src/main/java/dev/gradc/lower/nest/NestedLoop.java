package dev.gradc.lower.nest;

import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loop, with what is known of the tensors that are touched inside. */
public final class NestedLoop implements Item {

    /** Whether the iterations of a loop may change places. */
    public enum Order {
        ANY,
        ASCENDING,
        DESCENDING
    }

    public final Index index;
    public final Order order;
    public final List<Item> items = new ArrayList<>();

    /** For each tensor the axes on which every subscript inside is this loop's index. */
    final Map<Tensor, Set<Integer>> aligned = new HashMap<>();

    final Set<Tensor> written = new HashSet<>();
    final Set<Tensor> read = new HashSet<>();

    /** The tensors that are written inside only by adding to them, after they have been cleared outside, or part by part. */
    final Set<Tensor> addedTo = new HashSet<>();

    /** What the steps right inside take, about. */
    int operations;

    NestedLoop(Index index, Order order) {
        this.index = index;
        this.order = order;
    }

    /** Notes that {@code target} is written inside. */
    void write(Tensor target, boolean adds) {
        boolean first = written.add(target);
        if (!adds) {
            addedTo.remove(target);
        } else if (first) {
            addedTo.add(target);
        }
    }
}
