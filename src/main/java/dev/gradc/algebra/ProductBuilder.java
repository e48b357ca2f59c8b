package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A product under construction, whose bases are in normal form and all different. */
final class ProductBuilder {

    private final NormalForm form;
    private final Map<Expr, Expr> powers = new LinkedHashMap<>();
    private Fraction number = Fraction.ONE;

    ProductBuilder(NormalForm form) {
        this.form = form;
    }

    Map<Expr, Expr> powers() {
        return powers;
    }

    int size() {
        return powers.size();
    }

    boolean isZero() {
        return number.isZero();
    }

    /** What has been collected. */
    Product product() {
        return new Product(number, powers);
    }

    void remove(Expr base) {
        powers.remove(base);
    }

    /** Multiplies by a power of a number. */
    void multiply(Fraction factor, Fraction exponent) {
        Optional<Fraction> product = factor.power(exponent).flatMap(number::times);
        if (product.isPresent()) {
            number = product.get();
        } else if (exponent.isHalves() && factor.radicand().isPresent()) {
            root(factor, factor.radicand().get(), exponent);
        } else {
            put(factor.expression(), exponent.expression());
        }
    }

    /** An odd power of the root of a number, as a number times the root of an integer: what is equal is written in one way. */
    private void root(Fraction factor, Fraction radicand, Fraction exponent) {
        multiply(radicand, Fraction.integer((exponent.numerator() - 1) / 2));
        multiply(Fraction.integer(factor.denominator()), Fraction.integer(-exponent.numerator()));
        put(radicand.expression(), Fraction.HALF.exponent());
    }

    /** Multiplies by an integer power of an expression in normal form. */
    void multiply(Expr factor, Fraction exponent) {
        Product product = Product.read(factor);
        multiply(product.number(), exponent);
        product.powers().forEach((base, power) -> power(base, form.scaled(power, exponent)));
    }

    /** Multiplies by a power of a base in normal form. */
    void power(Expr base, Expr exponent) {
        Optional<Fraction> inner = rootOf(base);
        if (inner.isPresent()) {
            power(((Call) base).argument(0), form.scaled(exponent, inner.get()));
            return;
        }
        Optional<Fraction> number = Fraction.of(exponent);
        boolean whole = number.map(Fraction::isInteger).orElse(false);
        if (base.isSum() && number.isPresent()) {
            SumForm.Multiple multiple = form.sums().multiple(base);
            Optional<Fraction> outside = multiple.number().power(number.get());
            // What is no square stays under the root, and so does a sign.
            boolean taken = whole || outside.isPresent() && !multiple.number().isNegative();
            if (taken) {
                multiply(multiple.number(), number.get());
            }
            put(taken ? multiple.rest() : base, exponent);
        } else if (whole && isComposite(base)) {
            multiply(base, number.get());
        } else if (number.isPresent() && isComposite(base) && isPositive(base)) {
            Product product = Product.read(base);
            multiply(product.number(), number.get());
            product.powers().forEach((part, power) -> put(part, form.scaled(power, number.get())));
        } else if (number.isPresent() && Fraction.of(base).isPresent()) {
            multiply(Fraction.of(base).get(), number.get());
        } else {
            put(number.isPresent() ? withoutSquare(base, number.get()) : base, exponent);
        }
    }

    /** The exponent of a broken power: what is below it cannot be negative, so that a power of it is one of its base. */
    private static Optional<Fraction> rootOf(Expr base) {
        return base.isCallOf(Operator.POWER)
                ? Fraction.of(((Call) base).argument(1)).filter(number -> !number.isInteger())
                : Optional.empty();
    }

    /** What of a product stays under a root; the number that does not is multiplied. */
    private Expr withoutSquare(Expr base, Fraction exponent) {
        Product product = Product.read(base);
        Fraction square = product.number();
        if (square.isOne() || square.isNegative() || square.power(exponent).isEmpty()) {
            return base;
        }
        multiply(square, exponent);
        return form.arrangement().product(product.withNumber(Fraction.ONE));
    }

    private void put(Expr base, Expr exponent) {
        if (base == Constant.ONE) {
            return;
        }
        Expr before = powers.remove(base);
        if (before == null) {
            powers.put(base, exponent);
            return;
        }
        Expr after = form.sumOf(before, exponent);
        if (after != Constant.ZERO) {
            // Where roots of it have made up a whole power, a base may be taken apart.
            boolean whole = Fraction.of(after).map(Fraction::isInteger).orElse(false);
            if (whole && isComposite(base)) {
                power(base, after);
            } else {
                powers.put(base, after);
            }
        }
    }

    /** Whether {@code base} is a product of numbers above 0, such as 2π, so that any power of it is one of its parts. */
    private static boolean isPositive(Expr base) {
        Product product = Product.read(base);
        return !product.number().isNegative()
                && product.powers().entrySet().stream()
                        .allMatch(power -> power.getKey() instanceof Constant constant
                                && constant.value() > 0
                                && Fraction.of(power.getValue()).isPresent());
    }

    /** Whether a whole power of {@code base} is to be taken of its parts. */
    private static boolean isComposite(Expr base) {
        Product product = Product.read(base);
        return !product.powers().containsKey(base);
    }
}
