package dev.gradc.lower.code;

import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which values stand in which variables at some place of the code: blocks see what their outer blocks declare. */
public final class Names {

    private final ExprTable<Local> locals = new ExprTable<>();
    private final List<Expr> declared = new ArrayList<>();

    /** @param locals what has a variable wherever it occurs */
    public Names(Map<Expr, Local> locals) {
        locals.forEach(this.locals::put);
    }

    /** The variable that holds {@code value}, or null. */
    public Local get(Expr value) {
        return locals.get(value);
    }

    /** From here to the end of the block, {@code local} holds {@code value}. */
    public void declare(Expr value, Local local) {
        if (locals.get(value) == null) {
            locals.put(value, local);
            declared.add(value);
        }
    }

    /** A block begins; give the result to {@link #leave}. */
    public int enter() {
        return declared.size();
    }

    /** The block that began at {@code mark} ends: what it declared is forgotten. */
    public void leave(int mark) {
        while (declared.size() > mark) {
            locals.put(declared.remove(declared.size() - 1), null);
        }
    }
}
