package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import java.util.OptionalDouble;

/**
 * Evaluates operators whose operands are constants, exactly as a running program would: in IEEE doubles. Functions of the table
 * are never evaluated, since their last digit may differ between machines; nor is what has no finite value, so that
 * a division by zero stays visible.
 */
public final class Folding {

    private static final double EXACT_INTEGERS = 0x1p53;

    private Folding() {}

    /** {@code node} itself, or what it is worth; looks at the node and its operands only. */
    public static Expr fold(Expr node) {
        if (node instanceof Call call && call.function() instanceof Operator operator) {
            return operator.arity() == 1 ? unary(operator, call) : binary(operator, call);
        }
        if (node instanceof Select select) {
            if (select.condition() instanceof Constant condition) {
                return condition.value() != 0 ? select.then() : select.otherwise();
            }
            return select.then() == select.otherwise() ? select.then() : select;
        }
        return node;
    }

    private static Expr unary(Operator operator, Call call) {
        if (!(call.argument(0) instanceof Constant operand)) {
            return call;
        }
        return switch (operator) {
            case NEGATE -> Constant.of(-operand.value());
            case NOT -> truth(operand.value() == 0);
            default -> call;
        };
    }

    private static Expr binary(Operator operator, Call call) {
        Expr left = call.argument(0);
        Expr right = call.argument(1);
        if (left instanceof Constant a && right instanceof Constant b) {
            OptionalDouble value = value(operator, a.value(), b.value());
            return value.isPresent() ? Constant.of(value.getAsDouble()) : call;
        }
        if (operator == Operator.AND || operator == Operator.OR) {
            return connective(operator, call);
        }
        return call;
    }

    /** {@code 0 && c}, {@code c || 1} and their like: one side decides, or leaves it to the other, which is a condition. */
    private static Expr connective(Operator operator, Call call) {
        double decisive = operator == Operator.AND ? 0 : 1;
        for (int side = 0; side < 2; side++) {
            if (call.argument(side) instanceof Constant constant) {
                boolean decides = (constant.value() != 0) == (decisive != 0);
                return decides ? Constant.of(decisive) : call.argument(1 - side);
            }
        }
        return call;
    }

    private static OptionalDouble value(Operator operator, double a, double b) {
        double value = switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case POWER -> power(a, b);
            case AND -> number(a != 0 && b != 0);
            case OR -> number(a != 0 || b != 0);
            case LESS -> number(a < b);
            case LESS_EQUAL -> number(a <= b);
            case GREATER -> number(a > b);
            case GREATER_EQUAL -> number(a >= b);
            case EQUAL -> number(a == b);
            case NOT_EQUAL -> number(a != b);
            case NEGATE, NOT -> throw new IllegalArgumentException(operator.symbol());
        };
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    // Java promises a power only where it is an integer that a double holds; elsewhere the last digit is the machine's.
    private static double power(double base, double exponent) {
        boolean integers = base == Math.rint(base) && exponent == Math.rint(exponent) && exponent >= 0;
        double value = integers ? StrictMath.pow(base, exponent) : Double.NaN;
        return Math.abs(value) < EXACT_INTEGERS ? value : Double.NaN;
    }

    private static Constant truth(boolean holds) {
        return Constant.of(number(holds));
    }

    private static double number(boolean holds) {
        return holds ? 1 : 0;
    }
}
