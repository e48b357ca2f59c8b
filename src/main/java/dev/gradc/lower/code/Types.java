package dev.gradc.lower.code;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;

/** The types of expressions in the generated code. */
public final class Types {

    /** Deeper integer expressions are taken for reals: nobody writes subscripts like that. */
    private static final int DEPTH = 12;

    private Types() {}

    public static Local.Type of(Expr expression) {
        if (isCondition(expression)) {
            return Local.Type.CONDITION;
        }
        return isInteger(expression, DEPTH) ? Local.Type.INTEGER : Local.Type.REAL;
    }

    /** Whether it is a comparison or a connection of conditions. */
    public static boolean isCondition(Expr expression) {
        return expression instanceof Call call
                && call.function() instanceof Operator operator
                && operator.isCondition();
    }

    /** Whether it compares real numbers: how that goes, a processor cannot guess. */
    public static boolean isToss(Expr condition) {
        return condition instanceof Call call
                && call.function() instanceof Operator operator
                && operator.isComparison()
                && !call.arguments().stream().allMatch(Types::isInteger);
    }

    /** Whether it is an integer by its form: of indices, sizes, integer data and whole constants, without a division. */
    public static boolean isInteger(Expr expression) {
        return isInteger(expression, DEPTH);
    }

    private static boolean isInteger(Expr expression, int depth) {
        if (depth == 0) {
            return false;
        }
        if (expression instanceof Call call) {
            return call.function() instanceof Operator operator
                    && !operator.isCondition()
                    && operator != Operator.DIVIDE
                    && operator != Operator.POWER
                    && isInteger(call.argument(0), depth - 1)
                    && (operator.arity() == 1 || isInteger(call.argument(1), depth - 1));
        }
        if (expression instanceof Select select) {
            return isInteger(select.then(), depth - 1) && isInteger(select.otherwise(), depth - 1);
        }
        return expression instanceof Index
                || expression instanceof Constant constant && constant.isInteger()
                || expression instanceof Access access && isInteger(access.tensor());
    }

    /** Whether the entries of {@code tensor} are kept as {@code int}. */
    public static boolean isInteger(Tensor tensor) {
        return tensor.isInteger() || tensor.role() == Tensor.Role.SIZE;
    }
}
