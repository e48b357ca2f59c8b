package dev.gradc.explain;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkShape;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Lets Eclipse's ELK place a graph in layers from left to right, with curves for its edges and room for what is written at them. */
final class GraphLayout {

    private static final double MARGIN = 20;
    private static final double BESIDE = 24;
    private static final double BETWEEN_LAYERS = 32;

    /** A position; to the right and downwards. */
    record Position(double x, double y) {}

    /** A box with its upper left corner. */
    record Box(double x, double y, double width, double height) {

        Box(double width, double height) {
            this(0, 0, width, height);
        }

        private static Box of(ElkShape shape) {
            return new Box(shape.getX(), shape.getY(), shape.getWidth(), shape.getHeight());
        }

        Position middle() {
            return new Position(x + width / 2, y + height / 2);
        }
    }

    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final List<ElkNode> nodes = new ArrayList<>();
    private final List<ElkEdge> edges = new ArrayList<>();

    GraphLayout() {
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
        graph.setProperty(LayeredOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, BESIDE);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
    }

    /** A node, of the extents of {@code box}. */
    void addNode(Box box) {
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setDimensions(box.width(), box.height());
        node.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
        addPort(node, 0);
        addPort(node, box.width());
        nodes.add(node);
    }

    /** Edges meet boxes in the middles of their sides. */
    private static void addPort(ElkNode node, double x) {
        ElkGraphUtil.createPort(node).setLocation(x, node.getHeight() / 2);
    }

    /** An edge between the nodes at two positions. */
    void addEdge(int from, int to) {
        edges.add(ElkGraphUtil.createSimpleEdge(
                nodes.get(from).getPorts().get(1), nodes.get(to).getPorts().get(0)));
    }

    /** An edge at which something of the extents of {@code label} stands. */
    void addEdge(int from, int to, Box label) {
        addEdge(from, to);
        // ELK leaves out labels without text.
        ElkLabel text = ElkGraphUtil.createLabel("label", edges.get(edges.size() - 1));
        text.setDimensions(label.width(), label.height());
        text.setProperty(LayeredOptions.EDGE_LABELS_INLINE, true);
    }

    /** Places what was added. */
    void run() {
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
    }

    Box whole() {
        return Box.of(graph);
    }

    Box node(int position) {
        return Box.of(nodes.get(position));
    }

    Box label(int position) {
        return Box.of(edges.get(position).getLabels().get(0));
    }

    /** A curve: where it begins, and for each of its stretches two control points and its end (a spline of Bézier's). */
    List<Position> edge(int position) {
        ElkEdgeSection section = edges.get(position).getSections().get(0);
        List<Position> curve = new ArrayList<>(List.of(new Position(section.getStartX(), section.getStartY())));
        for (ElkBendPoint bend : section.getBendPoints()) {
            curve.add(new Position(bend.getX(), bend.getY()));
        }
        curve.add(new Position(section.getEndX(), section.getEndY()));
        return curve;
    }
}
