package dev.gradc.simplify;

/** Arithmetic on bounds: where a result is not exact, the next double downwards or upwards, so that the bound stays true. */
final class Outward {

    /** Below this, the error of a product may itself be lost. */
    private static final double TINY = 0x1p-900;

    private Outward() {}

    /** {@code a + b}; of opposite infinities the one that bounds nothing. */
    static double sum(double a, double b, boolean up) {
        double sum = a + b;
        if (Double.isNaN(sum)) {
            return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double part = sum - a;
        double error = (a - (sum - part)) + (b - part);
        return rounded(sum, Double.isInfinite(a) || Double.isInfinite(b) || error == 0, up);
    }

    /** {@code a * b} of numbers that are not 0. */
    static double product(double a, double b, boolean up) {
        double product = a * b;
        boolean exact = Math.abs(product) > TINY && Math.fma(a, b, -product) == 0;
        return rounded(product, Double.isInfinite(a) || Double.isInfinite(b) || exact, up);
    }

    /** {@code a / b} of finite numbers that are not 0. */
    static double quotient(double a, double b, boolean up) {
        double quotient = a / b;
        boolean exact = Math.abs(quotient) > TINY && Math.abs(a) > TINY && Math.fma(quotient, b, -a) == 0;
        return rounded(quotient, exact, up);
    }

    private static double rounded(double value, boolean exact, boolean up) {
        return exact ? value : up ? Math.nextUp(value) : Math.nextDown(value);
    }
}
