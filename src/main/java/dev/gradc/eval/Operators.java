package dev.gradc.eval;

import dev.gradc.ir.Operator;

/** What the operators do; conditions are 1 and 0. */
final class Operators {

    private Operators() {}

    static Code unary(Operator operator, Code x) {
        return switch (operator) {
            case NEGATE -> frame -> -x.at(frame);
            case NOT -> frame -> truth(x.at(frame) == 0);
            default -> throw new AssertionError(operator);
        };
    }

    static Code binary(Operator operator, Code x, Code y) {
        return switch (operator) {
            case OR -> frame -> truth(x.at(frame) != 0 || y.at(frame) != 0);
            case AND -> frame -> truth(x.at(frame) != 0 && y.at(frame) != 0);
            case LESS -> frame -> truth(x.at(frame) < y.at(frame));
            case LESS_EQUAL -> frame -> truth(x.at(frame) <= y.at(frame));
            case GREATER -> frame -> truth(x.at(frame) > y.at(frame));
            case GREATER_EQUAL -> frame -> truth(x.at(frame) >= y.at(frame));
            case EQUAL -> frame -> truth(x.at(frame) == y.at(frame));
            case NOT_EQUAL -> frame -> truth(x.at(frame) != y.at(frame));
            case ADD -> frame -> x.at(frame) + y.at(frame);
            case SUBTRACT -> frame -> x.at(frame) - y.at(frame);
            case MULTIPLY -> frame -> x.at(frame) * y.at(frame);
            case DIVIDE -> frame -> x.at(frame) / y.at(frame);
            case REMAINDER -> frame -> x.at(frame) % y.at(frame);
            case POWER -> frame -> Math.pow(x.at(frame), y.at(frame));
            case NEGATE, NOT -> throw new AssertionError(operator);
        };
    }

    private static double truth(boolean condition) {
        return condition ? 1 : 0;
    }
}
