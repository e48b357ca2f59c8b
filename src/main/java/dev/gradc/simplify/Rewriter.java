package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    private final Map<Function, List<Rule>> rules = new HashMap<>();
    private final Predicate<Expr> holds;
    private final LookThrough lookThrough;
    private final Consumer<Step> report;

    private final Map<Expr, Expr> done = new HashMap<>();
    private int depth;
    private int steps;

    /**
     * @param rules whose left sides are calls; others never fit
     * @param holds whether a condition is proved
     * @param report is told each use of a rule
     */
    public Rewriter(List<Rule> rules, Predicate<Expr> holds, Consumer<Step> report) {
        this(rules, holds, LookThrough.NOTHING, report);
    }

    Rewriter(List<Rule> rules, Predicate<Expr> holds, LookThrough lookThrough, Consumer<Step> report) {
        for (Rule rule : rules) {
            Rule folded = folded(rule);
            if (folded.left() instanceof Call call) {
                this.rules
                        .computeIfAbsent(call.function(), f -> new ArrayList<>())
                        .add(folded);
            }
        }
        this.holds = holds;
        this.lookThrough = lookThrough;
        this.report = report;
    }

    /** An expression of equal value to which no rule applies. */
    public Expr apply(Expr expression) {
        Expr known = done.get(expression);
        if (known == null) {
            known = settle(expression.withChildren(apply(expression.children())));
            done.put(expression, known);
            done.put(known, known);
        }
        return known;
    }

    private List<Expr> apply(List<Expr> expressions) {
        if (expressions.isEmpty()) {
            return expressions;
        }
        List<Expr> results = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> results.add(apply(expression)));
        return results;
    }

    /** Rewrites a node whose operands are done. */
    private Expr settle(Expr node) {
        if (depth == 0) {
            steps = 0;
        }
        Expr next = Folding.fold(node);
        if (next == node) {
            next = step(node);
        }
        if (next == node || depth > DEPTH || steps > STEPS) {
            return next;
        }
        depth++;
        Expr settled = apply(next);
        depth--;
        return settled;
    }

    /** What the first fitting rule makes of {@code node}; itself if none fits. */
    private Expr step(Expr node) {
        if (node instanceof Call call) {
            for (Rule rule : rules.getOrDefault(call.function(), List.of())) {
                Optional<Expr> after = use(rule, node);
                if (after.isPresent() && after.get() != node) {
                    steps++;
                    report.accept(new Step(rule, node, after.get()));
                    return after.get();
                }
            }
        }
        return node;
    }

    private Optional<Expr> use(Rule rule, Expr node) {
        return Matcher.match(rule.left(), rule.variables(), node, lookThrough).flatMap(bound -> {
            Rewrite instance = Rewrite.substituting(bound);
            boolean proved =
                    rule.condition().map(instance::apply).map(holds::test).orElse(true);
            return proved ? Optional.of(instance.apply(rule.right())) : Optional.empty();
        });
    }

    /** The rule with its constants folded, so that {@code -1} in its text is the number that stands in expressions. */
    private static Rule folded(Rule rule) {
        Rewrite folding = new Rewrite(Folding::fold);
        return new Rule(
                rule.name(),
                rule.group(),
                rule.variables(),
                folding.apply(rule.left()),
                folding.apply(rule.right()),
                rule.condition().map(folding::apply));
    }
}
