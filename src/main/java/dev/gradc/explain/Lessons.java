package dev.gradc.explain;

import dev.gradc.explain.Document.Section;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.library.Library;
import dev.gradc.source.LimitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The door of this package: a program in, a lesson about its derivatives out. */
public final class Lessons {

    private static final String TOO_LARGE =
            "<p>The graph is too large for a picture; <code>gradc graph</code> prints it for Graphviz.</p>";

    private Lessons() {}

    /**
     * A scalar function of scalars.
     *
     * @param at the values of the arguments; empty for a lesson without numbers
     * @param derivatives for each variable the derivative in it, as people read it
     */
    public record Formula(
            String title,
            List<Tensor> arguments,
            Expr body,
            Optional<Map<Tensor, double[]>> at,
            Map<Tensor, Program> derivatives) {}

    /**
     * A function of tensors, or a network.
     *
     * @param optimizer what changes the parameters; empty if nothing does
     */
    public record Tensors(String title, Program forward, List<Gradient> backward, Optional<OptimizerUnit> optimizer) {}

    /** What a lesson is shown as. */
    public enum Form {
        /** Plain text. */
        TEXT,
        /** A page for a browser. */
        HTML,
        /** Only the graph, in the language of Graphviz. */
        DOT,
        /** Only the graph, as a picture. */
        SVG;

        /** Whether only the graph is shown. */
        public boolean isGraph() {
            return this == DOT || this == SVG;
        }
    }

    /** The lesson in {@code form}. */
    public static String show(Library library, Formula formula, Form form) {
        Lesson lesson = Lesson.of(library, formula.arguments(), formula.body());
        Optional<Point> point = formula.at().map(at -> new Point(lesson, at));
        return show(GraphDrawing.of(lesson, point), writing -> document(lesson, formula, point, writing), form);
    }

    /** The lesson in {@code form}. */
    public static String show(Tensors tensors, Form form) {
        return show(GraphDrawing.of(tensors.forward()), writing -> document(tensors, writing), form);
    }

    private static String show(Graph graph, Function<Writing, Document> document, Form form) {
        return switch (form) {
            case TEXT -> TextPage.of(document.apply(Writing.TEXT));
            case HTML -> HtmlPage.of(document.apply(Writing.MATHML), graph.isDrawable() ? Svg.of(graph) : TOO_LARGE);
            case DOT -> Dot.of(graph);
            case SVG -> picture(graph);
        };
    }

    private static String picture(Graph graph) {
        if (!graph.isDrawable()) {
            throw new LimitException(
                    "the graph is too large for a picture (" + graph.nodes().size() + " boxes, "
                            + graph.edges().size() + " edges)\n  hint: --format dot prints it for Graphviz");
        }
        return Svg.of(graph);
    }

    private static Document document(Lesson lesson, Formula formula, Optional<Point> point, Writing writing) {
        Map<Tensor, String> derivatives = new LinkedHashMap<>();
        formula.derivatives().forEach((variable, program) -> derivatives.put(variable, writing.formula(program)));
        return new Document(formula.title(), new LessonDocument(lesson, point, writing).sections(derivatives));
    }

    private static Document document(Tensors tensors, Writing writing) {
        TensorDocument document = new TensorDocument(writing);
        List<Section> sections = new ArrayList<>(List.of(document.forward(tensors.forward())));
        tensors.backward().forEach(gradient -> sections.add(document.backward(gradient)));
        tensors.optimizer().ifPresent(optimizer -> sections.add(document.update(optimizer)));
        return new Document(tensors.title(), sections);
    }
}
