package dev.gradc.algebra;

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

    /** Whether {@code expression}, as a real number, is 0 wherever {@code guard} does not hold. Linear time. */
    static boolean vanishes(Expr expression, Expr guard) {
        Set<Expr> terms = new HashSet<>();
        collectTerms(expression, terms);
        return terms.stream()
                .filter(term -> !term.isSum() && !term.isCallOf(Operator.NEGATE))
                .allMatch(term -> termVanishes(term, factors(term), guard));
    }

    private static boolean termVanishes(Expr term, Set<Expr> factors, Expr guard) {
        if (term instanceof Select select && isZeroUnless(guard, select)) {
            return true;
        }
        if (!(guard instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return false;
        }
        return switch (operator) {
            case OR -> termVanishes(term, factors, call.argument(0)) || termVanishes(term, factors, call.argument(1));
            case AND -> termVanishes(term, factors, call.argument(0)) && termVanishes(term, factors, call.argument(1));
            case NOT_EQUAL -> call.argument(1) == Constant.ZERO && factors.contains(call.argument(0));
            case NOT -> isZeroAnd(call.argument(0), factors);
            default -> false;
        };
    }

    private static boolean isZeroUnless(Expr guard, Select select) {
        Expr condition = select.condition();
        return select.otherwise() == Constant.ZERO && condition == guard
                || select.then() == Constant.ZERO
                        && (guard == not(condition) || guard == Call.of(Operator.NOT, condition));
    }

    /** Whether {@code condition} is {@code c == 0}, alone or with more, for one of {@code factors}. */
    private static boolean isZeroAnd(Expr condition, Set<Expr> factors) {
        if (!(condition instanceof Call call)) {
            return false;
        }
        if (call.function() == Operator.EQUAL) {
            return call.argument(1) == Constant.ZERO && factors.contains(call.argument(0));
        }
        return call.function() == Operator.AND
                && (isZeroAnd(call.argument(0), factors) || isZeroAnd(call.argument(1), factors));
    }

    private static void collectTerms(Expr expression, Set<Expr> terms) {
        if (terms.add(expression) && (expression.isSum() || expression.isCallOf(Operator.NEGATE))) {
            expression.children().forEach(child -> collectTerms(child, terms));
        }
    }

    /** What {@code product} is a multiple of, itself included. */
    private static Set<Expr> factors(Expr product) {
        Set<Expr> factors = new HashSet<>();
        collectFactors(product, factors);
        return factors;
    }

    private static void collectFactors(Expr expression, Set<Expr> factors) {
        if (factors.add(expression) && expression instanceof Call call) {
            if (call.function() == Operator.MULTIPLY) {
                collectFactors(call.argument(0), factors);
                collectFactors(call.argument(1), factors);
            } else if (call.function() == Operator.DIVIDE || call.function() == Operator.NEGATE) {
                collectFactors(call.argument(0), factors);
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
