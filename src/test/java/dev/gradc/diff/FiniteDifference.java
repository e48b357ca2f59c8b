package dev.gradc.diff;

import java.util.function.DoubleUnaryOperator;

/**
 * The derivative of a function of one variable by central differences, extrapolated to a step of 0 (Ridders 1982): from a large
 * step, which rounding does not hurt, through a tableau that removes one even power of the step after another.
 */
final class FiniteDifference {

    private static final double SHRINK = 1.4;
    private static final int ROWS = 12;

    private FiniteDifference() {}

    /** An estimate and how far it may be off, as the tableau shows it. */
    record Estimate(double value, double error) {}

    /** The derivative of {@code f} at 0, never looking further than {@code step} to either side. */
    static Estimate at0(DoubleUnaryOperator f, double step) {
        double[][] tableau = new double[ROWS][ROWS];
        Estimate best = new Estimate(Double.NaN, Double.POSITIVE_INFINITY);
        double h = step;
        for (int row = 0; row < ROWS; row++, h /= SHRINK) {
            tableau[row][0] = (f.applyAsDouble(h) - f.applyAsDouble(-h)) / (2 * h);
            double factor = 1;
            for (int order = 1; order <= row; order++) {
                factor *= SHRINK * SHRINK;
                double coarse = tableau[row - 1][order - 1];
                double fine = tableau[row][order - 1];
                double value = (fine * factor - coarse) / (factor - 1);
                tableau[row][order] = value;
                double error = Math.max(Math.abs(value - fine), Math.abs(value - coarse));
                if (error <= best.error) {
                    best = new Estimate(value, error);
                }
            }
            boolean worse = row > 0 && Math.abs(tableau[row][row] - tableau[row - 1][row - 1]) > 2 * best.error;
            if (worse && best.error < Double.POSITIVE_INFINITY) {
                break;
            }
        }
        return best;
    }
}
