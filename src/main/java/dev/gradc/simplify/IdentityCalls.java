package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.TableFunction;
import java.util.List;

/** Functions that only give back an argument are not worth a call: they had their meaning for the derivative. */
public final class IdentityCalls {

    private IdentityCalls() {}

    public static List<Definition> of(List<Definition> definitions) {
        Rewrite rewrite = new Rewrite(IdentityCalls::inline);
        return definitions.stream()
                .map(definition -> definition.withBody(rewrite.apply(definition.body())))
                .toList();
    }

    private static Expr inline(Expr node) {
        if (node instanceof Call call
                && call.function() instanceof TableFunction function
                && function.method().isEmpty()
                && function.body().orElse(null) instanceof Access access
                && function.formals().contains(access.tensor())) {
            return call.argument(function.formals().indexOf(access.tensor()));
        }
        return node;
    }
}
