package dev.gradc.lower.place;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;

/** Writes small integer powers as products: {@code x^4} as the square of a square, {@code x^-1} as {@code 1/x}. */
final class Powers {

    /** The greatest exponent that is written out: at most five products, whose rounding stays within a few units. */
    private static final int LARGEST = 16;

    private Powers() {}

    /** One node, whose operands are done. */
    static Expr expand(Expr node) {
        if (!(node instanceof Call call)
                || call.function() != Operator.POWER
                || !(call.argument(1) instanceof Constant exponent)
                || !exponent.isInteger()
                || Math.abs(exponent.value()) > LARGEST) {
            return node;
        }
        int n = (int) exponent.value();
        if (n == 0) {
            return Constant.ONE;
        }
        Expr power = power(call.argument(0), Math.abs(n));
        return n > 0 ? power : Call.of(Operator.DIVIDE, Constant.ONE, power);
    }

    /** The squares of squares that {@code n} is the sum of, multiplied from the highest on: so neighbouring powers share most. */
    private static Expr power(Expr base, int n) {
        if (n == 1) {
            return base;
        }
        int lowest = Integer.lowestOneBit(n);
        Expr left = lowest == n ? power(base, n / 2) : power(base, n - lowest);
        return Call.of(Operator.MULTIPLY, left, lowest == n ? left : power(base, lowest));
    }
}
