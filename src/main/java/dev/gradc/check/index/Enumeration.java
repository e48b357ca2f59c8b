package dev.gradc.check.index;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;

/**
 * Tries all values of the indices in a subscript, where intervals are too coarse to tell whether it stays inside, {@code i*(i-1)/2 + j}
 * for j below i, and whether its divisions come out exact.
 */
public final class Enumeration {

    /** More combinations than this are not tried. */
    private static final long LIMIT = 1_000_000;

    private final Expr subscript;
    private final DoublePredicate demand;
    private final List<Expr> guards;

    /** The guards that speak of {@link #variables}, and of nothing unknown. */
    private final List<Expr> usable = new ArrayList<>();

    private final List<Expr> variables = new ArrayList<>();
    private final Map<Expr, Long> values = new HashMap<>();
    private long tried;

    private Enumeration(Expr subscript, DoublePredicate demand, List<Expr> guards) {
        this.subscript = subscript;
        this.demand = demand;
        this.guards = guards;
    }

    /** Whether first ≤ subscript &lt; end wherever the guards hold; empty if there is too much to try, or something unknown. */
    public static Optional<Boolean> staysInside(Expr subscript, long first, long end, List<Expr> guards) {
        return always(subscript, place -> place >= first && place < end, guards);
    }

    /** The value of an integer that is the same wherever the guards hold; empty if it varies, or that cannot be told. */
    public static OptionalDouble constant(Expr integer, List<Expr> guards) {
        if (Constants.fold(integer) instanceof Constant constant) {
            return OptionalDouble.of(constant.value());
        }
        double[] seen = {Double.NaN};
        boolean same = always(
                        integer,
                        value -> {
                            boolean fits = Double.isNaN(seen[0]) || seen[0] == value;
                            seen[0] = value;
                            return fits;
                        },
                        guards)
                .orElse(false);
        return same && !Double.isNaN(seen[0]) ? OptionalDouble.of(seen[0]) : OptionalDouble.empty();
    }

    /** Whether all divisions in the subscript come out exact wherever the guards hold; empty if that cannot be told. */
    public static Optional<Boolean> isExact(Expr subscript, List<Expr> guards) {
        Optional<Boolean> exact = Optional.of(true);
        for (Expr part : subscript.children()) {
            List<Expr> there = new ArrayList<>(guards);
            if (subscript instanceof Select select && part == select.then()) {
                there.add(select.condition());
            } else if (subscript instanceof Select select && part == select.otherwise()) {
                there.add(Call.of(Operator.NOT, select.condition()));
            }
            exact = exact.equals(Optional.of(true)) ? isExact(part, there) : exact;
        }
        return subscript.isCallOf(Operator.DIVIDE) && exact.equals(Optional.of(true))
                ? always(subscript, quotient -> quotient == Math.rint(quotient), guards)
                : exact;
    }

    private static Optional<Boolean> always(Expr subscript, DoublePredicate demand, List<Expr> guards) {
        Enumeration enumeration = new Enumeration(subscript, demand, guards);
        return enumeration.collect() ? enumeration.tryAll(0) : Optional.empty();
    }

    /** Brings the indices and integer data that matter into an order in which bounds come before what they bound. */
    private boolean collect() {
        Set<Expr> ordered = new LinkedHashSet<>();
        if (!isKnown(subscript, ordered)) {
            return false;
        }
        // A guard of other indices says nothing, and each of these would multiply the work.
        List<Expr> open = new ArrayList<>();
        guards.forEach(guard -> conjuncts(guard, true, open));
        while (open.removeIf(guard -> brings(guard, ordered))) {}
        variables.addAll(ordered);
        return true;
    }

    /** What follows if {@code guard} holds, or does not: a part that is unknown takes nothing from the others. */
    private static void conjuncts(Expr guard, boolean holds, List<Expr> all) {
        if (guard instanceof Call call && call.function() == Operator.NOT) {
            conjuncts(call.argument(0), !holds, all);
        } else if (guard instanceof Call call && call.function() == (holds ? Operator.AND : Operator.OR)) {
            call.arguments().forEach(part -> conjuncts(part, holds, all));
        } else {
            all.add(holds ? guard : Call.of(Operator.NOT, guard));
        }
    }

    /** Whether {@code guard} speaks of one of the variables, among which all of its own are then, or of constants only. */
    private boolean brings(Expr guard, Set<Expr> ordered) {
        Set<Expr> own = new LinkedHashSet<>();
        if (!isKnown(guard, own) || !own.isEmpty() && Collections.disjoint(own, ordered)) {
            return false;
        }
        ordered.addAll(own);
        return usable.add(guard);
    }

    private boolean isKnown(Expr expression, Set<Expr> ordered) {
        for (Expr node : Walk.postOrder(expression)) {
            if (node instanceof Index index) {
                if (!isKnown(index.low(), ordered) || !isKnown(index.high(), ordered)) {
                    return false;
                }
                ordered.add(index);
            } else if (node instanceof Access access) {
                if (access.tensor().limit().isEmpty()) {
                    return false;
                }
                ordered.add(access);
            } else if (node instanceof Call call && !(call.function() instanceof Operator)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Boolean> tryAll(int next) {
        if (next == variables.size()) {
            if (++tried > LIMIT) {
                return Optional.empty();
            }
            boolean excluded = usable.stream().anyMatch(guard -> value(guard) == 0);
            return Optional.of(excluded || demand.test(value(subscript)));
        }
        Expr variable = variables.get(next);
        long low = variable instanceof Index index ? (long) value(index.low()) : 0;
        long high = variable instanceof Index index
                ? (long) value(index.high())
                : IntegerRange.of(variable).high() + 1;
        if (high - low > LIMIT) {
            return Optional.empty();
        }
        for (long i = low; i < high; i++) {
            values.put(variable, i);
            Optional<Boolean> inside = tryAll(next + 1);
            if (inside.isEmpty() || !inside.get()) {
                return inside;
            }
        }
        return Optional.of(true);
    }

    private double value(Expr expression) {
        if (expression instanceof Constant constant) {
            return constant.value();
        } else if (expression instanceof Call call) {
            return apply((Operator) call.function(), call.arguments());
        } else if (expression instanceof Select select) {
            return value(select.condition()) != 0 ? value(select.then()) : value(select.otherwise());
        }
        return values.get(expression);
    }

    private double apply(Operator operator, List<Expr> arguments) {
        double a = value(arguments.get(0));
        double b = arguments.size() > 1 ? value(arguments.get(1)) : 0;
        return switch (operator) {
            case OR -> a != 0 || b != 0 ? 1 : 0;
            case AND -> a != 0 && b != 0 ? 1 : 0;
            case LESS -> a < b ? 1 : 0;
            case LESS_EQUAL -> a <= b ? 1 : 0;
            case GREATER -> a > b ? 1 : 0;
            case GREATER_EQUAL -> a >= b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
            case NOT_EQUAL -> a != b ? 1 : 0;
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case NEGATE -> -a;
            case NOT -> a == 0 ? 1 : 0;
            case POWER -> Math.pow(a, b);
        };
    }
}
