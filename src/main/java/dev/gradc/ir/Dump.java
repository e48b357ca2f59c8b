package dev.gradc.ir;

import java.util.List;
import java.util.stream.Collectors;

/** Text of the representation, for dumps, messages and tests: exact, with brackets where they matter. */
final class Dump implements Expr.Visitor<String> {

    /** Deeper expressions are abbreviated: a dump is to be read. */
    private static final int DEPTH = 200;

    /** Longer ones, too: what expressions share is written at each place, and may be so exponentially often. */
    private static final int NODES = 5_000;

    private int depth;
    private int nodes;

    private Dump() {}

    static String of(Expr expression) {
        return expression.accept(new Dump());
    }

    static String of(Definition definition) {
        String loops = definition.reduced().stream().map(Dump::range).collect(Collectors.joining(", "));
        String body = of(definition.body());
        String time = definition.recurrences().stream()
                .map(r -> "for " + range(r.time()) + (r.descending() ? " down: " : ": "))
                .collect(Collectors.joining());
        return time
                + definition.target().name()
                + brackets(definition.subscripts())
                + switch (definition.combine()) {
                    case ASSIGN -> " = " + body;
                    case SUM -> loops.isEmpty() ? addition(definition.body()) : " = sum[" + loops + "](" + body + ")";
                    case PRODUCT -> " = prod[" + loops + "](" + body + ")";
                    case MAX -> " = max[" + loops + "](" + body + ")";
                    case MIN -> " = min[" + loops + "](" + body + ")";
                    case ARGMAX -> " = argmax[" + loops + "](" + body + ")";
                };
    }

    private static String addition(Expr term) {
        return term.isCallOf(Operator.NEGATE) ? " -= " + of(((Call) term).argument(0)) : " += " + of(term);
    }

    private static String range(Index index) {
        String low = index.low() == Constant.ZERO ? "" : of(index.low()) + "..";
        return index.name() + ":" + low + of(index.high());
    }

    private static String brackets(List<? extends Expr> subscripts) {
        return subscripts.isEmpty()
                ? ""
                : subscripts.stream().map(Expr::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private String child(Expr expression, int precedence) {
        if (depth > DEPTH || ++nodes > NODES) {
            return "…";
        }
        depth++;
        String text = expression.accept(this);
        depth--;
        boolean bare = !(expression instanceof Select)
                && !(expression instanceof Call call
                        && call.function() instanceof Operator operator
                        && operator.precedence() < precedence);
        return bare ? text : "(" + text + ")";
    }

    @Override
    public String constant(Constant constant) {
        return constant.isInteger() ? Integer.toString((int) constant.value()) : Double.toString(constant.value());
    }

    @Override
    public String index(Index index) {
        return index.name();
    }

    @Override
    public String access(Access access) {
        return access.tensor().name() + brackets(access.subscripts());
    }

    @Override
    public String call(Call call) {
        if (call.function() instanceof Operator operator) {
            int precedence = operator.precedence();
            return operator.arity() == 1
                    ? operator.symbol() + child(call.argument(0), precedence)
                    : child(call.argument(0), precedence) + operator.symbol() + child(call.argument(1), precedence + 1);
        }
        return call.arguments().stream()
                .map(argument -> child(argument, 0))
                .collect(Collectors.joining(", ", call.function().symbol() + "(", ")"));
    }

    @Override
    public String select(Select select) {
        return child(select.condition(), 1) + " ? " + child(select.then(), 1) + " : " + child(select.otherwise(), 0);
    }
}
