package dev.gradc.emit.statement;

import dev.gradc.emit.statement.Fragment.Kind;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;

/** Operators between pieces that are written already: where brackets stand, and signs. */
final class Arithmetic {

    private Arithmetic() {}

    /** The same to the bit as {@code a operator b} of real numbers, in the order that reads best. */
    static Fragment of(Operator operator, Fragment a, Fragment b, Precision precision) {
        if (isNumberFirst(operator, a, b)) {
            return of(operator, b, a, precision);
        }
        if (a.isInt() && b.isInt()) {
            // Otherwise it would be arithmetic of ints.
            return b.kind() == Kind.LITERAL
                    ? infix(operator, a, asReal(b, precision), Kind.REAL)
                    : infix(operator, asReal(a, precision), b, Kind.REAL);
        }
        return infix(operator, a, b, Kind.REAL);
    }

    /** Whether {@code a operator b} reads better as {@code b operator a}: {@code 2 * x}. */
    static boolean isNumberFirst(Operator operator, Fragment a, Fragment b) {
        return operator == Operator.MULTIPLY && b.isNumber() && !a.isNumber() && a.isOneFactor();
    }

    static Fragment infix(Operator operator, Fragment a, Fragment b, Kind kind) {
        int precedence = precedence(operator);
        // To the left an equal operator needs no brackets; to the right it does, also for + and *, whose grouping
        // rounds.
        Fragment right = b.atLeast(precedence + 1);
        if (precedence == Fragment.SUM && right.isSigned()) {
            right = right.atLeast(Fragment.PRIMARY);
        }
        return Fragment.of(precedence, kind, a.atLeast(precedence), "$W" + operator.symbol() + " ", right);
    }

    static int precedence(Operator operator) {
        return switch (operator) {
            case OR -> Fragment.OR;
            case AND -> Fragment.AND;
            case EQUAL, NOT_EQUAL -> Fragment.EQUALITY;
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> Fragment.RELATION;
            case ADD, SUBTRACT -> Fragment.SUM;
            case MULTIPLY, DIVIDE, REMAINDER -> Fragment.PRODUCT;
            case NEGATE, NOT -> Fragment.UNARY;
            case POWER -> Fragment.PRIMARY;
        };
    }

    static Fragment negated(Fragment a) {
        Kind kind = a.kind() == Kind.LITERAL && !a.isNumber() ? Kind.INT : a.kind();
        // Two signs in a row would be another operator.
        return Fragment.of(
                Fragment.UNARY, kind, "-", a.isSigned() ? a.atLeast(Fragment.PRIMARY) : a.atLeast(Fragment.UNARY));
    }

    /** An {@code int} as a real of this precision. */
    static Fragment asReal(Fragment a, Precision precision) {
        boolean isFloat = precision == Precision.FLOAT;
        return a.kind() == Kind.LITERAL && a.precedence() >= Fragment.UNARY
                ? Fragment.of(a.precedence(), Kind.REAL, a.format() + (isFloat ? "f" : ".0"))
                : Fragment.of(Fragment.UNARY, Kind.REAL, isFloat ? "(float) " : "(double) ", a.atLeast(Fragment.UNARY));
    }
}
