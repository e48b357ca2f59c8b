package dev.gradc.algebra;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import dev.gradc.simplify.RuleSet;
import dev.gradc.simplify.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last touch to a normal form: {@code x^0.5} becomes the root it is, by rules, and {@code -(a - b)*x} becomes {@code x*(b - a)}. */
final class Finish {

    private final RuleSet rules;
    private final NormalForm form;
    private final Map<Expr, Expr> done = new HashMap<>();

    Finish(RuleSet rules, NormalForm form) {
        this.rules = rules;
        this.form = form;
    }

    Expr of(Expr expression) {
        Expr known = done.get(expression);
        if (known == null) {
            known = expression instanceof Access ? expression : finished(expression);
            done.put(expression, known);
        }
        return known;
    }

    private Expr finished(Expr expression) {
        Product product = Product.read(expression);
        if (!product.powers().containsKey(expression) && !product.powers().isEmpty()) {
            return form.arrangement().product(finished(withOneRoot(product)));
        }
        Expr rebuilt = expression.withEach(this::of);
        return rules.step(rebuilt).map(Step::after).orElse(rebuilt);
    }

    /** The roots of numbers as one, {@code sqrt(2*pi)} or {@code sqrt(2/3)}; what divides the number before them is cancelled. */
    private Product withOneRoot(Product product) {
        Fraction number = product.number();
        Fraction radicand = Fraction.ONE;
        Map<Expr, Expr> rest = new LinkedHashMap<>();
        Map<Expr, Expr> constants = new LinkedHashMap<>();
        for (Map.Entry<Expr, Expr> power : product.powers().entrySet()) {
            Optional<Fraction> exponent = Fraction.of(power.getValue());
            Optional<Fraction> more =
                    Fraction.of(power.getKey()).filter(Fraction::isInteger).flatMap(radicand::times);
            if (!(power.getKey() instanceof Constant)
                    || !exponent.map(Fraction::magnitude).equals(Optional.of(Fraction.HALF))) {
                rest.put(power.getKey(), power.getValue());
            } else if (more.isPresent() && !exponent.get().isNegative()) {
                radicand = more.get();
            } else {
                constants.put(power.getKey(), exponent.get().isNegative() ? Constant.of(-1) : Constant.ONE);
            }
        }
        Fraction square = radicand.square();
        Fraction left = square.inverse()
                .power(Fraction.integer(2))
                .flatMap(radicand::times)
                .orElse(radicand);
        Fraction cancelled = Fraction.integer(number.denominator()).commonDivisor(left);
        Optional<Fraction> whole = number.times(square).flatMap(cancelled::times);
        Optional<Fraction> root = cancelled.inverse().power(Fraction.integer(2)).flatMap(left::times);
        if (whole.isEmpty() || root.isEmpty()) {
            return product;
        }
        boolean under = root.get().numerator() == 1 && !constants.containsValue(Constant.ONE);
        Product inside = new Product(under ? root.get().inverse() : root.get(), constants);
        if (under) {
            inside.powers().replaceAll((base, exponent) -> Constant.ONE);
        }
        Expr base = form.arrangement().product(inside);
        if (base != Constant.ONE) {
            rest.put(base, (under ? Fraction.HALF.negate() : Fraction.HALF).exponent());
        }
        return new Product(whole.get(), rest);
    }

    private Product finished(Product product) {
        Fraction number = product.number();
        Map<Expr, Expr> powers = new LinkedHashMap<>();
        for (Map.Entry<Expr, Expr> power : product.powers().entrySet()) {
            Expr base = power.getKey();
            if (isOdd(power.getValue()) && isBetterNegated(base, number.isNegative())) {
                number = number.negate();
                base = form.arrangement().sum(form.sums().read(base).negate(), false);
            }
            put(of(base), power.getValue(), powers);
        }
        return new Product(number, powers);
    }

    private void put(Expr base, Expr exponent, Map<Expr, Expr> powers) {
        Optional<Fraction> number = Fraction.of(exponent);
        boolean below = number.map(Fraction::isNegative).orElse(false);
        Expr above = below ? number.get().negate().exponent() : of(exponent);
        Optional<Step> step =
                above == Constant.ONE ? Optional.empty() : rules.step(Call.of(Operator.POWER, base, above));
        if (step.isPresent()) {
            merge(step.get().after(), below ? Fraction.MINUS_ONE.exponent() : Constant.ONE, powers);
        } else if (number.map(Fraction::isInteger).orElse(false) && base.isCallOf(Operator.POWER)) {
            // What a rule has made of a base may be a power itself: (sec(x)^2)^3.
            Call power = (Call) base;
            merge(power.argument(0), form.scaled(power.argument(1), number.get()), powers);
        } else {
            merge(base, below ? exponent : above, powers);
        }
    }

    /** Multiplies by a power, whose base another factor may have become already. */
    private void merge(Expr base, Expr exponent, Map<Expr, Expr> powers) {
        Expr before = powers.get(base);
        Expr after = before == null ? exponent : form.sumOf(before, exponent);
        if (after == Constant.ZERO) {
            powers.remove(base);
        } else {
            powers.put(base, after);
        }
    }

    private static boolean isOdd(Expr exponent) {
        return Fraction.of(exponent)
                .map(number -> number.isInteger() && !number.isEven())
                .orElse(false);
    }

    /** Whether a sign fits better before a sum or, if it has one there, into it: {@code -(a + b)*x}, {@code x*(b - a)}. */
    private boolean isBetterNegated(Expr base, boolean signed) {
        if (!base.isSum()) {
            return false;
        }
        Sum sum = form.sums().read(base);
        return signed ? 2 * sum.negatives() >= sum.size() : sum.negatives() == sum.size();
    }
}
