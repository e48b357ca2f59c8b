package dev.gradc.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as decimal digits: as few as give the same number back, the same on every JDK. */
public final class Numbers {

    /** From here on integers are written with an exponent if that is shorter by so much. */
    private static final double LARGE = 1e7;

    private static final int SHORTER = 3;

    private Numbers() {}

    /** {@code 2}, {@code 0.5}, {@code 1e-3}, {@code 1.5e300}; for the three that have no digits what Java calls them. */
    public static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal digits = digits(value);
        String plain = digits.toPlainString();
        String sign = value == 0 && 1 / value < 0 ? "-" : "";
        boolean whole = value == Math.rint(value);
        if (whole && Math.abs(value) < LARGE) {
            return sign + plain;
        }
        String scientific = scientific(digits);
        return scientific.length() + (whole ? SHORTER : 1) <= plain.length() ? scientific : plain;
    }

    private static String scientific(BigDecimal digits) {
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /** The number of fewest digits among those that {@code value} is the nearest double of. */
    private static BigDecimal digits(double value) {
        // Before JDK 19 this may hold a digit or two more than needed.
        BigDecimal known = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(value);
        while (known.precision() > 1) {
            BigDecimal shorter = exact.round(new MathContext(known.precision() - 1, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros();
            if (shorter.doubleValue() != value) {
                break;
            }
            known = shorter;
        }
        return known;
    }
}
