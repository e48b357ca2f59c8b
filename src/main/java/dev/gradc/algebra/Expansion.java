package dev.gradc.algebra;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Walk;
import dev.gradc.simplify.Fraction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Multiplies a long formula out and collects like terms over one denominator. What is differentiated again and again in factors doubles
 * each time, multiplied out it grows by a few terms. Functions are taken as they are, their arguments too; so are sums below a bar,
 * and high powers of sums. The work is bounded.
 */
final class Expansion {

    /** Higher powers of sums are multiplied out only as far as they differ. */
    private static final int LOW = 2;

    private final NormalForm form;
    private final Map<Expr, Polynomial> known = new HashMap<>();
    private final Set<Expr> kept = new HashSet<>();

    Expansion(NormalForm form) {
        this.form = form;
    }

    /** {@code expression}, which is in normal form, multiplied out; empty if that takes too many terms. */
    Optional<Expr> of(Expr expression) {
        Walk.postOrder(expression).forEach(this::keep);
        try {
            return Optional.of(written(overOneDenominator(polynomial(expression))));
        } catch (Polynomial.TooLong e) {
            return Optional.empty();
        }
    }

    /** Sums that stand below a bar or to a high power stay together wherever they stand. */
    private void keep(Expr node) {
        if (!(node instanceof Access)) {
            Product.read(node).powers().forEach((base, exponent) -> {
                if (base.isSum() && !isLow(exponent)) {
                    kept.add(base);
                }
            });
        }
    }

    private static boolean isLow(Expr exponent) {
        return Fraction.of(exponent)
                .filter(number -> number.isInteger() && !number.isNegative() && number.numerator() <= LOW)
                .isPresent();
    }

    private Polynomial polynomial(Expr expression) {
        Polynomial polynomial = known.get(expression);
        if (polynomial == null) {
            polynomial =
                    kept.contains(expression) ? Polynomial.power(expression, Fraction.ONE) : multipliedOut(expression);
            known.put(expression, polynomial);
        }
        return polynomial;
    }

    private Polynomial multipliedOut(Expr expression) {
        if (expression.isSum()) {
            Call sum = (Call) expression;
            Fraction sign = sum.function() == Operator.SUBTRACT ? Fraction.MINUS_ONE : Fraction.ONE;
            return polynomial(sum.argument(0)).plus(polynomial(sum.argument(1)), sign);
        }
        Product product = Product.read(expression);
        Polynomial result = Polynomial.of(product.number());
        for (Map.Entry<Expr, Expr> power : product.powers().entrySet()) {
            result = result.times(power(power.getKey(), power.getValue(), expression));
        }
        return result;
    }

    private Polynomial power(Expr base, Expr exponent, Expr whole) {
        Optional<Fraction> number = Fraction.of(exponent);
        if (number.isEmpty()) {
            return symbolicPower(base, exponent);
        }
        return base != whole && base.isSum() && !kept.contains(base)
                ? polynomial(base).power(number.get().numerator())
                : Polynomial.power(base, number.get());
    }

    /** {@code x^(n - 3)} as {@code x^n} times {@code x^-3}, so that it meets {@code x^(n - 2)}; what is long stays whole. */
    private Polynomial symbolicPower(Expr base, Expr exponent) {
        if (exponent.isSum() && !SumForm.isShortSum(exponent)) {
            return Polynomial.power(Call.of(Operator.POWER, base, exponent), Fraction.ONE);
        }
        Sum sum = form.sums().read(exponent);
        Fraction number = sum.terms().getOrDefault(Constant.ONE, Fraction.ZERO);
        sum.terms().remove(Constant.ONE);
        Expr symbol = form.arrangement().sum(sum, false);
        return Polynomial.power(Call.of(Operator.POWER, base, symbol), Fraction.ONE)
                .times(Polynomial.power(base, number));
    }

    /** The products that all terms stand over or have, and the rest, in which no kept sum is left. */
    private record Factored(Map<Expr, Fraction> common, Polynomial rest) {}

    private Factored overOneDenominator(Polynomial polynomial) {
        Map<Expr, Fraction> first = polynomial.common();
        Polynomial rest = new Polynomial(new LinkedHashMap<>());
        for (Map.Entry<Map<Expr, Fraction>, Fraction> term :
                polynomial.dividedBy(first).terms().entrySet()) {
            rest = rest.plus(withoutSums(term.getKey()), term.getValue());
        }
        Map<Expr, Fraction> second = rest.common();
        Map<Expr, Fraction> common = new LinkedHashMap<>(first);
        second.forEach((base, exponent) ->
                common.merge(base, exponent, (a, b) -> a.plus(b).orElseThrow(Polynomial.TooLong::new)));
        return new Factored(common, rest.dividedBy(second));
    }

    private Polynomial withoutSums(Map<Expr, Fraction> product) {
        Polynomial result = Polynomial.of(Fraction.ONE);
        for (Map.Entry<Expr, Fraction> power : product.entrySet()) {
            boolean sum = power.getKey().isSum() && power.getValue().isInteger();
            result = result.times(
                    sum
                            ? multipliedOut(power.getKey())
                                    .power(power.getValue().numerator())
                            : Polynomial.power(power.getKey(), power.getValue()));
        }
        return result;
    }

    private Expr written(Factored factored) {
        List<Expr> order = List.copyOf(factored.rest().factors());
        List<Map.Entry<Map<Expr, Fraction>, Fraction>> terms =
                new ArrayList<>(factored.rest().terms().entrySet());
        terms.sort(Map.Entry.comparingByKey(fallingPowers(order)));
        Sum sum = new Sum();
        terms.forEach(term -> sum.add(written(term.getKey(), Fraction.ONE), term.getValue()));
        Fraction content = sum.content();
        Expr rest = form.arrangement().sum(sum.dividedBy(content).orElseThrow(Polynomial.TooLong::new), true);
        // The rest may be what stands below the bar.
        ProductBuilder factors = new ProductBuilder(form);
        powers(factored.common()).forEach(factors::power);
        factors.multiply(rest, Fraction.ONE);
        factors.multiply(content, Fraction.ONE);
        return form.arrangement().product(factors.product());
    }

    private static Comparator<Map<Expr, Fraction>> fallingPowers(List<Expr> factors) {
        return (one, other) -> {
            for (Expr factor : factors) {
                int order = Double.compare(
                        other.getOrDefault(factor, Fraction.ZERO).value(),
                        one.getOrDefault(factor, Fraction.ZERO).value());
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private Expr written(Map<Expr, Fraction> product, Fraction number) {
        return form.arrangement().product(new Product(number, powers(product)));
    }

    /** Bases to exponents; {@code x^n} and {@code x^-3} are one power again. */
    private Map<Expr, Expr> powers(Map<Expr, Fraction> product) {
        Map<Expr, Expr> powers = new LinkedHashMap<>();
        product.forEach((factor, number) -> {
            // A square under a root is another base.
            boolean symbolic = factor.isCallOf(Operator.POWER)
                    && Fraction.of(((Call) factor).argument(1)).isEmpty();
            Expr base = symbolic ? ((Call) factor).argument(0) : factor;
            Expr exponent = symbolic ? form.scaled(((Call) factor).argument(1), number) : number.exponent();
            powers.merge(base, exponent, form::sumOf);
        });
        return powers;
    }
}
