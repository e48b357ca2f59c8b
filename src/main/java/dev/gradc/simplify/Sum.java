package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sum as a reader orders it: each term once with its coefficient, numbers last, a positive term first. Not safe for threads. */
final class Sum {

    /** The constant term stands under 1. */
    private final Map<Expr, Ratio> coefficients = new LinkedHashMap<>();

    /** The sum that {@code expression} is, in which nothing is simplified inside a term. */
    static Sum of(Expr expression) {
        Sum sum = new Sum();
        sum.add(expression, Ratio.ONE);
        return sum;
    }

    /** Adds a multiple of {@code expression}. */
    void add(Expr expression, Ratio factor) {
        Deque<Expr> rest = new ArrayDeque<>(List.of(expression));
        Deque<Ratio> factors = new ArrayDeque<>(List.of(factor));
        while (!rest.isEmpty()) {
            Expr next = rest.pop();
            Ratio times = factors.pop();
            if (next instanceof Call call && isSum(call)) {
                for (int i = call.arguments().size() - 1; i >= 0; i--) {
                    rest.push(call.argument(i));
                    boolean subtracted =
                            i == 1 && call.function() == Operator.SUBTRACT || call.function() == Operator.NEGATE;
                    factors.push(subtracted ? times.negated() : times);
                }
            } else {
                addTerm(Product.of(next), times);
            }
        }
    }

    static boolean isSum(Call call) {
        return call.function() == Operator.ADD
                || call.function() == Operator.SUBTRACT
                || call.function() == Operator.NEGATE;
    }

    private void addTerm(Product product, Ratio factor) {
        Expr term = product.withoutCoefficient().build();
        Ratio sum = coefficients
                .getOrDefault(term, Ratio.of(0))
                .plus(product.coefficient().times(factor));
        if (sum.isZero()) {
            coefficients.remove(term);
        } else {
            coefficients.put(term, sum);
        }
    }

    /** The terms with their coefficients and signs. */
    List<Expr> terms() {
        List<Expr> terms = new ArrayList<>();
        coefficients.forEach((term, coefficient) -> terms.add(term(term, coefficient)));
        return terms;
    }

    private static Expr term(Expr term, Ratio coefficient) {
        Product product = Product.of(term);
        product.add(Constant.of(coefficient.numerator()), 1);
        product.add(Constant.of(coefficient.denominator()), -1);
        return product.build();
    }

    /** A polynomial by falling degrees, another sum as it came. */
    private Map<Expr, Ratio> ordered() {
        Map<Expr, Integer> degrees = new HashMap<>();
        for (Expr term : coefficients.keySet()) {
            Product.of(term).degree().ifPresent(degree -> degrees.put(term, degree));
        }
        if (degrees.size() < coefficients.size()) {
            return new LinkedHashMap<>(coefficients);
        }
        Map<Expr, Ratio> ordered = new LinkedHashMap<>();
        coefficients.keySet().stream()
                .sorted(Comparator.comparingInt(term -> -degrees.get(term)))
                .forEach(term -> ordered.put(term, coefficients.get(term)));
        return ordered;
    }

    Expr build() {
        if (coefficients.isEmpty()) {
            return Constant.ZERO;
        }
        Map<Expr, Ratio> ordered = ordered();
        Ratio constant = ordered.remove(Constant.ONE);
        if (constant != null) {
            ordered.put(Constant.ONE, constant);
        }
        Expr first = ordered.entrySet().stream()
                .filter(entry -> entry.getValue().numerator() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(ordered.keySet().iterator().next());
        Expr sum = term(first, ordered.remove(first));
        for (Map.Entry<Expr, Ratio> entry : ordered.entrySet()) {
            boolean negative = entry.getValue().numerator() < 0;
            Expr size = term(entry.getKey(), negative ? entry.getValue().negated() : entry.getValue());
            sum = Call.of(negative ? Operator.SUBTRACT : Operator.ADD, sum, size);
        }
        return sum;
    }
}
