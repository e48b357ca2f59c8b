package dev.gradc.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What conditions say of the integer expressions in them: where {@code 0 <= i-1 && i < 9} holds, i-1 is not negative and i below 9. */
public final class KnownRanges {

    private final Map<Expr, IntegerRange> known = new HashMap<>();

    private KnownRanges() {}

    /** The ranges of expressions where all of {@code conditions} hold. */
    public static Map<Expr, IntegerRange> where(List<Expr> conditions) {
        KnownRanges ranges = new KnownRanges();
        // Twice, so that what one condition says of an index helps to understand the bound in another.
        for (int round = 0; round < 2; round++) {
            conditions.forEach(condition -> ranges.learn(condition, true));
        }
        return ranges.known;
    }

    private void learn(Expr condition, boolean holds) {
        if (!(condition instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return;
        }
        switch (operator) {
            case NOT -> learn(call.argument(0), !holds);
            case AND -> {
                if (holds) {
                    call.arguments().forEach(part -> learn(part, true));
                }
            }
            case OR -> {
                if (!holds) {
                    call.arguments().forEach(part -> learn(part, false));
                }
            }
            case LESS -> order(call.argument(0), call.argument(1), holds, 1);
            case LESS_EQUAL -> order(call.argument(0), call.argument(1), holds, 0);
            case GREATER -> order(call.argument(1), call.argument(0), holds, 1);
            case GREATER_EQUAL -> order(call.argument(1), call.argument(0), holds, 0);
            case EQUAL -> equal(call.argument(0), call.argument(1), holds);
            case NOT_EQUAL -> equal(call.argument(0), call.argument(1), !holds);
            default -> {}
        }
    }

    /** Learns from {@code a + gap <= b}, or, if that does not hold, from {@code b + 1 - gap <= a}. */
    private void order(Expr a, Expr b, boolean holds, int gap) {
        if (!holds) {
            order(b, a, true, 1 - gap);
            return;
        }
        narrow(a, new IntegerRange(IntegerRange.ALL.low(), range(b).high() - gap));
        narrow(b, new IntegerRange(range(a).low() + gap, IntegerRange.ALL.high()));
    }

    private void equal(Expr a, Expr b, boolean holds) {
        if (holds) {
            order(a, b, true, 0);
            order(b, a, true, 0);
        } else {
            differs(a, range(b));
            differs(b, range(a));
        }
    }

    /** An end of its range that {@code a} does not take is no longer one. */
    private void differs(Expr a, IntegerRange taken) {
        IntegerRange range = range(a);
        if (taken.isSingle() && taken.low() == range.low()) {
            narrow(a, new IntegerRange(range.low() + 1, range.high()));
        } else if (taken.isSingle() && taken.high() == range.high()) {
            narrow(a, new IntegerRange(range.low(), range.high() - 1));
        }
    }

    private IntegerRange range(Expr expression) {
        return IntegerRange.of(expression, known);
    }

    private void narrow(Expr expression, IntegerRange range) {
        known.merge(expression, range, IntegerRange::and);
    }
}
