package dev.gradc.ir;

import java.util.List;

/** An element of a tensor: {@code x[2*i+r]}; of a scalar, the scalar itself. The subscripts are integer expressions. */
public final class Access extends Expr {

    private final Tensor tensor;
    private final List<Expr> subscripts;

    private Access(Tensor tensor, List<Expr> subscripts) {
        this.tensor = tensor;
        this.subscripts = subscripts;
    }

    public static Access of(Tensor tensor, List<? extends Expr> subscripts) {
        if (subscripts.size() != tensor.rank()) {
            throw new IllegalArgumentException(tensor + " has rank " + tensor.rank() + ", not " + subscripts.size());
        }
        return Interner.intern(new Access(tensor, List.copyOf(subscripts)));
    }

    public static Access of(Tensor tensor, Expr... subscripts) {
        return of(tensor, List.of(subscripts));
    }

    public Tensor tensor() {
        return tensor;
    }

    public List<Expr> subscripts() {
        return subscripts;
    }

    @Override
    public List<Expr> children() {
        return subscripts;
    }

    @Override
    public Access withChildren(List<Expr> children) {
        return children.equals(subscripts) ? this : of(tensor, children);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.access(this);
    }

    @Override
    int contentHash() {
        // Thousands of tensors are called x.
        return (tensor.hashCode() * 31 + subscripts.hashCode()) * 31 + 3;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Access access && access.tensor == tensor && access.subscripts.equals(subscripts);
    }
}
