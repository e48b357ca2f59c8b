package dev.gradc.eval;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.TableFunction;

/** Puts the bodies of the table's functions in the place of their calls; native ones stay. */
final class Inliner {

    private final Rewrite rewrite = new Rewrite(this::inline);

    Expr apply(Expr expression) {
        return rewrite.apply(expression);
    }

    private Expr inline(Expr node) {
        if (node instanceof Call call && call.function() instanceof TableFunction function) {
            if (function.method().isEmpty()) {
                Expr body = function.body()
                        .orElseThrow(() -> new EvaluationException(function.symbol() + " has neither method nor body"));
                return function.instantiate(apply(body), call.arguments(), call);
            }
        }
        return node;
    }
}
