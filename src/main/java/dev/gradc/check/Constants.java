package dev.gradc.check;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.Map;

/** Questions about expressions whose value is known when compiling. */
final class Constants {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);

    private Constants() {}

    /** The constant that {@code expression} is, if it reads nothing; otherwise itself. */
    static Expr fold(Expr expression) {
        if (expression instanceof Constant) {
            return expression;
        }
        boolean closed = Walk.postOrder(expression).stream()
                .allMatch(e -> e instanceof Constant || e instanceof Call || e instanceof Select);
        return closed ? Constant.of(EXACT.value(expression, Map.of())) : expression;
    }

    /** Whether it is true or false rather than a number. */
    static boolean isCondition(Expr expression) {
        return expression instanceof Call call && call.function() instanceof Operator operator && operator.isCondition()
                || expression instanceof Select select && isCondition(select.then()) && isCondition(select.otherwise());
    }

    /** A number as a message shows it. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
