package dev.gradc.ir;

import java.util.List;

/** {@code condition ? then : otherwise}: only the chosen side is evaluated, only its derivative counts. */
public final class Select extends Expr {

    private final Expr condition;
    private final Expr then;
    private final Expr otherwise;

    private Select(Expr condition, Expr then, Expr otherwise) {
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
    }

    public static Select of(Expr condition, Expr then, Expr otherwise) {
        return Interner.intern(new Select(condition, then, otherwise));
    }

    public Expr condition() {
        return condition;
    }

    public Expr then() {
        return then;
    }

    public Expr otherwise() {
        return otherwise;
    }

    @Override
    public List<Expr> children() {
        return List.of(condition, then, otherwise);
    }

    @Override
    public Select withChildren(List<Expr> children) {
        return children.equals(children()) ? this : of(children.get(0), children.get(1), children.get(2));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.select(this);
    }

    @Override
    int contentHash() {
        return ((condition.hashCode() * 31 + then.hashCode()) * 31 + otherwise.hashCode()) * 31 + 5;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Select select
                && select.condition == condition
                && select.then == then
                && select.otherwise == otherwise;
    }
}
