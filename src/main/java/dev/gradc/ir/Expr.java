package dev.gradc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A scalar expression: immutable and hash-consed, so that two structurally equal expressions are the same object, comparison is
 * {@code ==}, and whatever is shared stays shared from parsing to emission. Safe to share between threads.
 */
public abstract sealed class Expr permits Constant, Index, Access, Call, Select {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Its own; what is made one after the other has neighbouring numbers. */
    final long number = COUNT.getAndIncrement();

    Expr() {}

    /** What numbers of neighbours, or sums of products of 31, have in common collides in hash tables; their mixtures do not. */
    static int mixed(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }

    /** The operands, left to right. */
    public abstract List<Expr> children();

    /** The same kind of node over other operands; {@code this} if they are the same. */
    public abstract Expr withChildren(List<Expr> children);

    /** The same kind of node over what {@code rewriting} makes of its operands; {@code this} if it changes none. */
    public final Expr withEach(UnaryOperator<Expr> rewriting) {
        List<Expr> children = children();
        List<Expr> rewritten = children;
        for (int i = 0; i < children.size(); i++) {
            Expr child = children.get(i);
            Expr now = rewriting.apply(child);
            if (now != child) {
                if (rewritten == children) {
                    rewritten = new ArrayList<>(children);
                }
                rewritten.set(i, now);
            }
        }
        return rewritten == children ? this : withChildren(rewritten);
    }

    /** Whether this is a call of {@code function}. */
    public final boolean isCallOf(Function function) {
        return this instanceof Call call && call.function() == function;
    }

    /** Whether this is a sum or a difference. */
    public final boolean isSum() {
        return isCallOf(Operator.ADD) || isCallOf(Operator.SUBTRACT);
    }

    /** Whether this is a product or a quotient. */
    public final boolean isProduct() {
        return isCallOf(Operator.MULTIPLY) || isCallOf(Operator.DIVIDE);
    }

    /** Calls the method of {@code visitor} for this kind of node. */
    public abstract <R> R accept(Visitor<R> visitor);

    /** Of the kind, the label and the operands, combined in any way. */
    abstract int contentHash();

    /** Whether {@code other} has the same kind, label and (identical) operands. */
    abstract boolean sameAs(Expr other);

    /** What differs between kinds of expression; no default methods, so that javac lists what a new kind needs. */
    public interface Visitor<R> {
        R constant(Constant constant);

        R index(Index index);

        R access(Access access);

        R call(Call call);

        R select(Select select);
    }

    // Not the same on every run: no pass may iterate over a hash table.
    @Override
    public final int hashCode() {
        return mixed((int) number);
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    /** The text of the expression, for messages and dumps. */
    @Override
    public final String toString() {
        return Dump.of(this);
    }
}
