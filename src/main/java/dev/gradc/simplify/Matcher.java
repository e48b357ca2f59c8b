package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a pattern's variables stand for. A variable matches any expression, the same one wherever it stands; constants
 * match by value (0.0 is not −0.0); {@code +} and {@code *} match with their operands in either order, the written order first.
 * Where the pattern wants a call and the expression is an element of a tensor, the matcher looks through the definition.
 */
final class Matcher {

    /** A pair still to be matched, and the pairs after it. */
    private record Goal(Expr pattern, Expr subject, Goal next) {}

    private final List<Tensor> variables;
    private final LookThrough lookThrough;
    private final Map<Expr, Expr> bound = new HashMap<>();

    private Matcher(List<Tensor> variables, LookThrough lookThrough) {
        this.variables = variables;
        this.lookThrough = lookThrough;
    }

    /** What each variable, as an element of rank 0, stands for; empty if {@code subject} is not of the form {@code pattern}. */
    static Optional<Map<Expr, Expr>> match(
            Expr pattern, List<Tensor> variables, Expr subject, LookThrough lookThrough) {
        if (!mayFit(pattern, subject, lookThrough)) {
            return Optional.empty();
        }
        Matcher matcher = new Matcher(variables, lookThrough);
        return matcher.solve(new Goal(pattern, subject, null)) ? Optional.of(matcher.bound) : Optional.empty();
    }

    /** Whether the operands' roots fit, in either order: most patterns need no closer look. */
    private static boolean mayFit(Expr pattern, Expr subject, LookThrough lookThrough) {
        List<Expr> patterns = pattern.children();
        List<Expr> subjects = subject.children();
        return subject instanceof Access
                || patterns.size() == subjects.size()
                        && (rootsFit(patterns, subjects, lookThrough)
                                || patterns.size() == 2
                                        && rootFits(patterns.get(0), subjects.get(1), lookThrough)
                                        && rootFits(patterns.get(1), subjects.get(0), lookThrough));
    }

    private static boolean rootsFit(List<Expr> patterns, List<Expr> subjects, LookThrough lookThrough) {
        for (int i = 0; i < patterns.size(); i++) {
            Expr pattern = patterns.get(i);
            // The same variable twice, as in x + x, stands for the same.
            boolean differs = i > 0
                    && pattern instanceof Access
                    && pattern == patterns.get(i - 1)
                    && subjects.get(i) != subjects.get(i - 1);
            if (differs || !rootFits(pattern, subjects.get(i), lookThrough)) {
                return false;
            }
        }
        return true;
    }

    private static boolean rootFits(Expr pattern, Expr subject, LookThrough lookThrough) {
        if (pattern instanceof Call || pattern instanceof Select) {
            return subject instanceof Access access && lookThrough.sees(access)
                    || LookThrough.haveOneRoot(pattern, subject);
        }
        return pattern instanceof Access || pattern == subject;
    }

    private boolean solve(Goal goal) {
        return goal == null
                || goal.pattern.accept(new Expr.Visitor<Boolean>() {
                    @Override
                    public Boolean constant(Constant constant) {
                        return goal.subject == constant && solve(goal.next);
                    }

                    @Override
                    public Boolean index(Index index) {
                        return goal.subject == index && solve(goal.next);
                    }

                    @Override
                    public Boolean access(Access access) {
                        return variables.contains(access.tensor())
                                ? bind(access, goal)
                                : goal.subject == access && solve(goal.next);
                    }

                    @Override
                    public Boolean call(Call call) {
                        Expr subject = lookThrough.as(call, goal.subject);
                        return subject instanceof Call found && operands(call, found, goal.next);
                    }

                    @Override
                    public Boolean select(Select select) {
                        return lookThrough.as(select, goal.subject) instanceof Select found
                                && solve(goals(select.children(), found.children(), goal.next));
                    }
                });
    }

    private boolean bind(Access variable, Goal goal) {
        Expr known = bound.putIfAbsent(variable, goal.subject);
        if (known != null) {
            return known == goal.subject && solve(goal.next);
        }
        if (solve(goal.next)) {
            return true;
        }
        bound.remove(variable);
        return false;
    }

    private boolean operands(Call pattern, Call subject, Goal next) {
        if (!pattern.function().equals(subject.function())) {
            return false;
        }
        if (solve(goals(pattern.arguments(), subject.arguments(), next))) {
            return true;
        }
        return pattern.function() instanceof Operator operator
                && operator.isCommutative()
                && solve(goals(pattern.arguments(), List.of(subject.argument(1), subject.argument(0)), next));
    }

    private static Goal goals(List<Expr> patterns, List<Expr> subjects, Goal next) {
        Goal goals = next;
        for (int i = patterns.size() - 1; i >= 0; i--) {
            goals = new Goal(patterns.get(i), subjects.get(i), goals);
        }
        return goals;
    }
}
