package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import java.util.HashSet;
import java.util.Set;

/** Recognises the guards that the derivative table puts around products: where they do not hold, a factor is 0. */
final class Guards {

    private Guards() {}

    /** Whether {@code expression}, as a real number, is 0 wherever {@code guard} does not hold. */
    static boolean vanishes(Expr expression, Expr guard) {
        if (expression instanceof Select select && select.condition() == guard && select.otherwise() == Constant.ZERO) {
            return true;
        }
        if (expression instanceof Call call && Sum.isSum(call)) {
            return call.arguments().stream().allMatch(term -> vanishes(term, guard));
        }
        if (!(guard instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return false;
        }
        return switch (operator) {
            case OR -> vanishes(expression, call.argument(0)) || vanishes(expression, call.argument(1));
            case AND -> vanishes(expression, call.argument(0)) && vanishes(expression, call.argument(1));
            case NOT_EQUAL -> call.argument(1) == Constant.ZERO && hasFactor(expression, call.argument(0));
            case NOT -> isZeroAnd(call.argument(0), expression);
            default -> false;
        };
    }

    /** Whether {@code condition} is {@code c == 0}, alone or with more, for a factor c of {@code expression}. */
    private static boolean isZeroAnd(Expr condition, Expr expression) {
        if (!(condition instanceof Call call)) {
            return false;
        }
        return call.function() == Operator.EQUAL
                        && call.argument(1) == Constant.ZERO
                        && hasFactor(expression, call.argument(0))
                || call.function() == Operator.AND
                        && (isZeroAnd(call.argument(0), expression) || isZeroAnd(call.argument(1), expression));
    }

    private static boolean hasFactor(Expr product, Expr factor) {
        Set<Expr> above = new HashSet<>();
        collect(product, above);
        return above.contains(factor);
    }

    private static void collect(Expr expression, Set<Expr> above) {
        above.add(expression);
        if (expression instanceof Call call) {
            if (call.function() == Operator.MULTIPLY) {
                collect(call.argument(0), above);
                collect(call.argument(1), above);
            } else if (call.function() == Operator.DIVIDE || call.function() == Operator.NEGATE) {
                collect(call.argument(0), above);
            }
        }
    }

    static Expr not(Expr condition) {
        if (condition instanceof Call call) {
            if (call.function() == Operator.NOT) {
                return call.argument(0);
            }
            if (call.function() == Operator.EQUAL) {
                return Call.of(Operator.NOT_EQUAL, call.arguments());
            }
        }
        return Call.of(Operator.NOT, condition);
    }
}
