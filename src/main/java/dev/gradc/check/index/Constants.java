package dev.gradc.check.index;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.Map;

/** Questions about expressions: their value, if it is known when compiling, and what it is by their form. */
public final class Constants {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);

    private Constants() {}

    /** The constant that {@code expression} is, if it reads nothing; otherwise itself. */
    public static Expr fold(Expr expression) {
        if (expression instanceof Constant) {
            return expression;
        }
        boolean closed = Walk.postOrder(expression).stream()
                .allMatch(e -> e instanceof Constant || e instanceof Call || e instanceof Select);
        return closed ? Constant.of(EXACT.value(expression, Map.of())) : expression;
    }

    /** Whether it is true or false rather than a number. */
    public static boolean isCondition(Expr expression) {
        return expression instanceof Call call && call.function() instanceof Operator operator && operator.isCondition()
                || expression instanceof Select select && isCondition(select.then()) && isCondition(select.otherwise());
    }

    /** Whether it is an integer by its form: of indices, integer data and whole constants. */
    public static boolean isInteger(Expr expression) {
        if (expression instanceof Constant constant) {
            return constant.isInteger();
        } else if (expression instanceof Index) {
            return true;
        } else if (expression instanceof Access access) {
            return access.tensor().isInteger();
        } else if (expression instanceof Select select) {
            return isInteger(select.then()) && isInteger(select.otherwise());
        }
        Call call = (Call) expression;
        return call.function() instanceof Operator && call.arguments().stream().allMatch(Constants::isInteger);
    }
}
