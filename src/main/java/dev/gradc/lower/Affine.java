package dev.gradc.lower;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An integer expression as a constant plus multiples of what is not a sum: {@code 10*n + 2*i + r - 1}.
 *
 * @param terms each with its factor, in the order of the text; no factor is 0
 */
record Affine(Map<Expr, Long> terms, long constant) {

    Affine {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }

    static Affine of(Expr expression) {
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
                default -> {}
            }
        }
        return new Affine(Map.of(expression, 1L), 0);
    }

    /** The place of an element in an array of these extents, row by row; all extents but the first must be constants. */
    static Affine offset(List<Expr> subscripts, List<Expr> extents) {
        Affine offset = new Affine(Map.of(), 0);
        for (int axis = 0; axis < subscripts.size(); axis++) {
            long extent = axis == 0 ? 0 : (long) ((Constant) extents.get(axis)).value();
            offset = offset.times(extent).plus(of(subscripts.get(axis)));
        }
        return offset;
    }

    Affine plus(Affine other) {
        Map<Expr, Long> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((term, factor) -> sum.merge(term, factor, Long::sum));
        sum.values().removeIf(factor -> factor == 0);
        return new Affine(sum, constant + other.constant);
    }

    Affine times(long factor) {
        if (factor == 0) {
            return new Affine(Map.of(), 0);
        }
        Map<Expr, Long> product = new LinkedHashMap<>();
        terms.forEach((term, f) -> product.put(term, f * factor));
        return new Affine(product, constant * factor);
    }

    /** As an expression, written as it would be by hand. */
    Expr toExpr() {
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
