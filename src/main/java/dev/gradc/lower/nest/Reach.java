package dev.gradc.lower.nest;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which entries of its target a definition reaches, as far as the form of its subscripts tells. */
record Reach(Definition definition) {

    /** Whether no two iterations of the loops that choose reach the same entry. */
    boolean isOnce() {
        Set<Expr> seen = new HashSet<>();
        return definition.subscripts().stream()
                .allMatch(s -> s instanceof Constant || definition.loops().contains(s) && seen.add(s));
    }

    /** Whether every entry is reached. */
    boolean isAll() {
        if (!isOnce()) {
            return false;
        }
        for (int axis = 0; axis < definition.target().rank(); axis++) {
            if (!goesOverAxis(definition.subscripts().get(axis), axis)) {
                return false;
            }
        }
        return true;
    }

    private boolean goesOverAxis(Expr subscript, int axis) {
        Expr extent = definition.target().shape().extent(axis);
        return subscript instanceof Index loop
                ? loop.low() == Constant.ZERO && loop.high() == extent
                : subscript == Constant.ZERO && extent == Constant.ONE;
    }

    /** How many of the outermost loops of {@code path} go, in order, each over one whole axis of the target: they choose slices of it. */
    int slices(List<Index> path) {
        int own = 0;
        while (own < path.size() && own < definition.target().rank()) {
            Index loop = path.get(own);
            boolean whole = definition.subscripts().get(own) == loop
                    && goesOverAxis(loop, own)
                    && !definition.subscripts().subList(0, own).contains(loop);
            if (!whole) {
                break;
            }
            own++;
        }
        return own;
    }
}
