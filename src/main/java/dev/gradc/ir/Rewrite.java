package dev.gradc.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rebuilds expressions from the leaves up, each shared part once. Remembers its results: one instance for one rewriting. */
public final class Rewrite {

    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private final UnaryOperator<Expr> step;

    /** A rewriting that applies {@code step} to every node, whose operands are already rewritten. */
    public Rewrite(UnaryOperator<Expr> step) {
        this.step = step;
    }

    /** A rewriting that puts {@code replacements} in the place of leaves or whole subexpressions. */
    public static Rewrite substituting(Map<? extends Expr, ? extends Expr> replacements) {
        Rewrite rewrite = new Rewrite(UnaryOperator.identity());
        rewrite.done.putAll(replacements);
        return rewrite;
    }

    public Expr apply(Expr expression) {
        Expr known = done.get(expression);
        if (known == null) {
            known = step.apply(expression.withChildren(apply(expression.children())));
            done.put(expression, known);
        }
        return known;
    }

    public List<Expr> apply(List<? extends Expr> expressions) {
        if (expressions.isEmpty()) {
            return List.of();
        }
        List<Expr> results = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            results.add(apply(expression));
        }
        return results;
    }
}
