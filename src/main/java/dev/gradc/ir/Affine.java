package dev.gradc.ir;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An integer expression as a constant plus multiples of what is not a sum: {@code 10*n + 2*i + r - 1}.
 *
 * @param terms each with its factor, in the order of the text; no factor is 0
 */
public record Affine(Map<Expr, Long> terms, long constant) {

    public Affine {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    /** A constant alone. */
    public static Affine of(long constant) {
        return new Affine(Map.of(), constant);
    }

    public static Affine of(Expr expression) {
        if (expression instanceof Constant constant && constant.isInteger()) {
            return of((long) constant.value());
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
                    if (isSize(call.argument(1))) {
                        return a.times(call.argument(1));
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
        return dividend.over(divisor);
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

    /** The place of an element in an array of these extents, row by row. */
    public static Affine offset(List<Expr> subscripts, List<Expr> extents) {
        Affine offset = of(0);
        for (int axis = 0; axis < subscripts.size(); axis++) {
            offset = offset.times(extents.get(axis)).plus(of(subscripts.get(axis)));
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
            return of(0);
        }
        Affine product = of(constant * factor);
        for (Map.Entry<Expr, Long> entry : terms.entrySet()) {
            product = product.plus(product(entry.getKey(), entry.getValue() * factor));
        }
        return product;
    }

    /** The same with a factor that may be a size known only at run time: {@code k*batch + 2*batch} of {@code k + 2}. */
    public Affine times(Expr size) {
        if (size instanceof Constant known) {
            return times((long) known.value());
        }
        Map<Expr, Long> product = new LinkedHashMap<>();
        terms.forEach((term, factor) -> product.put(Call.of(Operator.MULTIPLY, term, size), factor));
        if (constant != 0) {
            product.put(size, constant);
        }
        return new Affine(product, 0);
    }

    /** As an expression, written as it would be by hand. */
    public Expr toExpr() {
        return terms.keySet().stream()
                .flatMap(term -> sizeIn(term).stream())
                .findFirst()
                .map(this::gathered)
                .orElseGet(() -> sum(null, this));
    }

    /** The last factor of a term, if it is a size known only at run time. */
    private static Optional<Expr> sizeIn(Expr term) {
        return term instanceof Call call && call.function() == Operator.MULTIPLY && isSize(call.argument(1))
                ? Optional.of(call.argument(1))
                : Optional.empty();
    }

    private static boolean isSize(Expr expression) {
        return expression instanceof Access access && access.tensor().role() == Tensor.Role.SIZE;
    }

    /** {@code 64*k*batch - 64*batch + 64*n + i} as {@code 64*((k - 1)*batch + n) + i}. */
    private Expr gathered(Expr size) {
        Map<Expr, Long> ofSize = new LinkedHashMap<>();
        Map<Expr, Long> others = new LinkedHashMap<>(terms);
        for (Expr term : terms.keySet()) {
            if (sizeIn(term).filter(size::equals).isPresent()) {
                ofSize.put(((Call) term).argument(0), others.remove(term));
            }
        }
        Long plain = others.remove(size);
        Affine rows = new Affine(ofSize, plain == null ? 0 : plain);
        long common = rows.divisor();
        Map<Expr, Long> beside = new LinkedHashMap<>();
        others.forEach((term, factor) -> {
            if (factor == common) {
                beside.put(term, 1L);
            }
        });
        others.keySet().removeAll(beside.keySet());
        Expr places = rows.over(common).toExpr();
        Expr first = beside.isEmpty()
                ? Call.of(Operator.MULTIPLY, times(common, places), size)
                : times(common, sum(Call.of(Operator.MULTIPLY, places, size), new Affine(beside, 0)));
        return sum(first, new Affine(others, constant));
    }

    /** Whether it is made of sizes known only at run time, and of constants. */
    public boolean isOfSizes() {
        return terms.keySet().stream().allMatch(Affine::isSize);
    }

    /** The greatest number that divides all of it. */
    public long divisor() {
        return terms.values().stream()
                .map(BigInteger::valueOf)
                .reduce(BigInteger.valueOf(constant), BigInteger::gcd)
                .longValueExact();
    }

    private Affine over(long divisor) {
        Map<Expr, Long> quotients = new LinkedHashMap<>();
        terms.forEach((term, factor) -> quotients.put(term, factor / divisor));
        return new Affine(quotients, constant / divisor);
    }

    /** {@code first}, if there is one, and after it the terms of {@code rest}. */
    private static Expr sum(Expr first, Affine rest) {
        Expr sum = first;
        for (Map.Entry<Expr, Long> entry : rest.terms.entrySet()) {
            long factor = entry.getValue();
            Expr term = times(Math.abs(factor), entry.getKey());
            sum = sum == null ? (factor < 0 ? Call.of(Operator.NEGATE, term) : term) : join(sum, factor < 0, term);
        }
        if (sum == null) {
            return Constant.of(rest.constant);
        }
        return rest.constant == 0 ? sum : join(sum, rest.constant < 0, Constant.of(Math.abs(rest.constant)));
    }

    private static Expr times(long factor, Expr term) {
        return factor == 1 ? term : Call.of(Operator.MULTIPLY, Constant.of(factor), term);
    }

    private static Expr join(Expr sum, boolean minus, Expr term) {
        return Call.of(minus ? Operator.SUBTRACT : Operator.ADD, sum, term);
    }
}
