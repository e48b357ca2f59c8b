package dev.gradc.check.index;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;

/** Quotient and remainder of non-negative integer expressions by constants, with the parts that are evidently multiples split off. */
public final class Integers {

    private Integers() {}

    /** {@code floor(position/divisor)}: divisions of the language are exact, so the remainder is taken off first. */
    public static Expr quotient(Expr position, int divisor) {
        if (divisor == 1) {
            return position;
        }
        if (position instanceof Constant constant) {
            return Constant.of(Math.floor(constant.value() / divisor));
        }
        IntegerRange range = IntegerRange.of(position);
        if (range.low() >= 0 && range.high() < divisor) {
            return Constant.ZERO;
        }
        if (position instanceof Call sum && sum.function() == Operator.ADD && isMultiple(sum.argument(0), divisor)) {
            Expr high = exact(sum.argument(0), divisor);
            Expr low = quotient(sum.argument(1), divisor);
            return low == Constant.ZERO ? high : Call.of(Operator.ADD, high, low);
        }
        if (isMultiple(position, divisor)) {
            return exact(position, divisor);
        }
        Expr rest = Call.of(Operator.REMAINDER, position, Constant.of(divisor));
        return Call.of(Operator.DIVIDE, Call.of(Operator.SUBTRACT, position, rest), Constant.of(divisor));
    }

    /** {@code position % divisor}; by 0, {@code position} itself. */
    public static Expr remainder(Expr position, int divisor) {
        if (divisor == 0) {
            return position;
        }
        IntegerRange range = IntegerRange.of(position);
        if (range.low() >= 0 && range.high() < divisor) {
            return position;
        }
        if (position instanceof Constant constant) {
            return Constant.of(constant.value() % divisor);
        }
        if (position instanceof Call sum && sum.function() == Operator.ADD && isMultiple(sum.argument(0), divisor)) {
            return remainder(sum.argument(1), divisor);
        }
        return divisor == 1 || isMultiple(position, divisor)
                ? Constant.ZERO
                : Call.of(Operator.REMAINDER, position, Constant.of(divisor));
    }

    private static boolean isMultiple(Expr expression, int divisor) {
        if (expression instanceof Constant constant) {
            return constant.value() % divisor == 0;
        }
        return expression instanceof Call call
                && (call.function() == Operator.MULTIPLY
                                && (isMultiple(call.argument(1), divisor) || isMultiple(call.argument(0), divisor))
                        || call.function() == Operator.ADD
                                && isMultiple(call.argument(0), divisor)
                                && isMultiple(call.argument(1), divisor));
    }

    private static Expr exact(Expr multiple, int divisor) {
        if (multiple instanceof Constant constant) {
            return Constant.of(constant.value() / divisor);
        }
        Call call = (Call) multiple;
        if (call.function() == Operator.ADD) {
            return Call.of(Operator.ADD, exact(call.argument(0), divisor), exact(call.argument(1), divisor));
        }
        int side = isMultiple(call.argument(1), divisor) ? 1 : 0;
        Expr factor = exact(call.argument(side), divisor);
        Expr other = call.argument(1 - side);
        return factor == Constant.ONE
                ? other
                : Call.of(Operator.MULTIPLY, side == 1 ? other : factor, side == 1 ? factor : other);
    }
}
