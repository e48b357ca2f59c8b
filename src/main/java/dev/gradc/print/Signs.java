package dev.gradc.print;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The signs of formulas. */
final class Signs {

    private final Set<Expr> named;
    private final Map<Expr, Boolean> negative = new IdentityHashMap<>();

    /** @param named the parts that are printed by a name */
    Signs(Set<Expr> named) {
        this.named = named;
    }

    /** Whether the formula starts with a minus that can be moved out of it. */
    boolean isNegative(Expr expression) {
        if (named.contains(expression)) {
            return false;
        }
        if (expression instanceof Constant constant) {
            return constant.value() < 0 || Double.compare(constant.value(), -0.0) == 0;
        }
        if (!(expression instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return false;
        }
        return switch (operator) {
            case NEGATE, MULTIPLY, DIVIDE -> isNegativeProduct(call);
            default -> false;
        };
    }

    private boolean isNegativeProduct(Call call) {
        Boolean known = negative.get(call);
        if (known == null) {
            known = call.function() == Operator.NEGATE
                    ? !isNegative(call.argument(0))
                    : isNegative(call.argument(0)) != isNegative(call.argument(1));
            negative.put(call, known);
        }
        return known;
    }
}
