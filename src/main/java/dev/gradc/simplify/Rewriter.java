package dev.gradc.simplify;

import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import dev.gradc.library.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Applies rules from the leaves up until none fits, and folds constants; each shared part once. What a rule makes is rewritten in turn.
 *
 * <p>Of several rules that fit, the first listed wins. A guarded rule is used only where its condition is proved. Rules
 * that undo each other are stopped by a bound, which no sensible set reaches; the value is right all the same. Remembers its
 * results: one instance for one program, not safe for threads. Time is linear in the number of shared parts.
 */
public final class Rewriter {

    /** Rules used on what a rule just made, one within the other. */
    private static final int DEPTH = 100;

    /** Uses of rules for each part that was given. */
    private static final int STEPS = 1000;

    private final RuleSet rules;
    private final Consumer<Step> report;
    private final UnaryOperator<Expr> each = this::apply;

    private final ExprTable<Expr> done = new ExprTable<>();

    /** What rules have made and is being rewritten: where a part of it, as x in {@code x = c ? x : y}, would become it again, that stays. */
    private final Set<Expr> underway = new HashSet<>();

    private int depth;
    private int steps;

    /**
     * @param rules whose left sides are calls or selections; others never fit
     * @param holds whether a condition is proved
     * @param report is told each use of a rule
     */
    public Rewriter(List<Rule> rules, Predicate<Expr> holds, Consumer<Step> report) {
        this(new RuleSet(rules, holds, LookThrough.NOTHING, Folding::fold), report);
    }

    public Rewriter(RuleSet rules, Consumer<Step> report) {
        this.rules = rules;
        this.report = report;
    }

    /** An expression of equal value to which no rule applies. */
    public Expr apply(Expr expression) {
        Expr known = done.get(expression);
        if (known == null) {
            known = settle(expression.withEach(each));
            done.put(expression, known);
            done.put(known, known);
        }
        return known;
    }

    /** Rewrites a node whose operands are done. */
    private Expr settle(Expr node) {
        if (depth == 0) {
            steps = 0;
        }
        Expr next = rules.fold(node);
        if (next == node) {
            next = step(node);
        }
        if (underway.contains(next)) {
            return node;
        }
        if (next == node || depth > DEPTH || steps > STEPS) {
            return next;
        }
        depth++;
        underway.add(next);
        Expr settled = apply(next);
        underway.remove(next);
        depth--;
        return settled;
    }

    private Expr step(Expr node) {
        Optional<Step> step = rules.step(node);
        step.ifPresent(report);
        steps += step.isPresent() ? 1 : 0;
        return step.map(Step::after).orElse(node);
    }
}
