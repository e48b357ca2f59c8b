package dev.gradc.algebra;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.simplify.Fraction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes products and sums the way a mathematician does. A product is one quotient with its sign in front; factors stand in
 * the order number, named constants, variables by name, functions as they first appeared, sums. The terms of a sum keep the order in
 * which a person wrote them; else polynomials are in falling order and a number comes last; but a positive term comes first. What has
 * been written once, is written the same way ever after, so that equal products and sums are one expression.
 */
final class Arrangement {

    private enum Kind {
        CONSTANT,
        VARIABLE,
        SYMBOLIC_POWER,
        FUNCTION,
        SUM
    }

    private record Factor(Expr base, Expr exponent, Kind kind, String name, int order) {}

    /** How a sum was written, and how many had been before it. */
    private record Written(Expr expression, int order) {}

    private static final Comparator<Factor> ORDER =
            Comparator.comparing(Factor::kind).thenComparing(Factor::name).thenComparing(Factor::order);

    private final Map<Expr, Integer> factors = new HashMap<>();
    private final Map<Map<Expr, Fraction>, Written> sums = new HashMap<>();

    /** {@code number*a*b^2/(c*d)}. */
    Expr product(Product product) {
        Fraction number = product.number();
        if (number.isZero() && !isOverZero(product) || product.powers().isEmpty()) {
            return number.expression();
        }
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        if (!number.isInteger() && !number.isDecimal()) {
            below.add(Constant.of(number.denominator()));
        }
        for (Factor factor : sorted(product.powers())) {
            Fraction exponent = Fraction.of(factor.exponent).orElse(Fraction.ONE);
            if (exponent.isNegative()) {
                below.add(power(factor.base, exponent.negate().exponent()));
            } else {
                above.add(power(factor.base, factor.exponent));
            }
        }
        double size = number.isDecimal() ? Math.abs(number.value()) : Math.abs(number.numerator());
        if (size != 1 || above.isEmpty()) {
            above.add(0, Constant.of(number.isNegative() ? -size : size));
        } else if (number.isNegative()) {
            above.set(0, Call.of(Operator.NEGATE, above.get(0)));
        }
        return below.isEmpty() ? chain(above) : Call.of(Operator.DIVIDE, chain(above), chain(below));
    }

    // 0/0 has no value, and is not hidden.
    private static boolean isOverZero(Product product) {
        return product.powers().containsKey(Constant.ZERO);
    }

    /**
     * {@code a + 2*b - c}. A sum of these terms that has been written before is written the same way.
     *
     * @param typed whether the order of the terms is a person's
     */
    Expr sum(Sum sum, boolean typed) {
        Written known = sums.get(sum.terms());
        if (known != null) {
            return known.expression;
        }
        List<Map.Entry<Expr, Fraction>> entries = new ArrayList<>(sum.terms().entrySet());
        if (!typed) {
            entries.sort(Comparator.comparing(Arrangement::isNumber));
            if (entries.stream().allMatch(entry -> degree(entry.getKey()) >= 0)) {
                entries.sort(Comparator.comparing(entry -> -degree(entry.getKey())));
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).getValue().isNegative()) {
                entries.add(0, entries.remove(i));
                break;
            }
        }
        Expr result = null;
        for (Map.Entry<Expr, Fraction> entry : entries) {
            Fraction number = entry.getValue();
            boolean first = result == null;
            Expr term = term(entry.getKey(), first ? number : number.magnitude());
            result = first ? term : Call.of(number.isNegative() ? Operator.SUBTRACT : Operator.ADD, result, term);
        }
        if (entries.size() > 1) {
            sums.put(Map.copyOf(sum.terms()), new Written(result, sums.size()));
        }
        return result == null ? Constant.ZERO : result;
    }

    /** Whether exactly this sum has been written. */
    boolean isKnown(Sum sum) {
        return sums.containsKey(sum.terms());
    }

    /** Whether the sum was written later than its negative: what tells {@code a - b} from {@code b - a}. */
    boolean isYoungerThanItsNegative(Sum sum) {
        Written negative = sums.get(sum.negate().terms());
        Written written = sums.get(sum.terms());
        return negative != null && (written == null || written.order > negative.order);
    }

    private static boolean isNumber(Map.Entry<Expr, Fraction> term) {
        return term.getKey() == Constant.ONE;
    }

    /** The degree of a term in variables only; negative if it is none. */
    private static long degree(Expr term) {
        if (term == Constant.ONE) {
            return 0;
        }
        long degree = 0;
        for (Map.Entry<Expr, Expr> power : Product.read(term).powers().entrySet()) {
            Fraction exponent = Fraction.of(power.getValue()).orElse(Fraction.MINUS_ONE);
            if (kind(power.getKey(), power.getValue()) != Kind.VARIABLE
                    || exponent.isNegative()
                    || !exponent.isInteger()) {
                return -1;
            }
            degree += exponent.numerator();
        }
        return degree;
    }

    private Expr term(Expr term, Fraction number) {
        return term == Constant.ONE
                ? number.expression()
                : product(Product.read(term).times(number));
    }

    private List<Factor> sorted(Map<Expr, Expr> powers) {
        List<Factor> sorted = new ArrayList<>(powers.size());
        powers.forEach((base, exponent) -> {
            int order = factors.computeIfAbsent(base, b -> factors.size());
            Kind kind = kind(base, exponent);
            sorted.add(new Factor(base, exponent, kind, kind == Kind.VARIABLE ? base.toString() : "", order));
        });
        sorted.sort(ORDER);
        return sorted;
    }

    private static Kind kind(Expr base, Expr exponent) {
        boolean number = Fraction.of(exponent).isPresent();
        if (base instanceof Constant) {
            return number ? Kind.CONSTANT : Kind.FUNCTION;
        }
        if (base instanceof Access || base instanceof Index) {
            return number ? Kind.VARIABLE : Kind.SYMBOLIC_POWER;
        }
        return base.isSum() ? Kind.SUM : Kind.FUNCTION;
    }

    private static Expr power(Expr base, Expr exponent) {
        return exponent == Constant.ONE ? base : Call.of(Operator.POWER, base, exponent);
    }

    private static Expr chain(List<Expr> factors) {
        Expr result = factors.get(0);
        for (Expr factor : factors.subList(1, factors.size())) {
            result = Call.of(Operator.MULTIPLY, result, factor);
        }
        return result;
    }
}
