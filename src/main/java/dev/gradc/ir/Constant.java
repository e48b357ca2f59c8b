package dev.gradc.ir;

import java.util.List;

/** A number. {@code 0.0} and {@code -0.0} are two constants; all NaNs are one. */
public final class Constant extends Expr {

    public static final Constant ZERO = of(0);
    public static final Constant ONE = of(1);

    private final double value;

    private Constant(double value) {
        this.value = value;
    }

    public static Constant of(double value) {
        return Interner.intern(new Constant(value));
    }

    public double value() {
        return value;
    }

    /** Whether it is an integer that an {@code int} holds (and not −0.0). */
    public boolean isInteger() {
        return isInteger(value);
    }

    /** Whether {@code value} is an integer that an {@code int} holds (and not −0.0). */
    public static boolean isInteger(double value) {
        return value == (int) value && Double.doubleToRawLongBits(value) != Long.MIN_VALUE;
    }

    @Override
    public List<Expr> children() {
        return List.of();
    }

    @Override
    public Constant withChildren(List<Expr> children) {
        return this;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.constant(this);
    }

    @Override
    int contentHash() {
        return Double.hashCode(value) * 31 + 1;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Constant constant && Double.compare(constant.value, value) == 0;
    }
}
