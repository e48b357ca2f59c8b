package dev.gradc.lower;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;

/**
 * What becomes visible only now that values stand where they are used: a product with 1, a sum with a negated term. None of
 * this changes a bit of any result.
 */
final class Tidy {

    private Tidy() {}

    /** One node, whose operands are done. */
    static Expr node(Expr node) {
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
