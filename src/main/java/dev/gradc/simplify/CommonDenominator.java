package dev.gradc.simplify;

import dev.gradc.ir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sum of quotients over one bar: {@code u'/v - u*v'/v^2} is {@code (u'*v - u*v')/v^2}.
 *
 * @param numerators the terms above the bar, multiplied out
 * @param denominator the bases below it, with their powers
 */
record CommonDenominator(List<Expr> numerators, Map<Expr, Integer> denominator) {

    /** Sums of more terms than this are left alone. */
    private static final int MANY = 12;

    /** Empty unless at least two of {@code terms} share a base below their bars. */
    static Optional<CommonDenominator> of(List<Expr> terms) {
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
        List<Expr> numerators = new ArrayList<>();
        for (Product product : products) {
            numerators.addAll(Expansion.of(product.times(below, 1).build()));
        }
        return numerators.size() > MANY ? Optional.empty() : Optional.of(new CommonDenominator(numerators, below));
    }
}
