package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A Jacobian by elimination: the graph of local derivatives, from which one inner vertex after the other is removed, its incoming edges
 * multiplied with its outgoing ones. Forward and reverse mode are two orders of doing so, any other is called cross-country. Griewank
 * and Walther, Evaluating Derivatives, 2008, chapter 9.
 */
final class Elimination {

    /** A node of the expressions, an element to differentiate in, or an entry of the result. */
    private static final class Vertex {
        private final int number;
        private final boolean inner;
        private final Map<Vertex, Adjoint> to = new LinkedHashMap<>();
        private final Map<Vertex, Adjoint> from = new LinkedHashMap<>();
        private int age;

        Vertex(int number, boolean inner) {
            this.number = number;
            this.inner = inner;
        }
    }

    /** What the removal of a vertex costs, as long as the vertex is of this age. */
    private record Candidate(Vertex vertex, int age, int cost) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            // Of equals the one nearer to the arguments, as in forward mode.
            return cost != other.cost
                    ? Integer.compare(cost, other.cost)
                    : Integer.compare(vertex.number, other.vertex.number);
        }
    }

    /** Which vertex goes first. */
    enum Order {
        /** The one that costs the fewest operations. */
        CHEAPEST,
        /** The one nearest to the arguments: forward mode. */
        FORWARD
    }

    private final Library library;
    private final Order order;
    private final UnaryOperator<Expr> known;
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();
    private int vertices;

    /** @param known what is known of local derivatives, as where they are taken at fixed places */
    Elimination(Library library, Order order, UnaryOperator<Expr> known) {
        this.library = library;
        this.order = order;
        this.known = known;
    }

    /** For each of {@code bodies} its derivatives in {@code elements}. */
    List<List<Expr>> jacobian(List<Expr> bodies, List<Access> elements) {
        Map<Expr, Vertex> graph = graph(bodies, new HashSet<>(elements));
        List<Vertex> results = new ArrayList<>();
        for (Expr body : bodies) {
            Vertex result = new Vertex(vertices++, false);
            results.add(result);
            if (graph.containsKey(body)) {
                connect(graph.get(body), result, Adjoint.ONE);
            }
        }
        graph.values().forEach(this::offer);
        while (!candidates.isEmpty()) {
            Candidate next = candidates.poll();
            if (next.age == next.vertex.age) {
                eliminate(next.vertex);
            }
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (Vertex result : results) {
            List<Expr> row = new ArrayList<>();
            for (Access element : elements) {
                Vertex source = graph.get(element);
                Adjoint label = source == null ? null : source.to.get(result);
                row.add(label == null ? Constant.ZERO : label.expression());
            }
            rows.add(row);
        }
        return rows;
    }

    /** The vertices of all nodes that depend on {@code elements}. */
    private Map<Expr, Vertex> graph(List<Expr> bodies, Set<Access> elements) {
        Map<Expr, Vertex> graph = new LinkedHashMap<>();
        for (Expr node : Walk.postOrder(bodies)) {
            if (node instanceof Access access) {
                if (elements.contains(access)) {
                    graph.put(node, new Vertex(vertices++, false));
                }
                continue;
            }
            Map<Vertex, Adjoint> edges = new LinkedHashMap<>();
            if (node instanceof Call call) {
                for (int k = 0; k < call.arguments().size(); k++) {
                    Vertex source = graph.get(call.argument(k));
                    if (source != null) {
                        Expr partial = library.partial(call.function(), k, call.arguments(), call);
                        add(edges, source, Adjoint.ONE.times(known.apply(partial)));
                    }
                }
            } else if (node instanceof Select select) {
                add(edges, graph.get(select.then()), Adjoint.ONE.where(select.condition()));
                add(edges, graph.get(select.otherwise()), Adjoint.ONE.where(Adjoint.not(select.condition())));
            }
            if (!edges.isEmpty()) {
                Vertex vertex = new Vertex(vertices++, true);
                edges.forEach((source, label) -> connect(source, vertex, label));
                graph.put(node, vertex);
            }
        }
        return graph;
    }

    private static void add(Map<Vertex, Adjoint> edges, Vertex source, Adjoint label) {
        if (source != null && label != null) {
            edges.merge(source, label, Adjoint::plus);
        }
    }

    private static void connect(Vertex source, Vertex target, Adjoint label) {
        Adjoint sum = source.to.merge(target, label, Adjoint::plus);
        target.from.put(source, sum);
    }

    private void eliminate(Vertex vertex) {
        vertex.age++;
        vertex.from.keySet().forEach(source -> source.to.remove(vertex));
        vertex.to.keySet().forEach(target -> target.from.remove(vertex));
        vertex.from.forEach((source, in) -> vertex.to.forEach((target, out) -> {
            Adjoint product = out.times(in.value());
            if (product != null) {
                connect(source, target, in.guard() == null ? product : product.where(in.guard()));
            }
        }));
        vertex.from.keySet().forEach(this::offer);
        vertex.to.keySet().forEach(this::offer);
    }

    private void offer(Vertex vertex) {
        if (vertex.inner) {
            vertex.age++;
            candidates.add(new Candidate(vertex, vertex.age, order == Order.FORWARD ? 0 : cost(vertex)));
        }
    }

    /** The multiplications and additions that the removal of a vertex takes. */
    private static int cost(Vertex vertex) {
        int cost = 0;
        for (Map.Entry<Vertex, Adjoint> in : vertex.from.entrySet()) {
            for (Map.Entry<Vertex, Adjoint> out : vertex.to.entrySet()) {
                cost += isUnit(in.getValue()) || isUnit(out.getValue()) ? 0 : 1;
                cost += in.getKey().to.containsKey(out.getKey()) ? 1 : 0;
            }
        }
        return cost;
    }

    private static boolean isUnit(Adjoint label) {
        return label.value() instanceof Constant constant && Math.abs(constant.value()) == 1;
    }
}
