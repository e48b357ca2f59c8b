package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import dev.gradc.explain.Graph.Node;
import dev.gradc.explain.GraphLayout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a graph from left to right as SVG, in the colours that the reader prefers. */
final class Svg {

    private static final int ROW = 84;
    private static final int BOX = 30;
    private static final int GAP = 132;
    private static final int MARGIN = 20;
    private static final double LETTER = 7.9;
    private static final int LONGEST = 36;

    private static final int LABEL_WIDTH = 84;
    private static final int LABEL_HEIGHT = 34;

    /** Where on an edge its label may stand, best first. */
    private static final double[] PLACES = {0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2};

    private static final String STYLE = Resource.text("graph.css");

    private final Graph graph;
    private final GraphLayout layout;
    private final double[] centres;
    private final double[] widths;
    private final List<double[]> labels = new ArrayList<>();
    private final StringBuilder texts = new StringBuilder();
    private final double width;
    private final double height;

    private Svg(Graph graph) {
        this.graph = graph;
        layout = new GraphLayout(graph);
        centres = new double[layout.depth()];
        widths = new double[layout.depth()];
        for (int i = 0; i < graph.nodes().size(); i++) {
            int layer = layout.node(i).layer;
            widths[layer] = Math.max(widths[layer], width(graph.nodes().get(i)));
        }
        double x = MARGIN;
        for (int layer = 0; layer < centres.length; layer++) {
            centres[layer] = x + widths[layer] / 2;
            x += widths[layer] + GAP;
        }
        width = x - GAP + MARGIN;
        height = (layout.height() - 1) * ROW + BOX + 2.0 * MARGIN;
    }

    /** One {@code svg} element that can stand in a page or in a file of its own. */
    static String of(Graph graph) {
        return new Svg(graph).draw();
    }

    private String draw() {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" role=\"img\" aria-label=\"computation graph\""
                        + " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">\n",
                width, height, width, height));
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                        + " orient=\"auto\"><path d=\"M1 1L8 4L1 7\"/></marker></defs>\n");
        for (int i = 0; i < graph.edges().size(); i++) {
            edge(svg, graph.edges().get(i), layout.edge(i));
        }
        svg.append(texts);
        for (int i = 0; i < graph.nodes().size(); i++) {
            node(svg, graph.nodes().get(i), layout.node(i));
        }
        return svg.append("</svg>").toString();
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

    /** A curve through its places; its labels stand on its first stretch, and later above all curves. */
    private void edge(StringBuilder svg, Edge edge, List<Place> route) {
        double x = x(route.get(0)) + width(graph.nodes().get(edge.from())) / 2;
        double y = y(route.get(0));
        StringBuilder path = new StringBuilder(format("M%.1f %.1f", x, y));
        for (int i = 1; i < route.size(); i++) {
            Place place = route.get(i);
            boolean last = i == route.size() - 1;
            double toX = last ? x(place) - width(graph.nodes().get(edge.to())) / 2 : x(place) - widths[place.layer] / 2;
            double toY = y(place);
            path.append(format("C%.1f %.1f %.1f %.1f %.1f %.1f", (x + toX) / 2, y, (x + toX) / 2, toY, toX, toY));
            if (i == 1) {
                label(edge, free(new double[] {x, y}, new double[] {toX, toY}));
            }
            x = toX;
            y = toY;
            if (!last) {
                x = x(place) + widths[place.layer] / 2;
                path.append(format("L%.1f %.1f", x, y));
            }
        }
        svg.append("<path marker-end=\"url(#tip)\" d=\"").append(path).append("\"/>\n");
    }

    /** A point on the first stretch of an edge where no label stands yet; else the one with the most room. */
    private double[] free(double[] from, double[] to) {
        double[] best = on(from, to, PLACES[0]);
        double room = room(best);
        for (double t : PLACES) {
            double[] point = on(from, to, t);
            if (room < 1 && room(point) > room) {
                best = point;
                room = room(point);
            }
        }
        labels.add(best);
        return best;
    }

    /** How far the nearest label is away, in sizes of a label. */
    private double room(double[] point) {
        return labels.stream()
                .mapToDouble(other -> Math.max(
                        Math.abs(other[0] - point[0]) / LABEL_WIDTH, Math.abs(other[1] - point[1]) / LABEL_HEIGHT))
                .min()
                .orElse(1);
    }

    /** The point at {@code t}, from 0 to 1, of the curve that {@link #edge} draws. */
    private static double[] on(double[] from, double[] to, double t) {
        double middle = (from[0] + to[0]) / 2;
        double s = 1 - t;
        double share = t * t * (3 - 2 * t);
        return new double[] {
            s * s * s * from[0] + 3 * s * t * middle + t * t * t * to[0], from[1] + share * (to[1] - from[1])
        };
    }

    private void label(Edge edge, double[] point) {
        double x = point[0];
        double y = point[1];
        if (!edge.forward().isEmpty()) {
            texts.append(format("<text class=\"fw\" x=\"%.1f\" y=\"%.1f\">", x, y - 6))
                    .append(number(edge.forward()))
                    .append(" →</text>\n");
        }
        if (!edge.backward().isEmpty()) {
            texts.append(format("<text class=\"bw\" x=\"%.1f\" y=\"%.1f\">← ", x, y + 15))
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
        return MARGIN + BOX / 2.0 + (place.row - layout.top()) * ROW;
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

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
