package dev.gradc.ir;

import java.util.Optional;

/**
 * A named array of known shape; a scalar has rank 0. Two tensors are equal only if they are the same object: names may repeat.
 */
public final class Tensor {

    private final String name;
    private final Role role;
    private final boolean integer;
    private final Optional<Expr> limit;
    private final Shape shape;

    public Tensor(String name, Role role, boolean integer, Shape shape) {
        this(name, role, integer, Optional.empty(), shape);
    }

    private Tensor(String name, Role role, boolean integer, Optional<Expr> limit, Shape shape) {
        this.name = name;
        this.role = role;
        this.integer = integer;
        this.limit = limit;
        this.shape = shape;
    }

    /** A tensor of integers from 0 to {@code limit}, exclusive. */
    public static Tensor integers(String name, Role role, Expr limit, Shape shape) {
        return new Tensor(name, role, true, Optional.of(limit), shape);
    }

    /** A tensor that a definition computes. */
    public static Tensor derived(String name, Shape shape) {
        return new Tensor(name, Role.DERIVED, false, shape);
    }

    /** Another tensor, like this one but for its name. */
    public Tensor named(String newName) {
        return new Tensor(newName, role, integer, limit, shape);
    }

    /** Where its entries come from. */
    public enum Role {
        /** Given with every call, one for each example: data and a function's arguments. */
        INPUT,
        /** As an input, but only the loss may read it. */
        TARGET,
        /** Owned by the model and trained. */
        PARAMETER,
        /** Owned by the model and not trained. */
        STATE,
        /** Drawn at random before every pass, for every example. */
        DRAW,
        /** A size that is known only at run time, as the number of examples in a batch. */
        SIZE,
        /** Computed by a definition. */
        DERIVED
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    /** Whether its entries are integers; such a tensor has no derivative. */
    public boolean isInteger() {
        return integer;
    }

    /** What its entries, integers from 0, stay below; empty if nothing is said of them. */
    public Optional<Expr> limit() {
        return limit;
    }

    /** What its entries stay below, if that is a constant; else the largest integer. */
    public int bound() {
        return limit.filter(Constant.class::isInstance)
                .map(constant -> (int) ((Constant) constant).value())
                .orElse(Integer.MAX_VALUE);
    }

    public Shape shape() {
        return shape;
    }

    public int rank() {
        return shape.rank();
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
