package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Evaluates operators whose operands are constants, exactly as a running program would: in IEEE doubles. Functions of the table
 * are never evaluated, since their last digit may differ between machines; nor is what has no finite value, so that
 * a division by zero stays visible. Selections and connectives that a constant decides are decided.
 */
public final class Folding {

    private static final double EXACT_INTEGERS = 0x1p53;

    /** Operators within each other that are looked through to see whether a comparison holds. */
    private static final int DEPTH = 8;

    private Folding() {}

    /** {@code node} itself, or what it is worth; looks at the node and its operands only. */
    public static Expr fold(Expr node) {
        return fold(node, false);
    }

    /** The same, but where a person would not see where the number comes from, as with {@code 2*pi/3}, it stays as it is written. */
    public static Expr foldReadably(Expr node) {
        return fold(node, true);
    }

    private static Expr fold(Expr node, boolean readably) {
        if (node instanceof Call call && call.function() instanceof Operator operator) {
            if (operator == Operator.AND || operator == Operator.OR) {
                return connective(operator, call);
            }
            return operator == Operator.NOT ? negation(call) : arithmetic(operator, call, readably);
        }
        return node instanceof Select select ? selection(select, readably) : node;
    }

    private static Expr selection(Select select, boolean readably) {
        if (select.condition() instanceof Constant condition) {
            return condition.value() != 0 ? select.then() : select.otherwise();
        }
        if (select.then() == select.otherwise()) {
            return select.then();
        }
        // Machines rather have a 0 as the otherwise: what is not added then can be left out.
        return readably && select.condition().isCallOf(Operator.NOT)
                ? Select.of(((Call) select.condition()).argument(0), select.otherwise(), select.then())
                : select;
    }

    private static Expr negation(Call call) {
        Expr operand = call.argument(0);
        if (operand instanceof Constant constant) {
            return truth(constant.value() == 0);
        }
        boolean twice = operand.isCallOf(Operator.NOT)
                && ((Call) operand).argument(0) instanceof Call inner
                && inner.function() instanceof Operator operator
                && operator.isCondition();
        return twice ? ((Call) operand).argument(0) : call;
    }

    /** {@code 0 && c}, {@code c || 1}, {@code c && c}, {@code c || !c}: one side decides, or leaves it to the other, a condition. */
    private static Expr connective(Operator operator, Call call) {
        boolean decisive = operator == Operator.OR;
        for (int side = 0; side < 2; side++) {
            Expr other = call.argument(1 - side);
            if (call.argument(side) instanceof Constant constant) {
                boolean holds = constant.value() != 0;
                return holds == decisive ? truth(decisive) : isCondition(other) ? other : call;
            }
            if (other == Call.of(Operator.NOT, call.argument(side))) {
                return truth(decisive);
            }
        }
        return call.argument(0) == call.argument(1) && isCondition(call.argument(0)) ? call.argument(0) : call;
    }

    private static boolean isCondition(Expr expression) {
        return expression instanceof Call call && call.function() instanceof Operator operator && operator.isCondition()
                || expression == Constant.ZERO
                || expression == Constant.ONE;
    }

    private static Expr arithmetic(Operator operator, Call call, boolean readably) {
        OptionalDouble value = value(call, operator.isCondition() ? DEPTH : 1);
        if (value.isEmpty()) {
            return call;
        }
        Constant constant = Constant.of(value.getAsDouble());
        if (!readably || operator == Operator.NEGATE || operator.isCondition()) {
            return constant;
        }
        Optional<Fraction> a = Fraction.of(call.argument(0));
        Optional<Fraction> b = Fraction.of(call.argument(1));
        if (a.isEmpty() || b.isEmpty() || Fraction.of(constant).isEmpty()) {
            return call;
        }
        // A fraction stays one: 3/2 is not 1.5.
        return a.get()
                .by(operator, b.get())
                .filter(number -> !number.isInteger() && !number.isDecimal())
                .map(Fraction::constant)
                .orElse(constant);
    }

    /** What an expression of constants is worth, if it is a finite number and no deeper than {@code depth}. */
    private static OptionalDouble value(Expr expression, int depth) {
        if (expression instanceof Constant constant) {
            return OptionalDouble.of(constant.value());
        }
        if (depth == 0 || !(expression instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return OptionalDouble.empty();
        }
        OptionalDouble a = value(call.argument(0), depth - 1);
        OptionalDouble b = operator.arity() == 1 ? a : value(call.argument(1), depth - 1);
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = value(operator, a.getAsDouble(), b.getAsDouble());
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static double value(Operator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case POWER -> power(a, b);
            case NEGATE -> -a;
            case NOT -> number(a == 0);
            case AND -> number(a != 0 && b != 0);
            case OR -> number(a != 0 || b != 0);
            case LESS -> number(a < b);
            case LESS_EQUAL -> number(a <= b);
            case GREATER -> number(a > b);
            case GREATER_EQUAL -> number(a >= b);
            case EQUAL -> number(a == b);
            case NOT_EQUAL -> number(a != b);
        };
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
