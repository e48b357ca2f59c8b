package dev.gradc.task;

import dev.gradc.build.OutputFolder;
import dev.gradc.check.StandardLibrary;
import dev.gradc.data.DataException;
import dev.gradc.diff.Reverse;
import dev.gradc.explain.Lessons;
import dev.gradc.explain.Lessons.Form;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Training;
import dev.gradc.library.Library;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.reading.Reading;
import dev.gradc.reading.Unfolding;
import dev.gradc.simplify.Simplifier;
import dev.gradc.source.SourceFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains how the compiler differentiates a formula, a function of a file or a network, for {@code gradc explain} and
 * {@code gradc graph}. */
public final class Explanation {

    private final Request request;
    private final Compiler compiler = new Compiler();
    private final Library library = StandardLibrary.library();

    private final Form form;

    private Explanation(Request request, Form form) {
        this.request = request;
        this.form = form;
    }

    /**
     * What to explain.
     *
     * @param subject a formula, or the path of a file: what exists, ends with {@code .nn} or is {@code -}
     * @param function the name of a function or network of the file; needed if there are several
     * @param at {@code x=1,y=2}; none for a lesson without numbers
     * @param shapes {@code A=3,3}, for variables of a formula that are not scalars
     * @param settings sizes of networks, by name
     */
    public record Request(
            String subject,
            Optional<String> function,
            List<String> at,
            List<String> shapes,
            Map<String, Double> settings) {}

    /** The lesson as lines of text. */
    public static String text(Request request) {
        return show(request, Form.TEXT);
    }

    /** Writes the lesson as a page for a browser, which needs nothing else. */
    public static void page(Request request, Path file) {
        List<String> read = Subject.isFile(request.subject()) ? List.of(request.subject()) : List.of();
        OutputFolder.of(file, read).write(file.getFileName().toString(), show(request, Form.HTML));
    }

    /** The computation graph in the DOT language of Graphviz. */
    public static String dot(Request request) {
        return show(request, Form.DOT);
    }

    /** The computation graph as an SVG picture. */
    public static String svg(Request request) {
        return show(request, Form.SVG);
    }

    private static String show(Request request, Form form) {
        return DeepStack.call(() -> new Explanation(request, form).lesson());
    }

    private String lesson() {
        Shapes shapes = Shapes.read(request.shapes());
        GivenValues given = GivenValues.at(request.at());
        if (!Subject.isFile(request.subject())) {
            SourceFile text = new SourceFile("expression", request.subject());
            FunctionUnit function = compiler.expression(text, List.of(), shapes.and(given));
            shapes.check(function.program().arguments());
            return function(function, request.subject());
        }
        Unit unit = compiler.check(
                Sources.read(request.subject()),
                request.settings(),
                request.function().orElse(""),
                shapes.and(given),
                given.integers());
        Object chosen = Subject.choose(unit, request.subject(), request.function());
        shapes.check(Subject.arguments(chosen));
        return chosen instanceof FunctionUnit function
                ? function(function, function.name())
                : network((NetworkUnit) chosen);
    }

    private String function(FunctionUnit function, String title) {
        boolean number = function.program().results().size() == 1
                && function.program().results().get(0).rank() == 0;
        if (!number && !form.isGraph()) {
            throw new DataException(title, "the lesson is about the gradient of one number; this is a tensor");
        }
        Program stable = Unfolding.of(Reading.plain(compiler.stable(function.name(), function.program()), library));
        Definition last = stable.definitions().get(stable.definitions().size() - 1);
        boolean scalar = number
                && stable.definitions().size() == 1
                && last.combine() == Combine.ASSIGN
                && stable.arguments().stream().allMatch(tensor -> tensor.rank() == 0);
        return scalar ? formula(function, last, title) : tensors(function, title);
    }

    private String formula(FunctionUnit function, Definition stable, String title) {
        Program program = function.program();
        Map<Tensor, Program> derivatives = new LinkedHashMap<>();
        for (Tensor argument : program.arguments()) {
            if (!argument.isInteger()) {
                derivatives.put(argument, compiler.readable(compiler.partial(program, argument)));
            }
        }
        return Lessons.show(
                library,
                new Lessons.Formula(title, program.arguments(), stable.body(), point(program.arguments()), derivatives),
                form);
    }

    private Optional<Map<Tensor, double[]>> point(List<Tensor> arguments) {
        return request.at().isEmpty()
                ? Optional.empty()
                : Optional.of(GivenValues.at(request.at()).bind(arguments));
    }

    private String tensors(FunctionUnit function, String title) {
        refusePoint(title);
        Program stable = new Simplifier(library).apply(compiler.stable(function.name(), function.program()));
        if (form.isGraph()) {
            return Lessons.show(new Lessons.Tensors(title, stable, List.of(), Optional.empty()), form);
        }
        List<Tensor> variables = stable.arguments().stream()
                .filter(tensor -> !tensor.isInteger() && tensor.role() != Tensor.Role.SIZE)
                .toList();
        Gradient raw = new Reverse(library).gradient(stable, stable.results().get(0), variables);
        Gradient simple = new Gradient(raw.of(), new Simplifier(library).apply(raw.program()), raw.adjoints());
        return Lessons.show(
                new Lessons.Tensors(
                        title,
                        Reading.steps(stable, library),
                        List.of(Reading.steps(stable, simple, library)),
                        Optional.empty()),
                form);
    }

    private String network(NetworkUnit network) {
        refusePoint(network.name());
        Compiler.Differentiated differentiated = compiler.differentiate(network);
        Program forward = differentiated.network().program();
        return Lessons.show(
                new Lessons.Tensors(
                        "network " + network.name(),
                        Reading.steps(forward, library),
                        differentiated.gradients().stream()
                                .map(gradient -> Reading.steps(forward, gradient, library))
                                .toList(),
                        network.training().map(Training::optimizer)),
                form);
    }

    private void refusePoint(String title) {
        if (!request.at().isEmpty()) {
            throw new DataException(
                    title, "numbers are shown for formulas of scalars only; 'gradc eval' has them for tensors");
        }
    }
}
