package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A piece of a Java expression.
 *
 * @param format as JavaPoet takes it: {@code $T} for a class, {@code $W} for a space where the line may break
 * @param classes what the {@code $T} stand for
 * @param precedence of its outermost operator: higher binds tighter
 */
public record Fragment(String format, List<ClassName> classes, int precedence, Kind kind) {

    static final int SELECTION = 1;
    static final int OR = 2;
    static final int AND = 3;
    static final int EQUALITY = 4;
    static final int RELATION = 5;
    static final int SUM = 6;
    static final int PRODUCT = 7;
    static final int UNARY = 8;
    static final int PRIMARY = 9;

    private static final ClassName MATH = ClassName.get(Math.class);

    /** The Java type of a piece. */
    enum Kind {
        BOOLEAN,
        INT,
        /** An {@code int} literal, which a {@code .0} makes a {@code double}. */
        LITERAL,
        REAL
    }

    public Fragment {
        classes = List.copyOf(classes);
    }

    static Fragment primary(String text, Kind kind) {
        return new Fragment(text, List.of(), PRIMARY, kind);
    }

    boolean isInt() {
        return kind == Kind.INT || kind == Kind.LITERAL;
    }

    /** Whether it is a number greater than 0. */
    boolean isNumber() {
        return precedence == PRIMARY && Character.isDigit(format.charAt(0)) && !format.equals("0");
    }

    /** Whether it begins with a sign. */
    boolean isSigned() {
        return format.startsWith("-");
    }

    /** Whether it can stand to the right of a {@code *} as it stands to the left of it, and has no sign. */
    boolean isOneFactor() {
        return precedence != PRODUCT && precedence != UNARY;
    }

    /** In brackets, unless it binds at least as tightly as {@code minimum}. */
    Fragment atLeast(int minimum) {
        return precedence >= minimum ? this : new Fragment("(" + format + ")", classes, PRIMARY, kind);
    }

    /** The pieces in order, of which {@code parts} that are fragments bring their classes; the others are text. */
    static Fragment of(int precedence, Kind kind, Object... parts) {
        StringBuilder format = new StringBuilder();
        List<ClassName> classes = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Fragment fragment) {
                format.append(fragment.format);
                classes.addAll(fragment.classes);
            } else if (part.equals(MATH)) {
                // Nothing that is generated is called so, and JavaPoet takes time for each class.
                format.append(MATH.simpleName());
            } else if (part instanceof ClassName name) {
                format.append("$T");
                classes.add(name);
            } else {
                format.append(Objects.toString(part));
            }
        }
        return new Fragment(format.toString(), classes, precedence, kind);
    }

    public Object[] arguments() {
        return classes.toArray();
    }
}
