package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.data.Json;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Compiler.Backward;
import dev.gradc.pipeline.Formula;
import dev.gradc.pipeline.Sources;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.print.Printer.Derivative;
import dev.gradc.print.Printer.Printed;
import dev.gradc.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The derivatives of a file's functions and networks as a lecturer writes them on a board: of each loss in its parameters, of each
 * function in what it is derived in, {@code dloss/dW[i,k] = sum[n:batch](dz[n,i]*x[n,k])}, and what they read.
 */
final class FileDerivation {

    private final Compiler compiler = new Compiler();
    private final DerivationRequest request;
    private final Unit unit;

    FileDerivation(DerivationRequest request) {
        this.request = request;
        if (!request.at().isEmpty()) {
            throw new DataException(
                    request.subject(), "numbers are shown for formulas; 'gradc eval --gradient' has them");
        }
        Shapes shapes = Shapes.read(request.shapes());
        unit = compiler.check(
                Sources.read(request.subject()),
                request.settings(),
                request.function().orElse(""),
                shapes.and(GivenValues.at(List.of())),
                Map.of());
        if (!request.shapes().isEmpty()) {
            shapes.check(Subject.arguments(Subject.choose(unit, request.subject(), request.function())));
        }
        refuseUnknown();
    }

    private void refuseUnknown() {
        List<String> known = subjects()
                .flatMap(subject -> variables(subject).stream())
                .map(Tensor::name)
                .distinct()
                .toList();
        for (String variable : request.variables()) {
            if (!known.contains(variable)) {
                String hint = Spelling.nearest(variable, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", known));
                throw new DataException(request.subject(), "no variable " + variable + hint);
            }
        }
    }

    String text(Notation notation) {
        if (notation == Notation.JAVA) {
            throw new DataException(request.subject(), "'gradc compile' writes the Java of a file");
        }
        return subjects()
                .map(subject -> text(subject, notation))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static String text(Printed printed, Notation notation) {
        return notation.together(printed.formulas(), printed.where());
    }

    private String text(Object subject, Notation notation) {
        String text = printed(subject, notation).stream()
                .map(printed -> text(printed, notation))
                .collect(Collectors.joining("\n\n"));
        // Each of several networks has a loss.
        boolean ambiguous = subject instanceof NetworkUnit
                && request.function().isEmpty()
                && unit.networks().size() > 1;
        return ambiguous && !text.isEmpty() ? notation.title(Subject.name(subject)) + "\n" + text : text;
    }

    /** {@code {"Rings": {"derivatives": ["dloss/dW1[i,k] = …"], "where": ["h[n,i] = …"]}}}. */
    Json.Fields json() {
        Map<String, Json> fields = new LinkedHashMap<>();
        subjects().forEach(subject -> {
            List<Json.Text> derivatives = new ArrayList<>();
            List<Json.Text> where = new ArrayList<>();
            for (Printed printed : printed(subject, Notation.TEXT)) {
                printed.formulas().forEach(line -> derivatives.add(new Json.Text(line)));
                printed.where().forEach(line -> where.add(new Json.Text(line)));
            }
            fields.put(
                    Subject.name(subject),
                    Json.Fields.of("derivatives", new Json.Items(derivatives), "where", new Json.Items(where)));
        });
        return new Json.Fields(fields);
    }

    private Stream<Object> subjects() {
        return request.function().isPresent()
                ? Stream.of(Subject.choose(unit, request.subject(), request.function()))
                : Subject.all(unit, request.subject()).stream();
    }

    private List<Printed> printed(Object subject, Notation notation) {
        return subject instanceof FunctionUnit function
                ? printed(function, notation)
                : printed((NetworkUnit) subject, notation);
    }

    /** What a function or network can be differentiated in. */
    private static List<Tensor> variables(Object subject) {
        return subject instanceof FunctionUnit function
                ? function.program().arguments().stream()
                        .filter(argument -> !argument.isInteger())
                        .toList()
                : ((NetworkUnit) subject)
                        .objectives().stream()
                                .flatMap(objective -> objective.wrt().stream())
                                .distinct()
                                .toList();
    }

    /** Those of them that are asked for, else {@code usual}. */
    private List<Tensor> chosen(Object subject, List<Tensor> usual) {
        return request.variables().isEmpty()
                ? usual
                : variables(subject).stream()
                        .filter(tensor -> request.variables().contains(tensor.name()))
                        .toList();
    }

    private boolean isFirst() {
        return request.order() == 1 && !request.hessian();
    }

    /** First derivatives: all adjoints of one backward pass, and what they share of it and of the forward pass. */
    private Printed printed(String name, Backward backward, Notation notation) {
        Map<Tensor, Derivative> derivatives = new LinkedHashMap<>();
        backward.gradient()
                .adjoints()
                .forEach((variable, adjoint) -> derivatives.put(adjoint, new Derivative(name, List.of(variable))));
        Program shown = compiler.shown(backward.whole(), Compiler.named(backward.forward()));
        return new Printer(notation).print(shown, derivatives);
    }

    /** Derivatives of {@code result}, which is called {@code name}, of a higher order. */
    private Printed printed(String name, Program program, Tensor result, List<Tensor> wrt, Notation notation) {
        Formula formula = Formula.of(compiler, program.withResults(List.of(result)));
        return Partial.printed(Partial.of(name, formula, wrt, request), request, notation);
    }

    /* ---- Networks ---- */

    private List<Printed> printed(NetworkUnit network, Notation notation) {
        List<Tensor> wrt = chosen(network, variables(network));
        List<Printed> printed = new ArrayList<>();
        for (Objective objective : network.objectives()) {
            List<Tensor> own = wrt.stream().filter(objective.wrt()::contains).toList();
            if (!own.isEmpty()) {
                String name = objective.loss().name();
                Program program = network.program();
                printed.add(
                        isFirst()
                                ? printed(name, compiler.backward(name, program, objective.loss(), own), notation)
                                : printed(name, program, objective.loss(), own, notation));
            }
        }
        return printed;
    }

    /* ---- Functions ---- */

    private List<Printed> printed(FunctionUnit function, Notation notation) {
        Program program = function.program();
        Set<Tensor> asked = new LinkedHashSet<>();
        function.requests().forEach(derive -> asked.addAll(derive.wrt()));
        List<Tensor> wrt = chosen(function, asked.isEmpty() ? variables(function) : List.copyOf(asked));
        if (wrt.isEmpty()) {
            return List.of();
        }
        List<Printed> printed = new ArrayList<>();
        for (Tensor result : program.results()) {
            String name = program.results().size() == 1 ? function.name() : result.name();
            printed.add(
                    isFirst()
                            ? printed(name, compiler.backward(name, program, result, wrt), notation)
                            : printed(name, program, result, wrt, notation));
        }
        return printed;
    }
}
