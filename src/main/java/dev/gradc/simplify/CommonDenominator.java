package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a sum of quotients over one bar: {@code u'/v - u*v'/v^2} becomes {@code (u'*v - u*v')/v^2}. */
final class CommonDenominator {

    /** Numerators of more terms than this are not multiplied out. */
    private static final int MANY = 12;

    private CommonDenominator() {}

    /** The one quotient; empty unless at least two of {@code terms} share a base below their bars. */
    static Optional<Product> of(List<Expr> terms) {
        if (terms.size() < 2 || terms.size() > MANY) {
            return Optional.empty();
        }
        List<Product> products = terms.stream().map(Product::of).toList();
        Map<Expr, Integer> below = Product.deepest(products);
        boolean shared = below.keySet().stream()
                .anyMatch(
                        base -> products.stream().filter(p -> p.depth(base) > 0).count() > 1);
        if (!shared) {
            return Optional.empty();
        }
        Sum numerator = new Sum();
        for (Product product : products) {
            Expr raised = product.times(below, 1).build();
            List<Expr> expanded = expand(raised);
            if (expanded.size() > MANY) {
                return Optional.empty();
            }
            expanded.forEach(term -> numerator.add(term, Ratio.ONE));
        }
        return Optional.of(Product.of(numerator.build()).times(below, -1));
    }

    /** The terms of a product of sums. */
    private static List<Expr> expand(Expr product) {
        if (product instanceof Call call && call.function() == Operator.MULTIPLY) {
            List<Expr> terms = new ArrayList<>();
            for (Expr left : expand(call.argument(0))) {
                for (Expr right : expand(call.argument(1))) {
                    terms.add(Call.of(Operator.MULTIPLY, left, right));
                }
            }
            return terms;
        }
        if (product instanceof Call call && call.function() == Operator.NEGATE) {
            return expand(call.argument(0)).stream()
                    .<Expr>map(term -> Call.of(Operator.NEGATE, term))
                    .toList();
        }
        return product instanceof Call call && Sum.isSum(call) ? Sum.of(product).terms() : List.of(product);
    }
}
