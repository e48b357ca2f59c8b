package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A product as a reader orders it: a fraction, and each base once with its exponent. Not safe for threads. */
final class Product {

    private Ratio coefficient = Ratio.ONE;
    private final Map<Expr, Expr> exponents = new LinkedHashMap<>();

    /** The product that {@code expression} is, in which nothing is simplified inside a factor. */
    static Product of(Expr expression) {
        Product product = new Product();
        product.add(expression, 1);
        return product;
    }

    Ratio coefficient() {
        return coefficient;
    }

    /** Multiplies with {@code expression} to a whole power. */
    void add(Expr expression, int exponent) {
        if (expression instanceof Constant constant) {
            coefficient = coefficient.times(Ratio.of(constant.value()).power(exponent));
        } else if (expression instanceof Call call && call.function() == Operator.NEGATE) {
            coefficient = coefficient.times(Ratio.of(-1).power(exponent));
            add(call.argument(0), exponent);
        } else if (expression instanceof Call call && call.function() == Operator.MULTIPLY) {
            add(call.argument(0), exponent);
            add(call.argument(1), exponent);
        } else if (expression instanceof Call call && call.function() == Operator.DIVIDE) {
            add(call.argument(0), exponent);
            add(call.argument(1), -exponent);
        } else if (expression instanceof Call call && call.function() == Operator.POWER) {
            addPower(call.argument(0), call.argument(1), exponent);
        } else if (expression instanceof Call call && Sum.isSum(call) && isNegative(call)) {
            coefficient = coefficient.times(Ratio.of(-1).power(exponent));
            raise(Sum.of(Call.of(Operator.NEGATE, call)).build(), Constant.of(exponent));
        } else {
            raise(expression, Constant.of(exponent));
        }
    }

    /** Whether the first term of a sum, and so every term, is negative. */
    private static boolean isNegative(Expr sum) {
        Expr first = sum;
        while (first instanceof Call call
                && (call.function() == Operator.ADD || call.function() == Operator.SUBTRACT)) {
            first = call.argument(0);
        }
        return first instanceof Call call && call.function() == Operator.NEGATE
                || first instanceof Constant constant && constant.value() < 0;
    }

    private void addPower(Expr base, Expr power, int exponent) {
        if (power instanceof Constant constant && constant.isInteger() && Math.abs(constant.value() * exponent) < 1e6) {
            add(base, (int) constant.value() * exponent);
        } else {
            raise(base, product(power, exponent));
        }
    }

    private static Expr product(Expr power, int factor) {
        if (factor == 1) {
            return power;
        }
        Product product = of(power);
        product.coefficient = product.coefficient.times(Ratio.of(factor));
        return product.build();
    }

    private void raise(Expr base, Expr exponent) {
        Expr before = exponents.get(base);
        Expr sum = before == null
                ? exponent
                : Sum.of(Call.of(Operator.ADD, before, exponent)).build();
        if (sum == Constant.ZERO) {
            exponents.remove(base);
        } else {
            exponents.put(base, sum);
        }
    }

    /** The factors without the coefficient; those below the bar with negative exponents. */
    List<Expr> factors() {
        List<Expr> factors = new ArrayList<>();
        exponents.forEach((base, exponent) -> factors.add(power(base, exponent)));
        return factors;
    }

    /** The same with the coefficient 1. */
    Product withoutCoefficient() {
        Product rest = new Product();
        rest.exponents.putAll(exponents);
        return rest;
    }

    /** How often {@code base} stands below the bar: n for the exponent −n, else 0. */
    int depth(Expr base) {
        return exponents.get(base) instanceof Constant exponent && exponent.isInteger()
                ? (int) Math.max(0, -exponent.value())
                : 0;
    }

    /** For each base that stands below the bar of some of {@code products} how often it does so at most. */
    static Map<Expr, Integer> deepest(List<Product> products) {
        Map<Expr, Integer> deepest = new LinkedHashMap<>();
        for (Product product : products) {
            for (Expr base : product.exponents.keySet()) {
                if (product.depth(base) > 0) {
                    deepest.merge(base, product.depth(base), Math::max);
                }
            }
        }
        return deepest;
    }

    /** The bases that are more than variables and stand above the bar of both, with the lesser of their powers. */
    static Map<Expr, Integer> common(Product a, Product b) {
        Map<Expr, Integer> common = new LinkedHashMap<>();
        for (Expr base : a.exponents.keySet()) {
            int height = Math.min(a.height(base), b.height(base));
            if (rank(base) > 0 && height > 0) {
                common.put(base, height);
            }
        }
        return common;
    }

    private int height(Expr base) {
        return exponents.get(base) instanceof Constant exponent && exponent.isInteger()
                ? (int) Math.max(0, exponent.value())
                : 0;
    }

    /** The degree of a monomial of variables; empty for other products. */
    OptionalInt degree() {
        int degree = 0;
        for (Expr base : exponents.keySet()) {
            int height = height(base);
            if (rank(base) > 0 || height == 0) {
                return OptionalInt.empty();
            }
            degree += height;
        }
        return OptionalInt.of(degree);
    }

    /** The product with each of {@code factors}, to its power times {@code sign}. */
    Product times(Map<Expr, Integer> factors, int sign) {
        Product result = withoutCoefficient();
        result.coefficient = coefficient;
        factors.forEach((base, power) -> result.raise(base, Constant.of(sign * power)));
        return result;
    }

    /** The product as an expression: a sign, a numerator, and what has a negative number as its exponent below the bar. */
    Expr build() {
        if (coefficient.isZero()) {
            return Constant.ZERO;
        }
        if (coefficient.numerator() < 0) {
            for (Expr base : exponents.keySet()) {
                if (exponents.get(base) == Constant.ONE && hasDifference(base)) {
                    return withSignIn(base).build();
                }
            }
        }
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        exponents.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Expr, Expr> entry) -> rank(entry.getKey()))
                        .thenComparing(entry -> !(entry.getValue() instanceof Constant))
                        .thenComparing(entry -> entry.getKey() instanceof Access a ? a.toString() : ""))
                .forEach(entry -> {
                    boolean negative = entry.getValue() instanceof Constant constant && constant.value() < 0;
                    (negative ? below : above)
                            .add(power(entry.getKey(), negative ? product(entry.getValue(), -1) : entry.getValue()));
                });
        Expr numerator = product(Math.abs(coefficient.numerator()), above);
        Expr whole = below.isEmpty() && coefficient.denominator() == 1
                ? numerator
                : Call.of(Operator.DIVIDE, numerator, product(coefficient.denominator(), below));
        return coefficient.numerator() < 0
                ? whole instanceof Constant constant ? Constant.of(-constant.value()) : Call.of(Operator.NEGATE, whole)
                : whole;
    }

    /** Whether {@code -(a - b)} is better written {@code b - a}. */
    private static boolean hasDifference(Expr base) {
        Expr sum = base;
        while (sum instanceof Call call && call.function() == Operator.ADD) {
            sum = call.argument(0);
        }
        return sum instanceof Call call && call.function() == Operator.SUBTRACT;
    }

    /** The same with the sign of the coefficient in one factor. */
    private Product withSignIn(Expr base) {
        Product result = new Product();
        result.coefficient = coefficient.negated();
        result.exponents.putAll(exponents);
        result.exponents.remove(base);
        result.add(Sum.of(Call.of(Operator.NEGATE, base)).build(), 1);
        return result;
    }

    private static Expr power(Expr base, Expr exponent) {
        return exponent == Constant.ONE
                ? base
                : Call.of(
                        Operator.POWER,
                        base,
                        exponent instanceof Constant c ? Ratio.of(c.value()).build() : exponent);
    }

    private static Expr product(double number, List<Expr> factors) {
        Expr product = number == 1 && !factors.isEmpty() ? null : Constant.of(number);
        for (Expr factor : factors) {
            product = product == null ? factor : Call.of(Operator.MULTIPLY, product, factor);
        }
        return product;
    }

    /** Variables first, by name, then polynomials, functions, and other sums. */
    private static int rank(Expr base) {
        if (base instanceof Access || base instanceof Index || base instanceof Constant) {
            return 0;
        }
        if (base instanceof Call call && call.function() instanceof Operator) {
            boolean polynomial = Walk.postOrder(base).stream()
                    .allMatch(node -> !(node instanceof Call inner) || inner.function() instanceof Operator);
            return polynomial ? 1 : 3;
        }
        return 2;
    }
}
