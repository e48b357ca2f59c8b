package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;

/** A number as a fraction: lowest terms if both parts are whole numbers that doubles count exactly, else over 1. */
record Ratio(double numerator, double denominator) {

    static final Ratio ONE = new Ratio(1, 1);

    /** Up to here every whole number is a double. */
    private static final double EXACT = 0x1p53;

    /** The denominators that are tried for a number whose digits do not end. */
    private static final int LARGEST_DENOMINATOR = 1000;

    /** {@code value}, as a fraction if it is one, up to rounding, that its decimal digits do not show: 1/3, but 0.25. */
    static Ratio of(double value) {
        if (value != Math.rint(value) && Double.toString(value).length() > 12) {
            for (int denominator = 2; denominator <= LARGEST_DENOMINATOR; denominator++) {
                double numerator = Math.rint(value * denominator);
                if (Math.abs(numerator / denominator - value) <= 2 * Math.ulp(value)) {
                    return new Ratio(numerator, denominator);
                }
            }
        }
        return new Ratio(value, 1);
    }

    Expr build() {
        return denominator == 1
                ? Constant.of(numerator)
                : Call.of(Operator.DIVIDE, Constant.of(numerator), Constant.of(denominator));
    }

    Ratio times(Ratio other) {
        return reduced(numerator * other.numerator, denominator * other.denominator);
    }

    Ratio over(Ratio other) {
        return reduced(numerator * other.denominator, denominator * other.numerator);
    }

    Ratio plus(Ratio other) {
        return reduced(numerator * other.denominator + other.numerator * denominator, denominator * other.denominator);
    }

    Ratio negated() {
        return new Ratio(-numerator, denominator);
    }

    /** The fraction to a whole power. */
    Ratio power(int exponent) {
        Ratio raised = reduced(Math.pow(numerator, Math.abs(exponent)), Math.pow(denominator, Math.abs(exponent)));
        return exponent < 0 ? ONE.over(raised) : raised;
    }

    boolean isZero() {
        return numerator == 0;
    }

    private static Ratio reduced(double numerator, double denominator) {
        if (!isWhole(numerator) || !isWhole(denominator) || denominator == 0) {
            return new Ratio(numerator / denominator, 1);
        }
        long divisor = gcd(Math.abs((long) numerator), Math.abs((long) denominator));
        double sign = Math.signum(denominator);
        return new Ratio(sign * numerator / divisor, sign * denominator / divisor);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) <= EXACT;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
