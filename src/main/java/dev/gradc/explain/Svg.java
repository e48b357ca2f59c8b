package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import dev.gradc.explain.Graph.Node;
import dev.gradc.explain.GraphLayout.Box;
import dev.gradc.explain.GraphLayout.Position;
import java.util.List;
import java.util.Locale;

/** Draws a graph from left to right as SVG, in the colours that the reader prefers. */
final class Svg {

    private static final int BOX = 30;
    private static final int LEAST_BOX = 40;
    private static final double LETTER = 7.9;
    private static final int LONGEST = 36;

    private static final double SMALL_LETTER = 7.5;
    private static final int LABEL = 38;

    /** The letters of a large graph are never made smaller than this part of their size. */
    private static final double LEAST = 0.85;

    private static final String STYLE = Resource.text("graph.css");

    private final Graph graph;
    private final GraphLayout layout = new GraphLayout();
    private final StringBuilder svg = new StringBuilder();

    private Svg(Graph graph) {
        this.graph = graph;
        graph.nodes().forEach(node -> layout.addNode(new Box(width(node), BOX)));
        for (Edge edge : graph.edges()) {
            if (edge.isLabelled()) {
                layout.addEdge(edge.from(), edge.to(), new Box(width(edge), LABEL));
            } else {
                layout.addEdge(edge.from(), edge.to());
            }
        }
        layout.run();
    }

    /** One {@code svg} element that can stand in a page or in a file of its own. */
    static String of(Graph graph) {
        return new Svg(graph).draw();
    }

    private String draw() {
        double width = layout.whole().width();
        double height = layout.whole().height();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" role=\"img\" aria-label=\"computation graph\""
                        + " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" style=\"min-width:%.0fpx\">\n",
                width, height, width, height, LEAST * width));
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                        + " orient=\"auto\"><path d=\"M1 1L8 4L1 7\"/></marker></defs>\n");
        for (int i = 0; i < graph.edges().size(); i++) {
            curve(layout.edge(i));
        }
        for (int i = 0; i < graph.edges().size(); i++) {
            if (graph.edges().get(i).isLabelled()) {
                label(graph.edges().get(i), layout.label(i).middle());
            }
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            node(graph.nodes().get(i), layout.node(i));
        }
        return svg.append("</svg>").toString();
    }

    private void node(Node node, Box box) {
        svg.append(format(
                "<rect%s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"%d\"/>",
                node.given() ? " class=\"given\"" : "",
                box.x(),
                box.y(),
                box.width(),
                BOX,
                node.given() ? BOX / 2 : 5));
        Position middle = box.middle();
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\">", middle.x(), middle.y() + 4.5))
                .append(escaped(label(node)))
                .append("</text>\n");
    }

    private void curve(List<Position> points) {
        svg.append("<path marker-end=\"url(#tip)\" d=\"");
        for (int i = 0; i < points.size(); i++) {
            String command = i == 0 ? "M" : i == 1 ? "C" : " ";
            svg.append(format(
                    "%s%.1f %.1f", command, points.get(i).x(), points.get(i).y()));
        }
        svg.append("\"/>\n");
    }

    /** The value above the curve, the derivative below. */
    private void label(Edge edge, Position middle) {
        if (!edge.forward().isEmpty()) {
            svg.append(format("<text class=\"fw\" x=\"%.1f\" y=\"%.1f\">", middle.x(), middle.y() - 6))
                    .append(number(edge.forward()))
                    .append(" →</text>\n");
        }
        if (!edge.backward().isEmpty()) {
            svg.append(format("<text class=\"bw\" x=\"%.1f\" y=\"%.1f\">← ", middle.x(), middle.y() + 15))
                    .append(number(edge.backward()))
                    .append("</text>\n");
        }
    }

    private static String number(String digits) {
        return escaped(digits.replace("-", "−"));
    }

    private static double width(Edge edge) {
        return SMALL_LETTER
                * (2 + Math.max(edge.forward().length(), edge.backward().length()));
    }

    private static double width(Node node) {
        String label = label(node);
        return Math.max(LEAST_BOX, 20 + LETTER * label.codePointCount(0, label.length()));
    }

    private static String label(Node node) {
        String label = node.label();
        return label.length() <= LONGEST ? label : label.substring(0, LONGEST - 1) + "…";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
