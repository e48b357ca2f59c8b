package dev.gradc.check.index;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far integers lie from each other at least, by the bounds of indices and by conditions: where {@code j <= i && i != j} holds, j is at
 * least one below i. Each fact bounds the difference of two integers, and what follows from several is a shortest path. (Dill, "Timing
 * assumptions and verification of finite-state concurrent systems", 1989.)
 */
final class Distances {

    private static final long UNKNOWN = IntegerRange.ALL.high();

    /** An integer as another one, or 0, and what is added to it. */
    private record Shifted(Expr from, long by) {}

    private final List<Expr> nodes = new ArrayList<>(List.of(Constant.ZERO));

    /** By how much the first of two nodes lies above the second at most. */
    private final Map<List<Integer>, Long> most = new HashMap<>();

    private final List<List<Shifted>> different = new ArrayList<>();

    private Distances() {}

    /** How far {@code a} lies above {@code b} at least, where {@code conditions} hold; negative if it may lie below. */
    static long least(Expr a, Expr b, List<Expr> conditions) {
        Distances distances = new Distances();
        Shifted from = distances.shifted(a);
        Shifted to = distances.shifted(b);
        if (from.from() == to.from()) {
            return from.by() - to.by();
        }
        conditions.forEach(condition -> distances.learn(condition, true));
        distances.close();
        long farthest = distances.most(distances.nodes.indexOf(to.from()), distances.nodes.indexOf(from.from()));
        return farthest == UNKNOWN ? -UNKNOWN : from.by() - to.by() - farthest;
    }

    private void learn(Expr condition, boolean holds) {
        if (!(condition instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return;
        }
        if (operator == Operator.NOT) {
            learn(call.argument(0), !holds);
        } else if (operator == (holds ? Operator.AND : Operator.OR)) {
            call.arguments().forEach(part -> learn(part, holds));
        } else if (operator.isCondition() && operator != Operator.AND && operator != Operator.OR) {
            compare(operator, call.argument(0), call.argument(1), holds);
        }
    }

    private void compare(Operator operator, Expr a, Expr b, boolean holds) {
        if (!Constants.isInteger(a) || !Constants.isInteger(b)) {
            return;
        }
        switch (operator) {
            case LESS -> order(a, b, holds, 1);
            case LESS_EQUAL -> order(a, b, holds, 0);
            case GREATER -> order(b, a, holds, 1);
            case GREATER_EQUAL -> order(b, a, holds, 0);
            case EQUAL, NOT_EQUAL -> {
                if (holds == (operator == Operator.EQUAL)) {
                    order(a, b, true, 0);
                    order(b, a, true, 0);
                } else {
                    different.add(List.of(shifted(a), shifted(b)));
                }
            }
            default -> {}
        }
    }

    /** Learns {@code a + gap <= b}, or, if that does not hold, {@code b + 1 - gap <= a}. */
    private void order(Expr a, Expr b, boolean holds, int gap) {
        if (holds) {
            below(shifted(a), shifted(b), gap);
        } else {
            below(shifted(b), shifted(a), 1 - gap);
        }
    }

    private boolean below(Shifted a, Shifted b, long gap) {
        List<Integer> pair = List.of(nodes.indexOf(a.from()), nodes.indexOf(b.from()));
        long bound = b.by() - a.by() - gap;
        Long known = most.get(pair);
        if (known == null || bound < known) {
            most.put(pair, bound);
            return true;
        }
        return false;
    }

    /** {@code expression} from a node, which is made, with its bounds, if it is new. */
    private Shifted shifted(Expr expression) {
        Expr folded = Constants.fold(expression);
        if (folded instanceof Constant constant) {
            return new Shifted(Constant.ZERO, (long) constant.value());
        }
        if (folded.isSum() && folded instanceof Call call) {
            int sign = call.function() == Operator.ADD ? 1 : -1;
            Expr right = Constants.fold(call.argument(1));
            if (right instanceof Constant shift) {
                Shifted left = shifted(call.argument(0));
                return new Shifted(left.from(), left.by() + sign * (long) shift.value());
            }
            if (sign == 1 && Constants.fold(call.argument(0)) instanceof Constant shift) {
                Shifted rest = shifted(right);
                return new Shifted(rest.from(), rest.by() + (long) shift.value());
            }
        }
        if (!nodes.contains(folded)) {
            nodes.add(folded);
            bound(folded);
        }
        return new Shifted(folded, 0);
    }

    private void bound(Expr node) {
        Shifted self = new Shifted(node, 0);
        if (node instanceof Index index) {
            below(shifted(index.low()), self, 0);
            below(self, shifted(index.high()), 1);
            return;
        }
        IntegerRange range = IntegerRange.of(node);
        if (range.low() > IntegerRange.ALL.low() && range.high() < IntegerRange.ALL.high()) {
            below(new Shifted(Constant.ZERO, range.low()), self, 0);
            below(self, new Shifted(Constant.ZERO, range.high()), 0);
        }
    }

    /** Follows paths until they tell nothing new; of two that differ and are in order one lies at least 1 below. */
    private void close() {
        for (boolean more = true; more; ) {
            shortest();
            more = false;
            for (List<Shifted> pair : different) {
                more |= apart(pair.get(0), pair.get(1)) || apart(pair.get(1), pair.get(0));
            }
        }
    }

    private boolean apart(Shifted a, Shifted b) {
        boolean inOrder = most(nodes.indexOf(a.from()), nodes.indexOf(b.from())) == b.by() - a.by();
        return inOrder && below(a, b, 1);
    }

    private void shortest() {
        int count = nodes.size();
        for (int via = 0; via < count; via++) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    long path =
                            most(i, via) == UNKNOWN || most(via, j) == UNKNOWN ? UNKNOWN : most(i, via) + most(via, j);
                    if (i != j && path < most(i, j)) {
                        most.put(List.of(i, j), path);
                    }
                }
            }
        }
    }

    private long most(int a, int b) {
        return a == b ? 0 : most.getOrDefault(List.of(a, b), UNKNOWN);
    }
}
