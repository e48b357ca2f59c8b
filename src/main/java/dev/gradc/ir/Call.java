package dev.gradc.ir;

import java.util.List;

/** A function of the table, or an operator, applied to scalars. */
public final class Call extends Expr {

    private final Function function;
    private final List<Expr> arguments;

    private Call(Function function, List<Expr> arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    public static Call of(Function function, List<? extends Expr> arguments) {
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException(function.symbol() + " takes " + function.arity() + " arguments");
        }
        return Interner.intern(new Call(function, List.copyOf(arguments)));
    }

    public static Call of(Function function, Expr... arguments) {
        return of(function, List.of(arguments));
    }

    /** {@code -a}; of {@code -x} it is {@code x}. */
    public static Expr negated(Expr a) {
        return a.isCallOf(Operator.NEGATE) ? a.children().get(0) : of(Operator.NEGATE, a);
    }

    public Function function() {
        return function;
    }

    public List<Expr> arguments() {
        return arguments;
    }

    /** The {@code i}-th argument, from 0. */
    public Expr argument(int i) {
        return arguments.get(i);
    }

    @Override
    public List<Expr> children() {
        return arguments;
    }

    @Override
    public Call withChildren(List<Expr> children) {
        return children.equals(arguments) ? this : of(function, children);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.call(this);
    }

    @Override
    int contentHash() {
        return (function.symbol().hashCode() * 31 + arguments.hashCode()) * 31 + 4;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Call call && call.function.equals(function) && call.arguments.equals(arguments);
    }
}
