package dev.gradc.explain;

import java.util.List;

/** A computation graph, its nodes in an order in which each reads only earlier ones. */
record Graph(List<Node> nodes, List<Edge> edges) {

    Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
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
    record Edge(int from, int to, String forward, String backward) {}
}
