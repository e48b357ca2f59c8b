package dev.gradc.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An integer expression as a constant plus multiples of what is not a sum: {@code 10*n + 2*i + r - 1}.
 *
 * @param terms each with its factor, in the order of the text; no factor is 0
 */
public record Affine(Map<Expr, Long> terms, long constant) {

    public Affine {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    public static Affine of(Expr expression) {
        if (expression instanceof Constant constant && constant.isInteger()) {
            return new Affine(Map.of(), (long) constant.value());
        }
        if (expression instanceof Call call && call.function() instanceof Operator operator) {
            switch (operator) {
                case ADD -> {
                    return of(call.argument(0)).plus(of(call.argument(1)));
                }
                case SUBTRACT -> {
                    return of(call.argument(0)).plus(of(call.argument(1)).times(-1));
                }
                case NEGATE -> {
                    return of(call.argument(0)).times(-1);
                }
                case MULTIPLY -> {
                    Affine a = of(call.argument(0));
                    Affine b = of(call.argument(1));
                    if (a.terms.isEmpty()) {
                        return b.times(a.constant);
                    }
                    if (b.terms.isEmpty()) {
                        return a.times(b.constant);
                    }
                }
                case DIVIDE -> {
                    Affine quotient = exactQuotient(call);
                    if (quotient != null) {
                        return quotient;
                    }
                }
                case REMAINDER -> {
                    Affine remainder = remainder(call);
                    if (remainder != null) {
                        return remainder;
                    }
                }
                default -> {}
            }
        }
        return new Affine(Map.of(expression, 1L), 0);
    }

    /** {@code (8*i + 4*j)/4} as {@code 2*i + j}; null if a factor does not divide. */
    private static Affine exactQuotient(Call division) {
        Affine dividend = of(division.argument(0));
        long divisor = constantOf(division.argument(1));
        boolean divides = divisor > 0
                && dividend.constant % divisor == 0
                && dividend.terms.values().stream().allMatch(factor -> factor % divisor == 0);
        if (!divides) {
            return null;
        }
        Map<Expr, Long> terms = new LinkedHashMap<>();
        dividend.terms.forEach((term, factor) -> terms.put(term, factor / divisor));
        return new Affine(terms, dividend.constant / divisor);
    }

    /** {@code (k - k%4) % 16} as {@code k%16 - k%4}, where one divisor divides the other; null for anything else. */
    private static Affine remainder(Call call) {
        Affine dividend = of(call.argument(0));
        long divisor = constantOf(call.argument(1));
        if (divisor <= 0 || dividend.constant != 0 || dividend.terms.size() != 2) {
            return null;
        }
        List<Map.Entry<Expr, Long>> terms = List.copyOf(dividend.terms.entrySet());
        Expr whole = terms.get(0).getKey();
        boolean multiple = terms.get(0).getValue() == 1
                && terms.get(1).getValue() == -1
                && terms.get(1).getKey() instanceof Call part
                && part.function() == Operator.REMAINDER
                && part.argument(0) == whole
                && constantOf(part.argument(1)) > 0
                && divisor % constantOf(part.argument(1)) == 0;
        return multiple
                ? of(Call.of(Operator.REMAINDER, whole, Constant.of(divisor)))
                        .plus(of(terms.get(1).getKey()).times(-1))
                : null;
    }

    private static long constantOf(Expr expression) {
        return expression instanceof Constant constant && constant.isInteger() ? (long) constant.value() : 0;
    }

    /** {@code factor} times a term: {@code 16*((k - k%16)/16)}, where divisions are exact, is {@code k - k%16}. */
    private static Affine product(Expr term, long factor) {
        if (term instanceof Call call) {
            long divisor = constantOf(call.arguments().get(call.arguments().size() - 1));
            if (call.function() == Operator.DIVIDE && divisor > 0 && factor % divisor == 0) {
                return of(call.argument(0)).times(factor / divisor);
            }
            // 4*(a/4 % 6), where 4 divides a, is a % 24.
            if (call.function() == Operator.REMAINDER
                    && divisor > 0
                    && call.argument(0) instanceof Call quotient
                    && quotient.function() == Operator.DIVIDE) {
                long by = constantOf(quotient.argument(1));
                if (by > 0 && factor % by == 0 && divisor * by <= Integer.MAX_VALUE) {
                    return of(Call.of(Operator.REMAINDER, quotient.argument(0), Constant.of(divisor * by)))
                            .times(factor / by);
                }
            }
        }
        return new Affine(Map.of(term, factor), 0);
    }

    /** The place of an element in an array of these extents, row by row; all extents but the first must be constants. */
    public static Affine offset(List<Expr> subscripts, List<Expr> extents) {
        Affine offset = new Affine(Map.of(), 0);
        for (int axis = 0; axis < subscripts.size(); axis++) {
            long extent = axis == 0 ? 0 : (long) ((Constant) extents.get(axis)).value();
            offset = offset.times(extent).plus(of(subscripts.get(axis)));
        }
        return offset;
    }

    public Affine plus(Affine other) {
        Map<Expr, Long> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((term, factor) -> sum.merge(term, factor, Long::sum));
        sum.values().removeIf(factor -> factor == 0);
        return new Affine(sum, constant + other.constant);
    }

    public Affine times(long factor) {
        if (factor == 0) {
            return new Affine(Map.of(), 0);
        }
        Affine product = new Affine(Map.of(), constant * factor);
        for (Map.Entry<Expr, Long> entry : terms.entrySet()) {
            product = product.plus(product(entry.getKey(), entry.getValue() * factor));
        }
        return product;
    }

    /** As an expression, written as it would be by hand. */
    public Expr toExpr() {
        Expr sum = null;
        for (Map.Entry<Expr, Long> entry : terms.entrySet()) {
            long factor = entry.getValue();
            Expr term = times(Math.abs(factor), entry.getKey());
            sum = sum == null ? (factor < 0 ? Call.of(Operator.NEGATE, term) : term) : join(sum, factor < 0, term);
        }
        if (sum == null) {
            return Constant.of(constant);
        }
        return constant == 0 ? sum : join(sum, constant < 0, Constant.of(Math.abs(constant)));
    }

    private static Expr times(long factor, Expr term) {
        return factor == 1 ? term : Call.of(Operator.MULTIPLY, Constant.of(factor), term);
    }

    private static Expr join(Expr sum, boolean minus, Expr term) {
        return Call.of(minus ? Operator.SUBTRACT : Operator.ADD, sum, term);
    }
}
