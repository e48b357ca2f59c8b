package dev.gradc.lower.place;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.lower.code.Types;

/**
 * What becomes visible only now that values stand where they are used: a product with 1, a sum with a negated term. None of
 * this changes a bit of any result.
 */
public final class Tidy {

    private Tidy() {}

    /** One node, whose operands are done. */
    public static Expr node(Expr node) {
        if (!(node instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return node;
        }
        Expr a = call.argument(0);
        Expr b = operator.arity() == 2 ? call.argument(1) : a;
        return switch (operator) {
            case POWER -> Powers.expand(node);
            case MULTIPLY -> a == Constant.ONE ? b : b == Constant.ONE ? a : node;
            case DIVIDE -> b == Constant.ONE ? a : node;
            case ADD ->
                isNegated(b)
                        ? Call.of(Operator.SUBTRACT, a, negated(b))
                        : isNegated(a) ? Call.of(Operator.SUBTRACT, b, negated(a)) : node;
            case SUBTRACT -> isNegated(b) ? node(Call.of(Operator.ADD, a, negated(b))) : node;
            case NEGATE -> isNegated(a) ? negated(a) : node;
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> comparison(operator, a, b, node);
            case NOT -> opposite(a, node);
            default -> node;
        };
    }

    /** {@code k < 1} for {@code k - 1 < 0}. */
    private static Expr comparison(Operator operator, Expr a, Expr b, Expr node) {
        boolean isShifted = a.isCallOf(Operator.SUBTRACT)
                && ((Call) a).argument(0) instanceof Index
                && ((Call) a).argument(1) instanceof Constant
                && b instanceof Constant
                && Types.isInteger(a)
                && Types.isInteger(b);
        if (!isShifted) {
            return node;
        }
        double shift = ((Constant) ((Call) a).argument(1)).value();
        return Call.of(operator, ((Call) a).argument(0), Constant.of(((Constant) b).value() + shift));
    }

    /** {@code k >= 1} for {@code !(k < 1)}, a comparison of integers: none is a NaN. */
    private static Expr opposite(Expr condition, Expr node) {
        if (!(condition instanceof Call call)
                || !Types.isCondition(call)
                || !call.arguments().stream().allMatch(Types::isInteger)) {
            return node;
        }
        return switch ((Operator) call.function()) {
            case LESS -> Call.of(Operator.GREATER_EQUAL, call.arguments());
            case LESS_EQUAL -> Call.of(Operator.GREATER, call.arguments());
            case GREATER -> Call.of(Operator.LESS_EQUAL, call.arguments());
            case GREATER_EQUAL -> Call.of(Operator.LESS, call.arguments());
            case EQUAL -> Call.of(Operator.NOT_EQUAL, call.arguments());
            case NOT_EQUAL -> Call.of(Operator.EQUAL, call.arguments());
            default -> node;
        };
    }

    private static boolean isNegated(Expr node) {
        return node.isCallOf(Operator.NEGATE);
    }

    private static Expr negated(Expr node) {
        return ((Call) node).argument(0);
    }
}
