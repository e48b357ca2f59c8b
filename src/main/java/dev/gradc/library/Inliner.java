package dev.gradc.library;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Rewrite;

/** Puts the bodies of the table's functions in the place of their calls; native ones stay. */
public final class Inliner {

    private final Rewrite rewrite = new Rewrite(this::inline);

    public Expr apply(Expr expression) {
        return rewrite.apply(expression);
    }

    private Expr inline(Expr node) {
        if (node instanceof Call call
                && call.function() instanceof TableFunction function
                && function.method().isEmpty()) {
            return function.body()
                    .map(body -> function.instantiate(apply(body), call.arguments(), call))
                    .orElse(node);
        }
        return node;
    }
}
