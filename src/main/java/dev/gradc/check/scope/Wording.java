package dev.gradc.check.scope;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.source.Span;
import dev.gradc.syntax.Term;

/** How messages speak of terms, shapes and numbers. */
public final class Wording {

    public static final String INTEGERS = "integers are constants, indices, and inputs declared with : int(…)";

    private Wording() {}

    /** {@code W1 is [5,3]}. */
    public static String described(Term term, Array array) {
        return text(term) + " is " + shape(array);
    }

    public static String shape(Array array) {
        return array.isScalar() ? "a scalar" : array.shape().toString();
    }

    /** The term as it was written, on one line, shortened. */
    public static String text(Term term) {
        Span span = term.span();
        String text = span.text().replaceAll("\\s+", " ");
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    /** {@code size is 1.5}: what stands for {@code number}, with its value if that is known and not what is written. */
    public static String valued(String text, Expr number) {
        return Constants.fold(number) instanceof Constant constant
                        && !number(constant.value()).equals(text)
                ? text + " is " + number(constant.value())
                : text;
    }

    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
