package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Places a graph in layers from left to right: what is read stands left of what reads it, and the order in a layer follows that of
 * the neighbours (the barycentre method). Edges that pass a layer have a place of their own there.
 */
final class GraphLayout {

    private static final int SWEEPS = 8;

    /** How much more it counts that what is computed stands in a line than what is given. */
    private static final double COMPUTED = 8;

    /** A box of a node, or a point that an edge passes; {@code row} counts from the middle of the layer, in rows. */
    static final class Place {
        final int layer;
        final double weight;
        double row;
        final List<Place> left = new ArrayList<>();
        final List<Place> right = new ArrayList<>();

        Place(int layer, double weight) {
            this.layer = layer;
            this.weight = weight;
        }
    }

    private final Graph graph;
    private final Place[] nodes;
    private final List<List<Place>> edges = new ArrayList<>();
    private final List<List<Place>> layers = new ArrayList<>();

    GraphLayout(Graph graph) {
        this.graph = graph;
        int[] layer = layers(graph);
        nodes = IntStream.range(0, layer.length)
                .mapToObj(i -> place(layer[i], graph.nodes().get(i).given() ? 1 : COMPUTED))
                .toArray(Place[]::new);
        for (Edge edge : graph.edges()) {
            edges.add(route(nodes[edge.from()], nodes[edge.to()]));
        }
        order();
    }

    /** Where a node stands. */
    Place node(int position) {
        return nodes[position];
    }

    /** The places that an edge leads through, from its node on the left to that on the right. */
    List<Place> edge(int position) {
        return edges.get(position);
    }

    int depth() {
        return layers.size();
    }

    /** The least row of all. */
    double top() {
        return rows().min().orElse(0);
    }

    /** How many rows there are from the least to the last. */
    double height() {
        return rows().max().orElse(0) - top() + 1;
    }

    private DoubleStream rows() {
        return layers.stream().flatMap(List::stream).mapToDouble(place -> place.row);
    }

    /** Whatever reads stands as far left as it can; what is given, next to its first reader. */
    private static int[] layers(Graph graph) {
        int size = graph.nodes().size();
        int[] layer = new int[size];
        for (int node = 0; node < size; node++) {
            for (Edge edge : graph.edges()) {
                if (edge.to() == node) {
                    layer[node] = Math.max(layer[node], layer[edge.from()] + 1);
                }
            }
        }
        for (int node = 0; node < size; node++) {
            int at = node;
            if (graph.nodes().get(node).given()) {
                graph.edges().stream()
                        .filter(edge -> edge.from() == at)
                        .mapToInt(edge -> layer[edge.to()] - 1)
                        .min()
                        .ifPresent(first -> layer[at] = first);
            }
        }
        return layer;
    }

    private Place place(int layer, double weight) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Place place = new Place(layer, weight);
        layers.get(layer).add(place);
        return place;
    }

    private List<Place> route(Place from, Place to) {
        List<Place> route = new ArrayList<>(List.of(from));
        for (int layer = from.layer + 1; layer < to.layer; layer++) {
            route.add(place(layer, 1));
        }
        route.add(to);
        for (int i = 1; i < route.size(); i++) {
            route.get(i - 1).right.add(route.get(i));
            route.get(i).left.add(route.get(i - 1));
        }
        return route;
    }

    private void order() {
        layers.forEach(GraphLayout::number);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Place> layer = layers.get(rightwards ? i : layers.size() - 1 - i);
                layer.sort(Comparator.comparingDouble(place -> centre(place, rightwards ? place.left : place.right)));
                number(layer);
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            layers.forEach(GraphLayout::straighten);
        }
    }

    /**
     * Moves the places of a layer next to their neighbours, in the same order and a row apart: the weighted least squares, by pooling
     * those that would come too near (isotonic regression).
     */
    private static void straighten(List<Place> layer) {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < layer.size(); i++) {
            Pool pool = new Pool(wanted(layer.get(i)) - i, layer.get(i).weight, 1);
            while (!pools.isEmpty() && pools.get(pools.size() - 1).row() >= pool.row()) {
                pool = pools.remove(pools.size() - 1).with(pool);
            }
            pools.add(pool);
        }
        int i = 0;
        for (Pool pool : pools) {
            for (int k = 0; k < pool.size(); k++) {
                layer.get(i).row = pool.row() + i;
                i++;
            }
        }
    }

    /** Places that stand closely below each other. */
    private record Pool(double row, double weight, int size) {
        Pool with(Pool other) {
            double sum = weight + other.weight;
            return new Pool((row * weight + other.row * other.weight) / sum, sum, size + other.size);
        }
    }

    private static double wanted(Place place) {
        List<Place> neighbours = new ArrayList<>(place.left);
        neighbours.addAll(place.right);
        double weights = neighbours.stream().mapToDouble(other -> other.weight).sum();
        double sum = neighbours.stream()
                .mapToDouble(other -> other.weight * other.row)
                .sum();
        return neighbours.isEmpty() ? place.row : sum / weights;
    }

    private static double centre(Place place, List<Place> neighbours) {
        return neighbours.stream().mapToDouble(other -> other.row).average().orElse(place.row);
    }

    private static void number(List<Place> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).row = i - (layer.size() - 1) / 2.0;
        }
    }
}
