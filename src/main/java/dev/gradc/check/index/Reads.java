package dev.gradc.check.index;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The elements that a body reads, each with the conditions on indices under which it does. */
final class Reads {

    /** An element that is read under more sets of conditions counts as read under none. */
    private static final int MOST = 16;

    private final Map<Expr, Set<List<Expr>>> conditions = new HashMap<>();

    private Reads() {}

    /** For each element the conditions of each place where it stands. */
    static Map<Access, Set<List<Expr>>> of(Expr body) {
        Reads reads = new Reads();
        reads.add(body, List.of());
        Map<Access, Set<List<Expr>>> elements = new HashMap<>();
        List<Expr> nodes = Walk.postOrder(body);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Expr node = nodes.get(i);
            Set<List<Expr>> here = reads.conditions.get(node);
            if (node instanceof Access access) {
                elements.put(access, here);
            }
            here.forEach(known -> reads.passOn(node, known));
        }
        return elements;
    }

    private void passOn(Expr node, List<Expr> known) {
        if (node instanceof Select select) {
            add(select.condition(), known);
            add(select.then(), with(known, select.condition()));
            add(select.otherwise(), with(known, Call.of(Operator.NOT, select.condition())));
        } else if (node instanceof Call call && call.function() == Operator.AND) {
            add(call.argument(0), known);
            add(call.argument(1), with(known, call.argument(0)));
        } else if (node instanceof Call call && call.function() == Operator.OR) {
            add(call.argument(0), known);
            add(call.argument(1), with(known, Call.of(Operator.NOT, call.argument(0))));
        } else {
            node.children().forEach(child -> add(child, known));
        }
    }

    private void add(Expr node, List<Expr> known) {
        Set<List<Expr>> all = conditions.computeIfAbsent(node, key -> new HashSet<>());
        if (known.isEmpty() || all.size() >= MOST) {
            all.clear();
            all.add(List.of());
        } else if (!all.contains(List.<Expr>of())) {
            all.add(known);
        }
    }

    private static List<Expr> with(List<Expr> known, Expr condition) {
        if (Walk.indices(List.of(condition)).isEmpty()) {
            return known;
        }
        List<Expr> all = new ArrayList<>(known);
        all.add(condition);
        return all;
    }
}
