package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import dev.gradc.explain.Graph.Node;

/** Writes a graph in the DOT language of Graphviz. */
final class Dot {

    private Dot() {}

    /** The text, without a final line end. */
    static String of(Graph graph) {
        StringBuilder dot = new StringBuilder("digraph {\n  rankdir=LR\n  node [shape=box, style=rounded]\n");
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            dot.append("  n" + i + " [label=" + quoted(node.label()) + (node.given() ? ", shape=ellipse" : "") + "]\n");
        }
        for (Edge edge : graph.edges()) {
            dot.append("  n" + edge.from() + " -> n" + edge.to());
            if (!edge.forward().isEmpty()) {
                String back = edge.backward().isEmpty() ? "" : "\n← " + edge.backward();
                dot.append(" [label=" + quoted(edge.forward() + " →" + back) + "]");
            }
            dot.append('\n');
        }
        return dot.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
