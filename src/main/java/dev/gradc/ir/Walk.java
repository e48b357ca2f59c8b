package dev.gradc.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists what stands in expressions, each shared part once, operands before what uses them. One instance remembers what it has listed:
 * of definitions that share a large part, only the first pays for it.
 */
public final class Walk {

    private final ExprSet seen = new ExprSet();

    /** Every node of {@code roots} in topological order: operands first. */
    public static List<Expr> postOrder(Collection<? extends Expr> roots) {
        return new Walk().next(roots);
    }

    /** The nodes of {@code roots} that have not been listed before, in topological order. */
    public List<Expr> next(Collection<? extends Expr> roots) {
        List<Expr> order = new ArrayList<>();
        for (Expr root : roots) {
            visit(root, order);
        }
        return order;
    }

    /** The elements that {@code definition} reads in its body, in its subscripts, in its bounds and in its shape, as {@link #next}. */
    public List<Access> nextReads(Definition definition) {
        List<Expr> roots = new ArrayList<>(definition.subscripts());
        roots.add(definition.body());
        for (Index loop : definition.loops()) {
            roots.add(loop.low());
            roots.add(loop.high());
        }
        roots.addAll(definition.target().shape().extents());
        List<Access> reads = new ArrayList<>();
        for (Expr root : roots) {
            visitReads(root, reads);
        }
        return reads;
    }

    /** What {@code definitions} read, in the order of first use. */
    public static Set<Tensor> tensorsRead(Collection<Definition> definitions) {
        Walk walk = new Walk();
        Set<Tensor> read = new LinkedHashSet<>();
        definitions.forEach(definition -> walk.nextReads(definition).forEach(access -> read.add(access.tensor())));
        return read;
    }

    public static List<Expr> postOrder(Expr root) {
        return postOrder(List.of(root));
    }

    /** The elements that {@code root} reads, in the order of first use; also those inside subscripts. */
    public static List<Access> accesses(Expr root) {
        List<Access> reads = new ArrayList<>();
        new Walk().visitReads(root, reads);
        return reads;
    }

    /** The indices in {@code roots}, in the order of first use. */
    public static Set<Index> indices(Collection<? extends Expr> roots) {
        Set<Index> indices = new LinkedHashSet<>();
        for (Expr expression : postOrder(roots)) {
            if (expression instanceof Index index) {
                indices.add(index);
            }
        }
        return indices;
    }

    /** The indices of other loops that the bounds of {@code loop} read. */
    public static Set<Index> indicesOfBounds(Index loop) {
        return indices(List.of(loop.low(), loop.high()));
    }

    /** How many nodes each of {@code order} has, operands first, if what is shared is counted at each use; no more than a long holds. */
    public static Map<Expr, Long> sizes(List<Expr> order) {
        Map<Expr, Long> sizes = new IdentityHashMap<>();
        for (Expr node : order) {
            long size = 1;
            for (Expr child : node.children()) {
                size = Math.min(size + sizes.get(child), Long.MAX_VALUE / 2);
            }
            sizes.put(node, size);
        }
        return sizes;
    }

    private void visit(Expr expression, List<Expr> order) {
        if (seen.add(expression)) {
            List<Expr> children = expression.children();
            for (int i = 0; i < children.size(); i++) {
                visit(children.get(i), order);
            }
            order.add(expression);
        }
    }

    private void visitReads(Expr expression, List<Access> reads) {
        if (seen.add(expression)) {
            List<Expr> children = expression.children();
            for (int i = 0; i < children.size(); i++) {
                visitReads(children.get(i), reads);
            }
            if (expression instanceof Access access) {
                reads.add(access);
            }
        }
    }
}
