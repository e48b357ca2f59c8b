package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Rules by the root of their left sides, and the one step that a rule is: match, prove the guard, put in the right side. */
public final class RuleSet {

    private final Map<Object, List<Rule>> rules;
    private final Predicate<Expr> holds;
    private final LookThrough lookThrough;
    private final UnaryOperator<Expr> folding;

    /**
     * @param rules whose left sides are calls or selections; others never fit
     * @param holds whether a condition is proved
     * @param folding what is done to constants in the expressions; it is done to those of the rules
     */
    RuleSet(List<Rule> rules, Predicate<Expr> holds, LookThrough lookThrough, UnaryOperator<Expr> folding) {
        this(byRoot(rules, folding), holds, lookThrough, folding);
    }

    /** For formulas that are only read: numbers stay as they are written where a reader would not recognise what they make together. */
    public static RuleSet forReaders(List<Rule> rules) {
        return new RuleSet(rules, condition -> false, LookThrough.NOTHING, Folding::foldReadably);
    }

    private RuleSet(
            Map<Object, List<Rule>> rules,
            Predicate<Expr> holds,
            LookThrough lookThrough,
            UnaryOperator<Expr> folding) {
        this.rules = rules;
        this.holds = holds;
        this.lookThrough = lookThrough;
        this.folding = folding;
    }

    private static Map<Object, List<Rule>> byRoot(List<Rule> rules, UnaryOperator<Expr> folding) {
        Map<Object, List<Rule>> byRoot = new HashMap<>();
        for (Rule rule : rules) {
            Rule folded = folded(rule, folding);
            root(folded.left())
                    .ifPresent(root ->
                            byRoot.computeIfAbsent(root, r -> new ArrayList<>()).add(folded));
        }
        return byRoot;
    }

    /** The same rules where other conditions are proved. */
    public RuleSet where(Predicate<Expr> holds) {
        return new RuleSet(rules, holds, lookThrough, folding);
    }

    /** {@code node}, whose operands are folded, folded. */
    public Expr fold(Expr node) {
        return folding.apply(node);
    }

    /** Whether some rule might fit an expression with the root of {@code node}. */
    public boolean hasRulesFor(Object function) {
        return rules.containsKey(function);
    }

    /** What the first rule that fits makes of {@code node}, of the node as a whole; empty if that leaves it as it is. */
    public Optional<Step> step(Expr node) {
        List<Rule> candidates = root(node).map(rules::get).orElse(null);
        if (candidates != null && !isOverZero(node)) {
            for (Rule rule : candidates) {
                Optional<Expr> after = use(rule, node);
                if (after.isPresent()) {
                    return after.filter(changed -> changed != node).map(changed -> new Step(rule, node, changed));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether {@code node} is a number divided by 0, as the mean of nothing: no number, and no rule makes it one. */
    private static boolean isOverZero(Expr node) {
        return node.isCallOf(Operator.DIVIDE)
                && node.children().get(0) instanceof Constant
                && node.children().get(1) == Constant.ZERO;
    }

    private Optional<Expr> use(Rule rule, Expr node) {
        Optional<Map<Expr, Expr>> bound = Matcher.match(rule.left(), rule.variables(), node, lookThrough);
        // Most rules do not fit, and a lambda with a memory would cost more than finding that out.
        if (bound.isEmpty()) {
            return Optional.empty();
        }
        Rewrite instance = Rewrite.substituting(bound.get());
        boolean proved = rule.condition().map(instance::apply).map(holds::test).orElse(true);
        return proved ? Optional.of(instance.apply(rule.right())) : Optional.empty();
    }

    // All selections have one root.
    private static Optional<Object> root(Expr expression) {
        if (expression instanceof Call call) {
            return Optional.of(call.function());
        }
        return expression instanceof Select ? Optional.of(Select.class) : Optional.empty();
    }

    /** The rule with its constants folded, so that {@code -1} in its text is the number that stands in expressions. */
    private static Rule folded(Rule rule, UnaryOperator<Expr> fold) {
        Rewrite folding = new Rewrite(fold);
        return new Rule(
                rule.name(),
                rule.group(),
                rule.variables(),
                folding.apply(rule.left()),
                folding.apply(rule.right()),
                rule.condition().map(folding::apply));
    }
}
