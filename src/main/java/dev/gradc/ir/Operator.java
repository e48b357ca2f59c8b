package dev.gradc.ir;

import java.util.List;

/**
 * The operators, with their precedence as printed: a higher one binds tighter. Derivatives stand in the library's
 * {@code operators.nn}.
 */
public enum Operator implements Function {
    OR("||", 2, 1),
    AND("&&", 2, 2),
    LESS("<", 2, 3),
    LESS_EQUAL("<=", 2, 3),
    GREATER(">", 2, 3),
    GREATER_EQUAL(">=", 2, 3),
    EQUAL("==", 2, 3),
    NOT_EQUAL("!=", 2, 3),
    ADD("+", 2, 4),
    SUBTRACT("-", 2, 4),
    MULTIPLY("*", 2, 5),
    DIVIDE("/", 2, 5),
    REMAINDER("%", 2, 5),
    NEGATE("-", 1, 6),
    NOT("!", 1, 6),
    POWER("^", 2, 7);

    private final String symbol;
    private final int arity;
    private final int precedence;

    Operator(String symbol, int arity, int precedence) {
        this.symbol = symbol;
        this.arity = arity;
        this.precedence = precedence;
    }

    private static final List<Operator> ALL = List.of(values());

    /** The operator written {@code symbol} with so many operands. */
    public static Operator of(String symbol, int arity) {
        for (Operator operator : ALL) {
            if (operator.symbol.equals(symbol) && operator.arity == arity) {
                return operator;
            }
        }
        throw new IllegalArgumentException(symbol + " with " + arity + " operands");
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public int arity() {
        return arity;
    }

    public int precedence() {
        return precedence;
    }

    /** Whether the result is a condition rather than a number. */
    public boolean isCondition() {
        return this == NOT || precedence <= 3;
    }

    /** Whether it compares two numbers. */
    public boolean isComparison() {
        return precedence == 3;
    }

    /** Whether the operands may change places. */
    public boolean isCommutative() {
        return this == ADD || this == MULTIPLY;
    }
}
