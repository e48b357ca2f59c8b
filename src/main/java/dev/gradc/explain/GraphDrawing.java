package dev.gradc.explain;

import dev.gradc.explain.Graph.Edge;
import dev.gradc.explain.Graph.Node;
import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws the graphs of lessons and programs: which tensor is computed from which. */
final class GraphDrawing {

    private final Map<Tensor, Integer> positions = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private GraphDrawing() {}

    /** The modules of a lesson; at a point with values forward and derivatives backward. */
    static Graph of(Lesson lesson, Optional<Point> point) {
        GraphDrawing drawing = new GraphDrawing();
        lesson.modules().arguments().forEach(argument -> drawing.add(argument, argument.name(), true));
        for (Definition module : lesson.modules().definitions()) {
            Tensor target = module.target();
            String formula = Writing.UNICODE.formula(module.body());
            drawing.add(target, target.name() + " = " + formula, false);
            for (Tensor read : reads(module)) {
                String forward =
                        point.map(at -> Writing.rounded(at.value(read))).orElse("");
                String backward = point.flatMap(at -> lesson.localsOf(target).stream()
                                .filter(local -> local.by() == read)
                                .findFirst()
                                .map(local -> at.value(local)
                                        * at.value(lesson.backward().adjoints().get(target))))
                        .map(Writing::rounded)
                        .orElse("");
                drawing.edges.add(
                        new Edge(drawing.positions.get(read), drawing.positions.get(target), forward, backward));
            }
        }
        return new Graph(drawing.nodes, drawing.edges);
    }

    /** The tensors of a program, with their shapes. */
    static Graph of(Program program) {
        GraphDrawing drawing = new GraphDrawing();
        program.arguments().forEach(argument -> drawing.add(argument, argument.toString(), true));
        program.definitions()
                .forEach(definition ->
                        drawing.add(definition.target(), definition.target().toString(), false));
        Set<List<Integer>> known = new LinkedHashSet<>();
        for (Definition definition : program.definitions()) {
            for (Tensor read : reads(definition)) {
                Integer from = drawing.positions.get(read);
                Integer to = drawing.positions.get(definition.target());
                // In a recurrence a tensor reads itself, and what is computed after it: of an earlier time.
                if (from != null && from < to && known.add(List.of(from, to))) {
                    drawing.edges.add(new Edge(from, to, "", ""));
                }
            }
        }
        return new Graph(drawing.nodes, drawing.edges);
    }

    private void add(Tensor tensor, String label, boolean given) {
        if (positions.putIfAbsent(tensor, nodes.size()) == null) {
            nodes.add(new Node(tensor.name(), label, given));
        }
    }

    private static Set<Tensor> reads(Definition definition) {
        Set<Tensor> reads = new LinkedHashSet<>();
        for (Access access : Walk.accesses(definition.body())) {
            reads.add(access.tensor());
        }
        return reads;
    }
}
