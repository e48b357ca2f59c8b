package dev.gradc.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rebuilds expressions from the leaves up, each shared part once. Remembers its results: one instance for one rewriting. */
public final class Rewrite {

    private final ExprTable<Expr> done = new ExprTable<>();
    private final Map<? extends Expr, ? extends Expr> replacements;
    private final UnaryOperator<Expr> step;
    private final boolean changesNothing;
    private final UnaryOperator<Expr> each = this::apply;

    /** A rewriting that applies {@code step} to every node, whose operands are already rewritten. */
    public Rewrite(UnaryOperator<Expr> step) {
        this(Map.of(), step, false);
    }

    private Rewrite(
            Map<? extends Expr, ? extends Expr> replacements, UnaryOperator<Expr> step, boolean changesNothing) {
        this.replacements = replacements;
        this.step = step;
        this.changesNothing = changesNothing;
    }

    /**
     * A rewriting that puts {@code replacements} in the place of leaves or whole subexpressions. It looks them up as it goes: they
     * must stay as they are as long as it is used.
     */
    public static Rewrite substituting(Map<? extends Expr, ? extends Expr> replacements) {
        return new Rewrite(replacements, UnaryOperator.identity(), replacements.isEmpty());
    }

    /** A rewriting that puts each of {@code replacements} in the place of that of {@code subexpressions}. */
    public static Rewrite substituting(List<? extends Expr> subexpressions, List<? extends Expr> replacements) {
        Map<Expr, Expr> pairs = new HashMap<>();
        for (int i = 0; i < subexpressions.size(); i++) {
            pairs.put(subexpressions.get(i), replacements.get(i));
        }
        return substituting(pairs);
    }

    /** A rewriting in which the entries of a tensor become those of another of its shape, looked up as it goes. */
    public static Rewrite renaming(Map<Tensor, Tensor> tensors) {
        return new Rewrite(node -> node instanceof Access access && tensors.containsKey(access.tensor())
                ? Access.of(tensors.get(access.tensor()), access.subscripts())
                : node);
    }

    public Expr apply(Expr expression) {
        if (changesNothing) {
            return expression;
        }
        Expr known = done.get(expression);
        if (known == null) {
            Expr replacement = replacements.get(expression);
            known = replacement == null ? step.apply(expression.withEach(each)) : replacement;
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
