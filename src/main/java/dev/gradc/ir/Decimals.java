package dev.gradc.ir;

import java.math.BigDecimal;
import java.math.MathContext;

/** The shortest decimal text that reads back as the same number; the same on every JDK, which {@code Double.toString} is not. */
public final class Decimals {

    /** No two decimals of so few digits read as the same normal number: what reads back is the shortest. */
    private static final int UNIQUE = 15;

    private Decimals() {}

    /** {@code 0.1}, {@code 1e-8}, {@code 12.5}; {@code NaN}, {@code Infinity}. */
    public static String shortest(double value) {
        return shortest(value, Precision.DOUBLE);
    }

    /** The same for a number of this precision. */
    public static String shortest(double value, Precision precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (precision == Precision.DOUBLE && Math.abs(value) >= Double.MIN_NORMAL) {
            BigDecimal decimal = new BigDecimal(Double.toString(value));
            if (decimal.stripTrailingZeros().precision() <= UNIQUE) {
                return text(decimal);
            }
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (precision.round(read(rounded, precision)) == value) {
                return text(rounded);
            }
        }
        return text(exact.round(new MathContext(17)));
    }

    private static double read(BigDecimal decimal, Precision precision) {
        return precision == Precision.FLOAT ? decimal.floatValue() : decimal.doubleValue();
    }

    private static String text(BigDecimal decimal) {
        BigDecimal plain = decimal.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (exponent >= -5 && exponent < 15) {
            String text = plain.toPlainString();
            return text.contains(".") ? text : text + ".0";
        }
        String digits = plain.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (plain.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
}
