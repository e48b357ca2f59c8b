package dev.gradc.lower.nest;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Block;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Routines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
public final class Nest {

    private final List<Item> items = new ArrayList<>();
    private final Map<Index, NestedLoop> sequential = new HashMap<>();
    final Set<Tensor> defined = new HashSet<>();
    final Set<Tensor> complete;
    final Filling filling;
    final Routines routines;

    /**
     * @param complete the tensors all of whose entries are stored one by one, so that none has to be cleared
     * @param filling which tensors are filled by definitions that do not meet
     * @param routines what becomes a step of its own, without loops
     */
    public Nest(Set<Tensor> complete, Filling filling, Routines routines) {
        this.complete = complete;
        this.filling = filling;
        this.routines = routines;
    }

    public List<Item> items() {
        return items;
    }

    public void add(Definition definition) {
        if (definition.body() == Constant.ZERO
                && definition.isTotal()
                && !definition.loops().isEmpty()) {
            items.add(new Step(Step.Kind.CLEAR, definition, List.of()));
            defined.add(definition.target());
            return;
        }
        List<NestedLoop> times = times(definition);
        Optional<? extends Block> block = block(definition);
        Definition turned = block.isPresent() ? definition : Row.turned(definition);
        List<Index> loops = new ArrayList<>();
        times.forEach(time -> loops.add(time.index));
        loops.addAll(turned.loops());
        Definition inTime = new Definition(
                definition.target(),
                turned.subscripts(),
                definition.combine(),
                loops,
                turned.body(),
                definition.note());
        new Insertion(inTime, block, this).run(times);
        defined.add(definition.target());
    }

    /** Whether a loop through time is open whose index this is. */
    boolean isTime(Index index) {
        return sequential.containsKey(index);
    }

    /** The loops through time around {@code definition}, which only those join that share them; opened for the first of these. */
    private List<NestedLoop> times(Definition definition) {
        List<NestedLoop> times = new ArrayList<>();
        List<Item> list = items;
        for (Recurrence recurrence : definition.recurrences()) {
            NestedLoop loop = sequential.get(recurrence.time());
            if (loop == null) {
                loop = new NestedLoop(
                        recurrence.time(),
                        recurrence.descending() ? NestedLoop.Order.DESCENDING : NestedLoop.Order.ASCENDING);
                sequential.put(recurrence.time(), loop);
                list.add(loop);
            }
            times.add(loop);
            list = loop.items;
        }
        return times;
    }

    private Optional<? extends Block> block(Definition definition) {
        return routines.products() && definition.combine() == Combine.SUM
                ? Contraction.of(definition)
                : Application.of(definition, routines.functions());
    }
}
