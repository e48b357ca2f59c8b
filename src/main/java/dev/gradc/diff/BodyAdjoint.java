package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reverse mode through one body: the derivative with respect to every element that it reads. Every node is visited once, after all
 * that use it; the work is proportional to the number of distinct nodes.
 */
final class BodyAdjoint {

    private final Library library;
    private final Predicate<Tensor> active;

    /** @param active the tensors to differentiate in */
    BodyAdjoint(Library library, Predicate<Tensor> active) {
        this.library = library;
        this.active = active;
    }

    /**
     * The adjoints of the active elements in {@code body}, in the order of first use.
     *
     * @param seed the adjoint of {@code body} itself
     * @param known expressions whose value is at hand elsewhere, as that of the body in the tensor it defines
     */
    Map<Access, Adjoint> of(Expr body, Adjoint seed, Map<Expr, Expr> known) {
        List<Expr> order = Walk.postOrder(body);
        ExprTable<Boolean> relevant = relevant(order);
        ExprTable<Adjoint> adjoints = new ExprTable<>();
        adjoints.put(body, seed);
        for (int i = order.size() - 1; i >= 0; i--) {
            Expr node = order.get(i);
            Adjoint adjoint = adjoints.get(node);
            if (adjoint == null || relevant.get(node) == null) {
                continue;
            }
            if (node instanceof Call call) {
                for (int k = 0; k < call.arguments().size(); k++) {
                    Expr argument = call.argument(k);
                    if (relevant.get(argument) != null) {
                        Expr partial =
                                library.partial(call.function(), k, call.arguments(), known.getOrDefault(call, call));
                        add(adjoints, argument, adjoint.times(partial));
                    }
                }
            } else if (node instanceof Select select) {
                add(adjoints, select.then(), adjoint.where(select.condition()));
                add(adjoints, select.otherwise(), adjoint.where(Adjoint.not(select.condition())));
            }
        }
        Map<Access, Adjoint> result = new LinkedHashMap<>();
        for (Expr node : order) {
            if (node instanceof Access access && relevant.get(node) != null && adjoints.get(node) != null) {
                result.put(access, adjoints.get(node));
            }
        }
        return result;
    }

    private static void add(ExprTable<Adjoint> adjoints, Expr node, Adjoint contribution) {
        if (contribution != null) {
            Adjoint before = adjoints.get(node);
            adjoints.put(node, before == null ? contribution : before.plus(contribution));
        }
    }

    /** The nodes that read an active element other than in a subscript or a condition. */
    private ExprTable<Boolean> relevant(List<Expr> order) {
        ExprTable<Boolean> relevant = new ExprTable<>();
        for (Expr node : order) {
            boolean reads = node instanceof Access access
                    ? active.test(access.tensor())
                    : node instanceof Select select
                            ? readsAny(select.children().subList(1, 3), relevant)
                            : readsAny(node.children(), relevant);
            if (reads) {
                relevant.put(node, true);
            }
        }
        return relevant;
    }

    private static boolean readsAny(List<Expr> nodes, ExprTable<Boolean> relevant) {
        for (Expr node : nodes) {
            if (relevant.get(node) != null) {
                return true;
            }
        }
        return false;
    }
}
