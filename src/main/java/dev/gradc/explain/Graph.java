package dev.gradc.explain;

import java.util.Arrays;
import java.util.List;

/** A computation graph, its nodes in an order in which each reads only earlier ones, its edges in the order of their readers. */
record Graph(List<Node> nodes, List<Edge> edges) {

    Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** A picture may have so many boxes, and pieces of edges between neighbouring layers: it takes seconds then. */
    private static final long MOST = 20_000;

    /** Whether a picture of it is drawn in seconds, and is one that somebody can look at. */
    boolean isDrawable() {
        int[] layer = new int[nodes.size()];
        edges.forEach(edge -> layer[edge.to()] = Math.max(layer[edge.to()], layer[edge.from()] + 1));
        // What is given stands beside its first reader.
        int[] start = new int[nodes.size()];
        Arrays.setAll(start, i -> nodes.get(i).given() ? nodes.size() : layer[i]);
        edges.forEach(edge -> start[edge.from()] = Math.min(start[edge.from()], layer[edge.to()] - 1));
        long pieces = edges.stream()
                .mapToLong(edge -> layer[edge.to()] - start[edge.from()])
                .sum();
        return nodes.size() + pieces <= MOST;
    }

    /**
     * A tensor.
     *
     * @param name unique in the graph
     * @param label what stands in its box
     * @param given whether it comes from outside
     */
    record Node(String name, String label, boolean given) {}

    /**
     * One tensor is read to compute another.
     *
     * @param from the position of the one that is read among the nodes
     * @param to the position of the other
     * @param forward the value that is handed on; may be empty
     * @param backward the derivative that comes back; may be empty
     */
    record Edge(int from, int to, String forward, String backward) {
        boolean isLabelled() {
            return !forward.isEmpty() || !backward.isEmpty();
        }
    }
}
