package dev.gradc.diff;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.Optional;

/** Decides conditions over constants, as the rows of the table have them once their arguments are known: {@code 2 == 0 && …}. */
final class Conditions {

    private Conditions() {}

    /** Whether {@code condition} holds; empty if that depends on more than constants. */
    static Optional<Boolean> decide(Expr condition) {
        if (condition instanceof Constant constant) {
            return Optional.of(constant.value() != 0);
        }
        if (!(condition instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return Optional.empty();
        }
        return switch (operator) {
            case NOT -> decide(call.argument(0)).map(holds -> !holds);
            case AND -> junction(call, false);
            case OR -> junction(call, true);
            default ->
                call.argument(0) instanceof Constant a
                                && operator.arity() == 2
                                && call.argument(1) instanceof Constant b
                        ? compare(operator, a.value(), b.value())
                        : Optional.empty();
        };
    }

    /** A conjunction is decided by one part that is false, a disjunction by one that is true. */
    private static Optional<Boolean> junction(Call call, boolean deciding) {
        Optional<Boolean> left = decide(call.argument(0));
        Optional<Boolean> right = decide(call.argument(1));
        if (left.equals(Optional.of(deciding)) || right.equals(Optional.of(deciding))) {
            return Optional.of(deciding);
        }
        return left.isPresent() && right.isPresent() ? Optional.of(!deciding) : Optional.empty();
    }

    private static Optional<Boolean> compare(Operator operator, double a, double b) {
        return switch (operator) {
            case LESS -> Optional.of(a < b);
            case LESS_EQUAL -> Optional.of(a <= b);
            case GREATER -> Optional.of(a > b);
            case GREATER_EQUAL -> Optional.of(a >= b);
            case EQUAL -> Optional.of(a == b);
            case NOT_EQUAL -> Optional.of(a != b);
            default -> Optional.empty();
        };
    }
}
