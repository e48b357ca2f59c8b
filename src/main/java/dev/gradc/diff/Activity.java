package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which tensors depend on those to differentiate in. */
final class Activity {

    private Activity() {}

    /** {@code wrt} and all that depends on them. */
    static Set<Tensor> of(Program program, Collection<Tensor> wrt) {
        Set<Tensor> active = new HashSet<>(wrt);
        // In a recurrence an earlier definition may read a later one, so once through is not enough.
        boolean repeat = true;
        while (repeat) {
            repeat = false;
            for (Definition definition : program.definitions()) {
                if (depends(definition, active)) {
                    active.add(definition.target());
                    repeat |= !definition.recurrences().isEmpty();
                }
            }
        }
        return active;
    }

    private static boolean depends(Definition definition, Set<Tensor> active) {
        return definition.combine() != Combine.ARGMAX
                && !active.contains(definition.target())
                && Walk.accesses(definition.body()).stream().map(Access::tensor).anyMatch(active::contains);
    }
}
