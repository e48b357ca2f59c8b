package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import dev.gradc.explain.Graph.Node;
import dev.gradc.explain.GraphLayout.Place;
import dev.gradc.explain.Labels.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws a graph from left to right as SVG, in the colours that the reader prefers. */
final class Svg {

    private static final int ROW = 72;
    private static final int ROW_WITH_LABELS = 96;
    private static final int BOX = 30;
    private static final int GAP = 72;
    private static final int GAP_WITH_LABELS = 150;
    private static final int MARGIN = 20;
    private static final double LETTER = 7.9;
    private static final int LONGEST = 36;

    private static final double SMALL_LETTER = 7.5;
    private static final int LABEL_HEIGHT = 38;

    /** The letters of a large graph are never made smaller than this part of their size. */
    private static final double LEAST = 0.85;

    private static final String STYLE = Resource.text("graph.css");

    private final Graph graph;
    private final GraphLayout layout;
    private final double[] centres;
    private final double[] widths;
    private final double top;
    private final int row;
    private final boolean isLabelled;
    private final double width;
    private final double height;

    private Svg(Graph graph) {
        this.graph = graph;
        layout = new GraphLayout(graph);
        top = layout.top();
        centres = new double[layout.depth()];
        widths = new double[layout.depth()];
        for (int i = 0; i < graph.nodes().size(); i++) {
            int layer = layout.node(i).layer;
            widths[layer] = Math.max(widths[layer], width(graph.nodes().get(i)));
        }
        isLabelled = graph.edges().stream()
                .anyMatch(edge -> !edge.forward().isEmpty() || !edge.backward().isEmpty());
        int gap = isLabelled ? GAP_WITH_LABELS : GAP;
        row = isLabelled ? ROW_WITH_LABELS : ROW;
        double x = MARGIN;
        for (int layer = 0; layer < centres.length; layer++) {
            centres[layer] = x + widths[layer] / 2;
            x += widths[layer] + gap;
        }
        width = x - gap + MARGIN;
        height = (layout.height() - 1) * row + BOX + 2.0 * MARGIN;
    }

    /** One {@code svg} element that can stand in a page or in a file of its own. */
    static String of(Graph graph) {
        return new Svg(graph).draw();
    }

    private String draw() {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" role=\"img\" aria-label=\"computation graph\""
                        + " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" style=\"min-width:%.0fpx\">\n",
                width, height, width, height, LEAST * width));
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                        + " orient=\"auto\"><path d=\"M1 1L8 4L1 7\"/></marker></defs>\n");
        List<List<Curve>> curves = IntStream.range(0, graph.edges().size())
                .mapToObj(i -> curves(graph.edges().get(i), layout.edge(i)))
                .toList();
        curves.forEach(edge -> edge(svg, edge));
        if (isLabelled) {
            labels(svg, curves);
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            node(svg, graph.nodes().get(i), layout.node(i));
        }
        return svg.append("</svg>").toString();
    }

    /** Above all curves. */
    private void labels(StringBuilder svg, List<List<Curve>> curves) {
        Labels labels = new Labels();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Place place = layout.node(i);
            labels.avoid(x(place), y(place), width(graph.nodes().get(i)), BOX);
        }
        for (int i = 0; i < curves.size(); i++) {
            labels.add(curves.get(i), width(graph.edges().get(i)), LABEL_HEIGHT);
        }
        List<double[]> places = labels.places();
        for (int i = 0; i < places.size(); i++) {
            label(svg, graph.edges().get(i), places.get(i));
        }
    }

    private static double width(Edge edge) {
        return SMALL_LETTER
                * (2 + Math.max(edge.forward().length(), edge.backward().length()));
    }

    private void node(StringBuilder svg, Node node, Place place) {
        double w = width(node);
        svg.append(format(
                "<rect%s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"%d\"/>",
                node.given() ? " class=\"given\"" : "",
                x(place) - w / 2,
                y(place) - BOX / 2.0,
                w,
                BOX,
                node.given() ? BOX / 2 : 5));
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\">", x(place), y(place) + 4.5))
                .append(escaped(label(node)))
                .append("</text>\n");
    }

    /** The stretches of an edge from layer to layer. */
    private List<Curve> curves(Edge edge, List<Place> route) {
        List<Curve> curves = new ArrayList<>();
        double x = x(route.get(0)) + width(graph.nodes().get(edge.from())) / 2;
        for (int i = 1; i < route.size(); i++) {
            Place place = route.get(i);
            boolean last = i == route.size() - 1;
            double half = (last ? width(graph.nodes().get(edge.to())) : widths[place.layer]) / 2;
            curves.add(new Curve(x, y(route.get(i - 1)), x(place) - half, y(place)));
            x = x(place) + half;
        }
        return curves;
    }

    private static void edge(StringBuilder svg, List<Curve> curves) {
        svg.append("<path marker-end=\"url(#tip)\" d=\"");
        for (Curve curve : curves) {
            // Straight through the layers that it passes.
            String command = curve == curves.get(0) ? "M" : "L";
            svg.append(format("%s%.1f %.1f", command, curve.fromX(), curve.fromY()))
                    .append(curve.path());
        }
        svg.append("\"/>\n");
    }

    private void label(StringBuilder svg, Edge edge, double[] point) {
        if (!edge.forward().isEmpty()) {
            svg.append(format("<text class=\"fw\" x=\"%.1f\" y=\"%.1f\">", point[0], point[1] - 6))
                    .append(number(edge.forward()))
                    .append(" →</text>\n");
        }
        if (!edge.backward().isEmpty()) {
            svg.append(format("<text class=\"bw\" x=\"%.1f\" y=\"%.1f\">← ", point[0], point[1] + 15))
                    .append(number(edge.backward()))
                    .append("</text>\n");
        }
    }

    private static String number(String digits) {
        return escaped(digits.replace("-", "−"));
    }

    private double x(Place place) {
        return centres[place.layer];
    }

    private double y(Place place) {
        return MARGIN + BOX / 2.0 + (place.row - top) * row;
    }

    private static double width(Node node) {
        String label = label(node);
        return Math.max(40, 20 + LETTER * label.codePointCount(0, label.length()));
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

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
