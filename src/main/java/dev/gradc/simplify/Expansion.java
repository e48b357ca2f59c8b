package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.ArrayList;
import java.util.List;

/** Multiplies products of sums out. */
final class Expansion {

    /** A product of more terms than this stays a single one. */
    private static final int MANY = 12;

    private Expansion() {}

    /** The terms of {@code product}. */
    static List<Expr> of(Expr product) {
        if (product instanceof Call call && call.function() == Operator.MULTIPLY) {
            List<Expr> lefts = of(call.argument(0));
            List<Expr> rights = of(call.argument(1));
            if (lefts.size() * rights.size() > MANY) {
                return List.of(product);
            }
            List<Expr> terms = new ArrayList<>();
            lefts.forEach(left -> rights.forEach(right -> terms.add(Call.of(Operator.MULTIPLY, left, right))));
            return terms;
        }
        if (product instanceof Call call && call.function() == Operator.NEGATE) {
            return of(call.argument(0)).stream()
                    .<Expr>map(term -> Call.of(Operator.NEGATE, term))
                    .toList();
        }
        return product instanceof Call call && Sum.isSum(call) ? Sum.of(product).terms() : List.of(product);
    }
}
