package dev.gradc.diff;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import java.util.Optional;

/**
 * The derivative of a scalar with respect to a subexpression: {@code value} where {@code guard} holds, else 0. The guard keeps what
 * stands on the side of a selection that is not taken from being evaluated: there is no {@code 0*NaN}.
 *
 * @param guard null if it always holds
 * @param vanishes whether {@code value} itself is 0 where the guard does not hold, as a sum is of which each part has a guard
 */
record Adjoint(Expr guard, Expr value, boolean vanishes) {

    static final Adjoint ONE = new Adjoint(null, Constant.ONE);

    Adjoint(Expr guard, Expr value) {
        this(guard, value, guard == null);
    }

    static Adjoint of(Expr value) {
        return new Adjoint(null, value);
    }

    /** The whole as one expression. */
    Expr expression() {
        return vanishes ? value : Select.of(guard, value, Constant.ZERO);
    }

    /** The same, only where {@code condition} holds, too. */
    Adjoint where(Expr condition) {
        return new Adjoint(guard == null ? condition : Call.of(Operator.AND, guard, condition), value);
    }

    Adjoint plus(Adjoint other) {
        if (guard == other.guard) {
            return new Adjoint(guard, sum(value, other.value), vanishes && other.vanishes);
        }
        if (guard != null && other.guard != null && guard == not(other.guard)) {
            // The condition as the source has it.
            boolean negated = guard.isCallOf(Operator.NOT);
            return negated ? other.plus(this) : new Adjoint(null, Select.of(guard, value, other.value));
        }
        Expr either = guard == null || other.guard == null ? null : Call.of(Operator.OR, guard, other.guard);
        return new Adjoint(either, sum(expression(), other.expression()), true);
    }

    /** One step of the chain rule; null if the local derivative is 0. */
    Adjoint times(Expr partial) {
        if (isZero(partial)) {
            return null;
        }
        if (partial instanceof Select select) {
            Optional<Boolean> decided = Conditions.decide(select.condition());
            if (decided.isPresent()) {
                return times(decided.get() ? select.then() : select.otherwise());
            }
            if (isZero(select.otherwise())) {
                return where(select.condition()).times(select.then());
            }
            if (isZero(select.then())) {
                return where(not(select.condition())).times(select.otherwise());
            }
            return new Adjoint(
                    guard,
                    Select.of(select.condition(), product(value, select.then()), product(value, select.otherwise())));
        }
        return new Adjoint(guard, product(value, partial));
    }

    static Expr not(Expr condition) {
        return condition instanceof Call call && call.function() == Operator.NOT
                ? call.argument(0)
                : Call.of(Operator.NOT, condition);
    }

    static Expr sum(Expr a, Expr b) {
        if (b instanceof Call call && call.function() == Operator.NEGATE) {
            return Call.of(Operator.SUBTRACT, a, call.argument(0));
        }
        return Call.of(Operator.ADD, a, b);
    }

    /** A product without factors of 1, its sign outside, a reciprocal as a division. */
    static Expr product(Expr a, Expr b) {
        if (a == Constant.ONE) {
            return b;
        }
        if (b == Constant.ONE) {
            return a;
        }
        if (isZero(a) || isZero(b)) {
            return Constant.ZERO;
        }
        if (a instanceof Call call && call.function() == Operator.NEGATE) {
            return Call.negated(product(call.argument(0), b));
        }
        if (b instanceof Call call && call.function() == Operator.NEGATE) {
            return Call.negated(product(a, call.argument(0)));
        }
        if (a instanceof Constant constant && constant.value() == -1) {
            return Call.negated(b);
        }
        if (b instanceof Constant constant && constant.value() == -1) {
            return Call.negated(a);
        }
        if (b instanceof Call call && call.function() == Operator.DIVIDE) {
            if (call.argument(0) == Constant.ONE) {
                return Call.of(Operator.DIVIDE, a, call.argument(1));
            }
            if (call.argument(0) instanceof Call top && top.function() == Operator.NEGATE) {
                Expr quotient = Call.of(Operator.DIVIDE, top.argument(0), call.argument(1));
                return Call.negated(product(a, quotient));
            }
        }
        return Call.of(Operator.MULTIPLY, a, b);
    }

    static boolean isZero(Expr expression) {
        return expression instanceof Constant constant && constant.value() == 0;
    }
}
