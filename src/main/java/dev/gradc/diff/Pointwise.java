package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether entries along an axis depend only on entries at the same place of another tensor's axis, as examples of a batch do. */
public final class Pointwise {

    private Pointwise() {}

    /** Whether {@code to}, along {@code toAxis}, depends on {@code from} only at the same place along {@code fromAxis}. */
    public static boolean along(Program program, Tensor from, int fromAxis, Tensor to, int toAxis) {
        Set<Tensor> active = Activity.of(program, List.of(from));
        Map<Tensor, Integer> axes = new HashMap<>(Map.of(from, fromAxis));
        for (Definition definition : program.definitions()) {
            Tensor target = definition.target();
            if (!active.contains(target) || target == from) {
                continue;
            }
            Index loop = null;
            for (Access access : Walk.accesses(definition.body())) {
                if (!active.contains(access.tensor())) {
                    continue;
                }
                Integer axis = axes.get(access.tensor());
                // Read before it is defined, by a recurrence: then it has the axis that its own definition will show.
                Expr place = axis == null ? loop : access.subscripts().get(axis);
                if (axis == null && definition.recurrences().isEmpty()
                        || place != null
                                && !(place instanceof Index index
                                        && definition.loops().contains(index))
                        || loop != null && place != loop) {
                    return false;
                }
                loop = (Index) place;
            }
            int axis = loop == null ? -1 : definition.subscripts().indexOf(loop);
            Integer known = axes.putIfAbsent(target, axis);
            if (axis < 0 || known != null && known != axis) {
                return false;
            }
        }
        return confirmed(program, active, axes) && Integer.valueOf(toAxis).equals(axes.get(to));
    }

    /** Once more with all axes known: reads within recurrences, too, keep to them. */
    private static boolean confirmed(Program program, Set<Tensor> active, Map<Tensor, Integer> axes) {
        for (Definition definition : program.definitions()) {
            if (!definition.recurrences().isEmpty() && active.contains(definition.target())) {
                Expr own = definition.subscripts().get(axes.get(definition.target()));
                for (Access access : Walk.accesses(definition.body())) {
                    Integer axis = axes.get(access.tensor());
                    if (active.contains(access.tensor()) && access.subscripts().get(axis) != own) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
