package dev.gradc.algebra;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.simplify.Fraction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A sum of products of powers, multiplied out: for each product, which maps its factors to their exponents, the number before it.
 * Exponents may be negative or broken; 0 stands neither as an exponent nor as a number. Immutable to those who use it.
 */
record Polynomial(Map<Map<Expr, Fraction>, Fraction> terms) {

    /** What takes more terms is not worked out. */
    private static final int MOST_TERMS = 2_000;

    /** There are too many terms, or digits. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super(null, null, false, false);
        }
    }

    private Polynomial() {
        this(new LinkedHashMap<>());
    }

    static Polynomial of(Fraction number) {
        return of(Map.of(), number);
    }

    /** {@code base^exponent}. */
    static Polynomial power(Expr base, Fraction exponent) {
        return of(exponent.isZero() ? Map.of() : Map.of(base, exponent), Fraction.ONE);
    }

    private static Polynomial of(Map<Expr, Fraction> product, Fraction number) {
        Polynomial result = new Polynomial();
        result.add(product, number);
        return result;
    }

    /** {@code this + number*other}. */
    Polynomial plus(Polynomial other, Fraction number) {
        Polynomial result = new Polynomial(new LinkedHashMap<>(terms));
        other.terms.forEach(
                (product, factor) -> result.add(product, factor.times(number).orElseThrow(TooLong::new)));
        return result;
    }

    Polynomial times(Polynomial other) {
        if ((long) terms.size() * other.terms.size() > 10L * MOST_TERMS) {
            throw new TooLong();
        }
        Polynomial result = new Polynomial();
        terms.forEach((product, number) -> other.terms.forEach((factor, times) ->
                result.add(product(product, factor), number.times(times).orElseThrow(TooLong::new))));
        return result;
    }

    Polynomial power(long exponent) {
        Polynomial result = of(Fraction.ONE);
        for (long i = 0; i < exponent; i++) {
            result = result.times(this);
        }
        return result;
    }

    /** What remains of it over {@code product}. */
    Polynomial dividedBy(Map<Expr, Fraction> product) {
        Map<Expr, Fraction> inverse = new LinkedHashMap<>();
        product.forEach((base, exponent) -> inverse.put(base, exponent.negate()));
        return times(of(inverse, Fraction.ONE));
    }

    private void add(Map<Expr, Fraction> product, Fraction number) {
        put(terms, product, number);
        if (terms.size() > MOST_TERMS) {
            throw new TooLong();
        }
    }

    private static Map<Expr, Fraction> product(Map<Expr, Fraction> one, Map<Expr, Fraction> other) {
        Map<Expr, Fraction> result = new LinkedHashMap<>(one);
        other.forEach((base, exponent) -> put(result, base, exponent));
        return result;
    }

    private static <K> void put(Map<K, Fraction> sum, K key, Fraction number) {
        Fraction after = sum.getOrDefault(key, Fraction.ZERO).plus(number).orElseThrow(TooLong::new);
        if (after.isZero()) {
            sum.remove(key);
        } else {
            sum.put(key, after);
        }
    }

    /** All factors, in the order in which they appear. */
    Set<Expr> factors() {
        Set<Expr> factors = new LinkedHashSet<>();
        terms.keySet().forEach(product -> factors.addAll(product.keySet()));
        return factors;
    }

    /**
     * The least power of each factor, where that is not 0: so all terms over this product have exponents from 0 on. Only the number 0
     * stays below the terms that are divided by it.
     */
    Map<Expr, Fraction> common() {
        Map<Expr, Fraction> common = new LinkedHashMap<>();
        Set<Expr> factors = factors();
        factors.remove(Constant.ZERO);
        for (Expr factor : factors) {
            Fraction least = terms.keySet().stream()
                    .map(product -> product.getOrDefault(factor, Fraction.ZERO))
                    .reduce((a, b) -> b.value() < a.value() ? b : a)
                    .orElseThrow();
            if (!least.isZero()) {
                common.put(factor, least);
            }
        }
        return common;
    }
}
