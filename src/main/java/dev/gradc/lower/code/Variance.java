package dev.gradc.lower.code;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import java.util.HashSet;
import java.util.Set;

/** Which values differ from iteration to iteration of a loop. */
public final class Variance {

    private final Index index;
    private final Names names;
    private final Set<Local> varying = new HashSet<>();

    /** @param names what stands in variables at the place that is looked at */
    public Variance(Code.Loop loop, Names names) {
        index = loop.index();
        this.names = names;
    }

    /** What {@code local} holds differs. */
    public void add(Local local) {
        varying.add(local);
    }

    /** Whether the right-hand side of a variable's declaration differs. */
    public boolean isInside(Expr value) {
        return value == index || value.children().stream().anyMatch(this::isIn);
    }

    /** Whether {@code value} differs. */
    public boolean isIn(Expr value) {
        Local local = names.get(value);
        return local == null ? isInside(value) : varying.contains(local);
    }
}
