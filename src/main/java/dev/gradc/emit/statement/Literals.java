package dev.gradc.emit.statement;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Decimals;
import dev.gradc.ir.Precision;

/** Numbers as Java literals. */
public final class Literals {

    private Literals() {}

    /** A real number, in {@code float} with its mark; whole numbers that an {@code int} holds exactly without a point. */
    static Fragment of(double number, Precision precision) {
        double value = precision.round(number);
        String type = precision == Precision.FLOAT ? "Float" : "Double";
        if (Double.isNaN(value)) {
            return Fragment.primary(type + ".NaN", Fragment.Kind.REAL);
        }
        if (Double.isInfinite(value)) {
            return Fragment.primary(
                    type + (value > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY"), Fragment.Kind.REAL);
        }
        int precedence = value < 0 || 1 / value < 0 ? Fragment.UNARY : Fragment.PRIMARY;
        if (Constant.isInteger(value) && Math.abs(value) < 1e7) {
            return Fragment.of(precedence, Fragment.Kind.LITERAL, Integer.toString((int) value));
        }
        return Fragment.of(precedence, Fragment.Kind.REAL, real(value, precision));
    }

    /** The same, never as an {@code int}. */
    public static String real(double number, Precision precision) {
        double value = precision.round(number);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return of(value, precision).format();
        }
        String digits = Decimals.shortest(value, precision);
        return precision == Precision.FLOAT ? digits.replaceAll("\\.0$", "") + "f" : digits;
    }
}
