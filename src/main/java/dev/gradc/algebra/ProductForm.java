package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import dev.gradc.simplify.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The normal form of products: a number, and the bases with their exponents, like ones together. */
final class ProductForm {

    private final NormalForm form;
    private final RuleSet rules;

    ProductForm(NormalForm form, RuleSet rules) {
        this.form = form;
        this.rules = rules;
    }

    /** A chain of products, quotients, signs and powers in normal form. */
    Expr of(Expr raw) {
        ProductBuilder factors = new ProductBuilder(form);
        gather(raw, Fraction.ONE, factors, true);
        return finished(factors);
    }

    private void gather(Expr raw, Fraction exponent, ProductBuilder factors, boolean root) {
        if ((root || form.isUsedOnce(raw))
                && raw instanceof Call call
                && call.function() instanceof Operator operator) {
            switch (operator) {
                case MULTIPLY, DIVIDE -> {
                    gather(call.argument(0), exponent, factors, false);
                    boolean over = operator == Operator.DIVIDE;
                    gather(call.argument(1), over ? exponent.negate() : exponent, factors, false);
                    return;
                }
                case NEGATE -> {
                    factors.multiply(Fraction.MINUS_ONE, exponent);
                    gather(call.argument(0), exponent, factors, false);
                    return;
                }
                case POWER -> {
                    Expr power = form.of(call.argument(1));
                    Optional<Fraction> whole =
                            Fraction.of(power).filter(Fraction::isInteger).flatMap(exponent::times);
                    if (whole.isEmpty()) {
                        factors.power(form.of(call.argument(0)), form.scaled(power, exponent));
                    } else if (!whole.get().isZero()) {
                        gather(call.argument(0), whole.get(), factors, false);
                    }
                    return;
                }
                default -> {}
            }
        }
        factors.multiply(form.of(raw), exponent);
    }

    Expr finished(ProductBuilder factors) {
        while (!factors.isZero()
                && factors.size() <= NormalForm.FEW
                && (applyToPower(factors)
                        || applyToPairs(factors)
                        || form.factoring().clear(factors))) {
            // Each step may make room for another.
        }
        Expr result = built(factors);
        return form.replaced(result).orElse(result);
    }

    private Expr built(ProductBuilder factors) {
        Product product = factors.product();
        if (product.powers().size() == 1 && product.number().magnitude().isOne()) {
            Map.Entry<Expr, Expr> only = product.powers().entrySet().iterator().next();
            if (only.getKey().isSum() && only.getValue() == Constant.ONE) {
                return product.number().isOne()
                        ? only.getKey()
                        : form.arrangement().sum(form.sums().read(only.getKey()).negate(), true);
            }
        }
        return form.arrangement().product(product);
    }

    private boolean applyToPower(ProductBuilder factors) {
        if (rules.hasRulesFor(Operator.POWER)) {
            for (Map.Entry<Expr, Expr> power : List.copyOf(factors.powers().entrySet())) {
                Optional<Fraction> number = Fraction.of(power.getValue());
                boolean below = number.map(Fraction::isNegative).orElse(false);
                Expr exponent = below ? number.get().negate().exponent() : power.getValue();
                Optional<Expr> made = exponent == Constant.ONE
                        ? Optional.empty()
                        : form.replaced(Call.of(Operator.POWER, power.getKey(), exponent));
                if (made.isPresent()) {
                    factors.remove(power.getKey());
                    factors.multiply(made.get(), below ? Fraction.MINUS_ONE : Fraction.ONE);
                    return true;
                }
            }
        }
        return false;
    }

    /** Uses the first rule that fits {@code a*b} or {@code a/b} for two bases to powers of equal size. */
    private boolean applyToPairs(ProductBuilder factors) {
        if (!rules.hasRulesFor(Operator.MULTIPLY) && !rules.hasRulesFor(Operator.DIVIDE)) {
            return false;
        }
        List<Map.Entry<Expr, Expr>> powers = List.copyOf(factors.powers().entrySet());
        for (Map.Entry<Expr, Expr> first : powers) {
            for (Map.Entry<Expr, Expr> second : powers) {
                boolean same = first.getValue() == second.getValue();
                boolean over = !isBelow(first.getValue()) && isOpposite(first.getValue(), second.getValue());
                if (first != second && (same || over)) {
                    Operator operator = same ? Operator.MULTIPLY : Operator.DIVIDE;
                    Optional<Expr> made = form.replaced(Call.of(operator, first.getKey(), second.getKey()));
                    if (made.isPresent()) {
                        factors.remove(first.getKey());
                        factors.remove(second.getKey());
                        factors.multiply(form.of(Call.of(Operator.POWER, made.get(), first.getValue())), Fraction.ONE);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether one exponent is the other's negative; of long sums nobody asks. */
    private boolean isOpposite(Expr exponent, Expr other) {
        return exponent.isSum() == other.isSum()
                && (!other.isSum() || SumForm.isShortSum(other))
                && exponent == form.scaled(other, Fraction.MINUS_ONE);
    }

    private static boolean isBelow(Expr exponent) {
        return Fraction.of(exponent).map(Fraction::isNegative).orElse(false);
    }
}
