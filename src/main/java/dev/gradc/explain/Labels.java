package dev.gradc.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds places for the labels of edges: on their curves, where neither a box nor another label stands. */
final class Labels {

    /** Where on a curve a label may stand, best first. */
    private static final double[] PLACES = {
        0.5, 0.54, 0.46, 0.58, 0.42, 0.62, 0.38, 0.66, 0.34, 0.7, 0.3, 0.74, 0.26, 0.78, 0.22, 0.82, 0.18, 0.86, 0.14
    };

    /** Points of a curve that count, when labels of other edges are kept away from it. */
    private static final int POINTS = 24;

    private static final int ROUNDS = 4;

    /** A label stands on one of the first stretches of its edge. */
    private static final int STRETCHES = 3;

    /** Among more edges labels are kept from boxes and each other only: nobody can follow the curves there. */
    private static final int MOST = 100;

    /** What takes up room: a rectangle around a point. */
    private record Area(double x, double y, double width, double height) {

        /** How far the other is away: at least 1 if they do not meet, 0 if they have one middle. */
        double distance(Area other) {
            return Math.max(
                    2 * Math.abs(x - other.x) / (width + other.width),
                    2 * Math.abs(y - other.y) / (height + other.height));
        }
    }

    /** A stretch of an edge, from left to right, level at both ends. */
    record Curve(double fromX, double fromY, double toX, double toY) {

        /** The path as SVG has it, from where the pen is. */
        String path() {
            double middle = (fromX + toX) / 2;
            return Svg.format("C%.1f %.1f %.1f %.1f %.1f %.1f", middle, fromY, middle, toY, toX, toY);
        }

        private void addPoints(List<Area> points) {
            for (int i = 0; i <= POINTS; i++) {
                points.add(at((double) i / POINTS, 0, 0));
            }
        }

        /** What stands at {@code t}, from 0 to 1. */
        private Area at(double t, double width, double height) {
            double s = 1 - t;
            double middle = (fromX + toX) / 2;
            double x = s * s * s * fromX + 3 * s * t * middle + t * t * t * toX;
            return new Area(x, fromY + t * t * (3 - 2 * t) * (toY - fromY), width, height);
        }
    }

    /** An edge that has a label of some size. */
    private record Edge(List<Curve> curves, double width, double height) {}

    private final List<Area> boxes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Area> places = new ArrayList<>();

    /** Keeps labels away from a box. */
    void avoid(double x, double y, double width, double height) {
        boxes.add(new Area(x, y, width, height));
    }

    /** An edge that wants a label of this size. */
    void add(List<Curve> curves, double width, double height) {
        edges.add(new Edge(curves.stream().limit(STRETCHES).toList(), width, height));
        places.add(null);
    }

    /** The middles of the labels, in the order of their edges: a few rounds in which each takes the best place that the others leave. */
    List<double[]> places() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < edges.size(); i++) {
                places.set(i, best(i));
            }
        }
        return places.stream().map(area -> new double[] {area.x(), area.y()}).toList();
    }

    private Area best(int position) {
        List<Area> taken = new ArrayList<>(boxes);
        List<Area> lines = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            if (i != position) {
                Optional.ofNullable(places.get(i)).ifPresent(taken::add);
                if (edges.size() <= MOST) {
                    edges.get(i).curves().forEach(curve -> curve.addPoints(lines));
                }
            }
        }
        Edge edge = edges.get(position);
        Area best = null;
        double most = -1;
        for (double t : PLACES) {
            for (Curve curve : edge.curves()) {
                Area area = curve.at(t, edge.width(), edge.height());
                // A line may pass behind a label before anything is hidden by it.
                double room = room(area, taken);
                double worth = room < 1 ? room : 1 + room(area, lines);
                if (worth > most) {
                    best = area;
                    most = worth;
                }
            }
        }
        return best;
    }

    /** How far the nearest of {@code others} is away, up to 1. */
    private static double room(Area area, List<Area> others) {
        return Math.min(1, others.stream().mapToDouble(area::distance).min().orElse(1));
    }
}
