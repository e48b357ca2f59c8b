package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A product: a number, and powers as bases with their exponents, which are numbers or expressions. */
record Product(Fraction number, Map<Expr, Expr> powers) {

    /** Products of more nodes are not taken apart, so that sharing one costs no more than its parts do. */
    private static final int SHORT = 64;

    /** The factors of a short product in normal form; any other expression is its own only factor. */
    static Product read(Expr expression) {
        if (!isChain(expression, Expr::isProduct, SHORT)) {
            return new Product(Fraction.ONE, Map.of(expression, Constant.ONE));
        }
        Reader reader = new Reader();
        reader.read(expression, false);
        return new Product(reader.number, reader.powers);
    }

    /** Whether what {@code isLink} holds for, from the root down, has at most {@code most} nodes with the ends of the chain. */
    static boolean isChain(Expr root, Predicate<Expr> isLink, int most) {
        return rest(root, isLink, most) >= 0;
    }

    // How many more nodes there may be after those of the chain; also one to the right is given up in time.
    private static int rest(Expr node, Predicate<Expr> isLink, int limit) {
        if (limit <= 0 || !isLink.test(node)) {
            return limit - 1;
        }
        Call call = (Call) node;
        return rest(call.argument(0), isLink, rest(call.argument(1), isLink, limit - 1));
    }

    Product withNumber(Fraction newNumber) {
        return new Product(newNumber, powers);
    }

    /** This so many times; where that takes too many digits for one number, the one that was there stays a factor of its own. */
    Product times(Fraction factor) {
        Optional<Fraction> product = number.times(factor);
        if (product.isPresent()) {
            return withNumber(product.get());
        }
        Map<Expr, Expr> more = new LinkedHashMap<>(powers);
        more.merge(number.expression(), Constant.ONE, (a, b) -> Call.of(Operator.ADD, a, b));
        return new Product(factor, more);
    }

    private static final class Reader {

        private Fraction number = Fraction.ONE;
        private final Map<Expr, Expr> powers = new LinkedHashMap<>();

        void read(Expr expression, boolean inverse) {
            Optional<Fraction> multiplied =
                    expression instanceof Constant ? multiplied(expression, inverse) : Optional.empty();
            if (multiplied.isPresent()) {
                number = multiplied.get();
            } else if (expression instanceof Constant constant && constant.value() < 0) {
                number = number.negate();
                read(Constant.of(-constant.value()), inverse);
            } else if (expression.isCallOf(Operator.NEGATE)) {
                number = number.negate();
                read(((Call) expression).argument(0), inverse);
            } else if (expression.isCallOf(Operator.MULTIPLY)) {
                read(((Call) expression).argument(0), inverse);
                read(((Call) expression).argument(1), inverse);
            } else if (expression.isCallOf(Operator.DIVIDE)) {
                read(((Call) expression).argument(0), inverse);
                read(((Call) expression).argument(1), !inverse);
            } else if (expression.isCallOf(Operator.POWER)) {
                Expr exponent = ((Call) expression).argument(1);
                put(((Call) expression).argument(0), inverse ? negated(exponent) : exponent);
            } else {
                put(expression, inverse ? Constant.of(-1) : Constant.ONE);
            }
        }

        // Empty for what is not exact, a zero below the bar, and where it takes too many digits.
        private Optional<Fraction> multiplied(Expr constant, boolean inverse) {
            return Fraction.of(constant)
                    .filter(factor -> !(inverse && factor.isZero()))
                    .flatMap(factor -> number.times(inverse ? factor.inverse() : factor));
        }

        // A base comes twice only where a long product had been kept as one factor.
        private void put(Expr base, Expr exponent) {
            powers.merge(base, exponent, (a, b) -> {
                Optional<Fraction> sum =
                        Fraction.of(a).flatMap(p -> Fraction.of(b).flatMap(p::plus));
                return sum.map(Fraction::exponent).orElseGet(() -> Call.of(Operator.ADD, a, b));
            });
        }

        // In a denominator the normal form has numbers only as exponents.
        private static Expr negated(Expr exponent) {
            return Fraction.of(exponent).orElseThrow().negate().exponent();
        }
    }
}
