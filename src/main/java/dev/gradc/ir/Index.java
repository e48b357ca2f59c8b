package dev.gradc.ir;

import java.util.List;

/**
 * A loop variable: an integer that runs from {@code low} to {@code high}, exclusive. Two indices are equal only if they are the
 * same object; the bounds are integer expressions over constants, outer indices and the batch size.
 */
public final class Index extends Expr {

    private final String name;
    private final Expr low;
    private final Expr high;

    public Index(String name, Expr low, Expr high) {
        this.name = name;
        this.low = low;
        this.high = high;
    }

    /** An index from 0 to {@code extent}, exclusive. */
    public static Index upTo(String name, Expr extent) {
        return new Index(name, Constant.ZERO, extent);
    }

    /** An index over an axis that nobody has named. */
    public static Index ofAxis(int axis, Expr extent) {
        return upTo(Letters.ofAxis(axis), extent);
    }

    public String name() {
        return name;
    }

    public Expr low() {
        return low;
    }

    public Expr high() {
        return high;
    }

    @Override
    public List<Expr> children() {
        return List.of();
    }

    @Override
    public Index withChildren(List<Expr> children) {
        return this;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.index(this);
    }

    @Override
    int contentHash() {
        return (int) number;
    }

    @Override
    boolean sameAs(Expr other) {
        return this == other;
    }
}
