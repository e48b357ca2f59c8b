package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves conditions by the signs and ranges of their parts, in the real numbers: {@code exp(u) > 0} holds, though the double may
 * be 0. What an expression cannot be where it is undefined does not count.
 *
 * <p>What is known of a function stands in the library: rules of the group {@code ranges} whose left side compares a call with a
 * constant and whose right side is 1, as {@code rule log(x) >= 0 = 1 where x >= 1}; and its definition, if it has one. An
 * element of a tensor lies where its definitions put it. One instance for one program; not safe for threads; linear time.
 */
public final class Ranges {

    private record Fact(Rule rule, Call pattern, Interval range) {}

    private final Map<Function, List<Fact>> facts;
    private final Map<Tensor, List<Definition>> definitions = new HashMap<>();
    private final Map<Expr, Interval> known = new HashMap<>();
    private final Map<Tensor, Interval> entries = new HashMap<>();

    public Ranges(Library library, List<Definition> definitions) {
        this(byFunction(library.rules("ranges")), definitions);
    }

    private Ranges(Map<Function, List<Fact>> facts, Collection<Definition> definitions) {
        this.facts = facts;
        for (Definition definition : definitions) {
            this.definitions
                    .computeIfAbsent(definition.target(), t -> new ArrayList<>())
                    .add(definition);
        }
    }

    private static Map<Function, List<Fact>> byFunction(List<Rule> rules) {
        Map<Function, List<Fact>> facts = new HashMap<>();
        for (Rule rule : rules) {
            fact(rule)
                    .ifPresent(fact -> facts.computeIfAbsent(fact.pattern.function(), f -> new ArrayList<>())
                            .add(fact));
        }
        return facts;
    }

    /** Nothing proved yet, about a program of these definitions. */
    public Ranges of(List<Definition> definitions) {
        return new Ranges(facts, definitions);
    }

    /** Whether {@code condition} is proved to hold wherever its parts are defined. */
    public boolean holds(Expr condition) {
        return Interval.point(1).equals(of(condition));
    }

    /** Where the values of {@code expression} lie. */
    Interval of(Expr expression) {
        Interval range = known.get(expression);
        if (range == null) {
            // Asked again while it is being worked out, by a recurrence, the answer is: anywhere.
            known.put(expression, Interval.ALL);
            range = expression.accept(new Evaluation());
            known.put(expression, range);
        }
        return range;
    }

    private static Optional<Fact> fact(Rule rule) {
        if (rule.left() instanceof Call comparison
                && comparison.function() instanceof Operator operator
                && comparison.arguments().size() == 2
                && comparison.argument(0) instanceof Call pattern
                && new Rewrite(Folding::fold).apply(comparison.argument(1)) instanceof Constant bound
                && rule.right() == Constant.ONE) {
            return halfLine(operator, bound.value()).map(range -> new Fact(rule, pattern, range));
        }
        return Optional.empty();
    }

    private static Optional<Interval> halfLine(Operator operator, double bound) {
        return Optional.ofNullable(
                switch (operator) {
                    case LESS -> Interval.below(bound, false);
                    case LESS_EQUAL -> Interval.below(bound, true);
                    case GREATER -> Interval.above(bound, false);
                    case GREATER_EQUAL -> Interval.above(bound, true);
                    default -> null;
                });
    }

    /** Where all entries of a tensor lie. */
    private Interval entriesOf(Tensor tensor) {
        Interval range = entries.get(tensor);
        if (range == null) {
            entries.put(tensor, Interval.ALL);
            range = tensor.role() == Tensor.Role.SIZE ? Interval.NONNEGATIVE : Interval.ALL;
            List<Definition> all = definitions.getOrDefault(tensor, List.of());
            if (all.size() == 1) {
                range = reduced(all.get(0));
            }
            entries.put(tensor, range);
        }
        return range;
    }

    private Interval reduced(Definition definition) {
        Interval body = of(definition.body());
        Interval range = switch (definition.combine()) {
            case ASSIGN, MAX, MIN -> body;
            case SUM -> sum(body, definition);
            case PRODUCT -> product(body);
            case ARGMAX -> Interval.NONNEGATIVE;
        };
        return definition.reachesAll() ? range : range.or(Interval.point(0));
    }

    /** Any number of terms, which may be none unless every loop is sure to run. */
    private Interval sum(Interval term, Definition definition) {
        boolean runs = definition.reduced().stream()
                .allMatch(loop -> of(loop.high()).low() > of(loop.low()).high());
        Interval none = Interval.point(0);
        Interval many = term.isNonnegative()
                ? Interval.above(term.low(), term.lowInside())
                : term.isNonpositive() ? Interval.below(term.high(), term.highInside()) : Interval.ALL;
        return runs ? many : many.or(none);
    }

    private static Interval product(Interval factor) {
        return factor.isNonnegative() ? factor.isAbove(0) ? Interval.POSITIVE : Interval.NONNEGATIVE : Interval.ALL;
    }

    private final class Evaluation implements Expr.Visitor<Interval> {

        @Override
        public Interval constant(Constant constant) {
            return Interval.point(constant.value());
        }

        @Override
        public Interval index(Index index) {
            Interval low = of(index.low());
            Interval high = of(index.high()).minus(Interval.point(1));
            return new Interval(low.low(), low.lowInside(), high.high(), high.highInside());
        }

        @Override
        public Interval access(Access access) {
            return entriesOf(access.tensor());
        }

        @Override
        public Interval select(Select select) {
            Interval condition = of(select.condition());
            if (condition.isPoint()) {
                return of(condition.low() != 0 ? select.then() : select.otherwise());
            }
            return of(select.then()).or(of(select.otherwise()));
        }

        @Override
        public Interval call(Call call) {
            if (call.function() instanceof Operator operator) {
                return operator(operator, call);
            }
            Interval range = body(call).map(Ranges.this::of).orElse(Interval.ALL);
            for (Fact fact : facts.getOrDefault(call.function(), List.of())) {
                if (applies(fact, call)) {
                    range = range.and(fact.range);
                }
            }
            return range;
        }

        private Optional<Expr> body(Call call) {
            return call.function() instanceof TableFunction row
                    ? row.body().map(body -> row.instantiate(body, call.arguments(), call))
                    : Optional.empty();
        }

        private boolean applies(Fact fact, Call call) {
            return Matcher.match(fact.pattern, fact.rule.variables(), call, LookThrough.NOTHING)
                    .filter(bound -> fact.rule
                            .condition()
                            .map(Rewrite.substituting(bound)::apply)
                            .map(Ranges.this::holds)
                            .orElse(true))
                    .isPresent();
        }

        private Interval operator(Operator operator, Call call) {
            Interval a = of(call.argument(0));
            if (operator == Operator.NEGATE) {
                return a.negate();
            }
            if (operator == Operator.NOT) {
                return a.isPoint() ? truth(a.low() == 0) : Interval.TRUTH;
            }
            Interval b = of(call.argument(1));
            boolean same = call.argument(0) == call.argument(1);
            return switch (operator) {
                case ADD -> a.plus(b);
                case SUBTRACT -> same ? Interval.point(0) : a.minus(b);
                case MULTIPLY -> same ? square(a) : a.times(b);
                case DIVIDE -> same ? Interval.point(1) : a.times(b.reciprocal());
                case POWER -> power(a, b);
                case REMAINDER ->
                    a.isNonnegative() && b.isPoint() && b.isAbove(0)
                            ? new Interval(0, true, b.high(), false)
                            : Interval.ALL;
                case LESS -> compare(a, b, false);
                case LESS_EQUAL -> compare(a, b, true);
                case GREATER -> compare(b, a, false);
                case GREATER_EQUAL -> compare(b, a, true);
                case EQUAL -> equal(a, b, true);
                case NOT_EQUAL -> equal(a, b, false);
                case AND ->
                    isFalse(a) || isFalse(b) ? truth(false) : isTrue(a) && isTrue(b) ? truth(true) : Interval.TRUTH;
                case OR ->
                    isTrue(a) || isTrue(b) ? truth(true) : isFalse(a) && isFalse(b) ? truth(false) : Interval.TRUTH;
                case NEGATE, NOT -> throw new IllegalArgumentException(operator.symbol());
            };
        }

        private Interval square(Interval a) {
            Interval size = a.magnitude();
            return size.times(size);
        }

        private Interval power(Interval base, Interval exponent) {
            if (exponent.isPoint()) {
                double n = exponent.low();
                if (n == 0) {
                    return Interval.point(1);
                }
                if (n == 2) {
                    return square(base);
                }
                if (n % 2 == 0) {
                    return base.excludesZero() || n < 0 ? Interval.POSITIVE : Interval.NONNEGATIVE;
                }
                if (n == 1) {
                    return base;
                }
                if (n % 1 != 0) {
                    // A root: defined for no negative base.
                    return base.isAbove(0) || n < 0 ? Interval.POSITIVE : Interval.NONNEGATIVE;
                }
            }
            return base.isAbove(0) ? Interval.POSITIVE : base.isNonnegative() ? Interval.NONNEGATIVE : Interval.ALL;
        }

        /** The value of {@code a < b}, or of {@code a <= b}. */
        private Interval compare(Interval a, Interval b, boolean orEqual) {
            if (a.high() < b.low() || a.high() == b.low() && (orEqual || !a.highInside() || !b.lowInside())) {
                return truth(true);
            }
            if (a.low() > b.high() || a.low() == b.high() && (!orEqual || !a.lowInside() || !b.highInside())) {
                return truth(false);
            }
            return Interval.TRUTH;
        }

        private Interval equal(Interval a, Interval b, boolean ifEqual) {
            if (a.isPoint() && b.isPoint() && a.low() == b.low()) {
                return truth(ifEqual);
            }
            return isTrue(compare(a, b, false)) || isTrue(compare(b, a, false)) ? truth(!ifEqual) : Interval.TRUTH;
        }

        private boolean isTrue(Interval range) {
            return range.excludesZero();
        }

        private boolean isFalse(Interval range) {
            return range.isPoint() && range.low() == 0;
        }

        private Interval truth(boolean holds) {
            return Interval.point(holds ? 1 : 0);
        }
    }
}
