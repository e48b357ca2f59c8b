package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
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

    /** Formulas of up to so many nodes, shared ones counted at each use, are printed whole. */
    private static final long WHOLE = 2_000;

    /** Parts of fewer nodes are not worth a name. */
    private static final long SMALL = 5;

    private Sharing() {}

    /** The parts of {@code roots} to be named, operands first; none if everything together is short. */
    static Map<Expr, String> names(List<? extends Expr> roots) {
        List<Expr> order = Walk.postOrder(roots);
        Map<Expr, Long> sizes = sizes(order);
        long total = roots.stream().mapToLong(sizes::get).reduce(0, Sharing::sum);
        Map<Expr, String> names = new LinkedHashMap<>();
        if (total <= WHOLE) {
            return names;
        }
        Set<Expr> shared = shared(roots, order);
        Set<String> taken = taken(order);
        int number = 1;
        for (Expr node : order) {
            if (shared.contains(node) && sizes.get(node) >= SMALL && (node instanceof Call || node instanceof Select)) {
                while (taken.contains("t" + number)) {
                    number++;
                }
                names.put(node, "t" + number++);
            }
        }
        return names;
    }

    private static Map<Expr, Long> sizes(List<Expr> order) {
        Map<Expr, Long> sizes = new IdentityHashMap<>();
        for (Expr node : order) {
            sizes.put(node, node.children().stream().mapToLong(sizes::get).reduce(1, Sharing::sum));
        }
        return sizes;
    }

    private static long sum(long a, long b) {
        return Math.min(a + b, Long.MAX_VALUE / 2);
    }

    private static Set<Expr> shared(List<? extends Expr> roots, List<Expr> order) {
        Set<Expr> seen = new HashSet<>(roots);
        Set<Expr> shared = new HashSet<>();
        for (Expr node : order) {
            for (Expr child : node.children()) {
                if (!seen.add(child)) {
                    shared.add(child);
                }
            }
        }
        return shared;
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
