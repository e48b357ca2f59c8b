package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which shared parts are printed once, under a name. */
final class Sharing {

    /** Formulas of up to so many nodes, shared ones counted at each use, are printed whole even if names would make them shorter. */
    static final long LINE = 60;

    /** The same for formulas that are to be read back, until they are too long for anybody. */
    static final long WHOLE = 2_000;

    /** What naming a part costs, in nodes: a line of its own. */
    private static final long COST = 10;

    private Sharing() {}

    /**
     * The parts of {@code roots} to be named, operands first: those whose name makes the whole shorter.
     *
     * @param limit up to so many nodes there are none
     */
    static Map<Expr, String> names(List<? extends Expr> roots, long limit) {
        List<Expr> order = Walk.postOrder(roots);
        Map<Expr, Long> sizes = Walk.sizes(order);
        long total = roots.stream().mapToLong(sizes::get).reduce(0, Sharing::sum);
        if (total <= limit) {
            return Map.of();
        }
        Set<Expr> named = named(roots, order, sizes);
        Set<String> taken = taken(order);
        Map<Expr, String> names = new LinkedHashMap<>();
        int number = 1;
        for (Expr node : order) {
            if (named.contains(node)) {
                while (taken.contains("t" + number)) {
                    number++;
                }
                names.put(node, "t" + number++);
            }
        }
        return names;
    }

    /** From the roots down, so that of parts within each other that stand in the same places the largest gets the name. */
    private static Set<Expr> named(List<? extends Expr> roots, List<Expr> order, Map<Expr, Long> sizes) {
        Map<Expr, Long> uses = new IdentityHashMap<>();
        roots.forEach(root -> uses.merge(root, 1L, Sharing::sum));
        Set<Expr> whole = new HashSet<>(roots);
        Set<Expr> named = new HashSet<>();
        Set<Expr> open = open(order);
        for (int i = order.size() - 1; i >= 0; i--) {
            Expr node = order.get(i);
            long times = uses.get(node);
            boolean pays = Math.min(times - 1, LINE) * Math.min(sizes.get(node) - 1, LINE) > COST;
            if (pays && isNumber(node) && !whole.contains(node) && !open.contains(node)) {
                named.add(node);
                times = 1;
            }
            for (Expr child : node.children()) {
                uses.merge(child, times, Sharing::sum);
            }
        }
        return named;
    }

    /** What an index stands in is another number for each value of that, which a name alone does not tell. */
    private static Set<Expr> open(List<Expr> order) {
        Set<Expr> open = new HashSet<>();
        for (Expr node : order) {
            if (node instanceof Index || node.children().stream().anyMatch(open::contains)) {
                open.add(node);
            }
        }
        return open;
    }

    /** Numbers only, and of a power {@code u^3} rather {@code u}: other powers of it can then be read as such. */
    private static boolean isNumber(Expr node) {
        if (node instanceof Call call && call.function() instanceof Operator operator) {
            return !operator.isCondition()
                    && operator != Operator.NEGATE
                    && !(operator == Operator.POWER && call.argument(1) instanceof Constant);
        }
        return node instanceof Call || node instanceof Select;
    }

    private static long sum(long a, long b) {
        return Math.min(a + b, Long.MAX_VALUE / 2);
    }

    private static Set<String> taken(List<Expr> order) {
        Set<String> taken = new HashSet<>();
        for (Expr node : order) {
            if (node instanceof Access access) {
                taken.add(access.tensor().name());
            } else if (node instanceof Index index) {
                taken.add(index.name());
            }
        }
        return taken;
    }
}
