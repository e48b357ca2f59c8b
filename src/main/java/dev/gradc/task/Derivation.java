package dev.gradc.task;

import dev.gradc.data.Json;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Outline;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.print.Printer.Derivative;
import dev.gradc.source.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Differentiates a formula, or what a file declares, and says the result, for {@code gradc diff}. */
public final class Derivation {

    private Derivation() {}

    /**
     * What to differentiate, how.
     *
     * @param subject a formula, or the path of a file: what exists, ends with {@code .nn} or is {@code -}
     * @param function the name of a function or network of the file; none means all
     * @param settings sizes of networks, by name
     * @param variables what to differentiate in; none means all that occur
     * @param order how many times in each variable
     * @param hessian whether every pair of variables is asked for instead
     * @param shapes {@code A=3,3}, for variables that are not scalars
     * @param at {@code x=1,y=2}; none for formulas only
     * @param simplify whether to show the derivatives simplified
     */
    public record Request(
            String subject,
            Optional<String> function,
            Map<String, Double> settings,
            List<String> variables,
            int order,
            boolean hessian,
            List<String> shapes,
            List<String> at,
            boolean simplify) {}

    /** A partial derivative. */
    record Partial(Derivative derivative, Formula expression) {}

    /**
     * A line for each partial derivative; of one alone only the formula. With a point, a line {@code = 39} after each. In the end what
     * they share, if that is shorter so.
     */
    public static String text(Request request, Notation notation) {
        return DeepStack.call(() -> Subject.isFile(request.subject())
                ? new FileDerivation(request).text(notation)
                : text(formulas(request), request, notation));
    }

    private static String text(List<Partial> partials, Request request, Notation notation) {
        Map<String, NumberArray> point = point(request);
        Printer.Printed printed = printed(partials, request, notation);
        if (point.isEmpty()) {
            return notation.together(printed.formulas(), printed.where());
        }
        List<String> values = partials.stream()
                .map(partial -> "= " + Outline.of(value(partial, point)))
                .toList();
        List<String> lines = new ArrayList<>();
        // A tensor that is printed entry by entry takes several lines, and its value comes after all of them.
        if (printed.formulas().size() == values.size()) {
            for (int i = 0; i < values.size(); i++) {
                lines.addAll(List.of(printed.formulas().get(i), values.get(i)));
            }
        } else {
            lines.addAll(printed.formulas());
            lines.addAll(values);
        }
        return notation.together(lines, printed.where());
    }

    static Printer.Printed printed(List<Partial> partials, Request request, Notation notation) {
        Map<Derivative, Program> programs = new LinkedHashMap<>();
        partials.forEach(partial ->
                programs.put(partial.derivative(), partial.expression().shown(request.simplify())));
        Printer printer = new Printer(notation);
        if (programs.values().stream().allMatch(Printer::isFormula)) {
            return printer.print(programs);
        }
        Map<Tensor, Derivative> derivatives = new LinkedHashMap<>();
        partials.forEach(partial -> derivatives.put(partial.expression().result(), partial.derivative()));
        List<Formula> expressions = partials.stream().map(Partial::expression).toList();
        return printer.print(Formula.shown(expressions, request.simplify()), derivatives);
    }

    /** {@code {"x": "2*x"}}; with a point {@code {"x": {"derivative": "2*x", "value": 4}}}. */
    public static Json.Fields json(Request request) {
        return DeepStack.call(() -> Subject.isFile(request.subject())
                ? new FileDerivation(request).json()
                : json(formulas(request), request));
    }

    static Json.Fields json(List<Partial> partials, Request request) {
        Map<String, NumberArray> point = point(request);
        Map<String, Json> fields = new LinkedHashMap<>();
        for (Partial partial : partials) {
            Json formula = new Json.Text(partial.expression().print(Notation.TEXT, request.simplify()));
            Json shown = point.isEmpty()
                    ? formula
                    : fields("derivative", formula, "value", new Json.Numbers(value(partial, point)));
            if (request.hessian()) {
                List<Tensor> pair = partial.derivative().variables();
                putInRow(fields, pair.get(0), pair.get(1), shown);
                if (pair.stream().allMatch(variable -> variable.rank() == 0)) {
                    putInRow(fields, pair.get(1), pair.get(0), shown);
                }
            } else {
                fields.put(partial.derivative().variables().get(0).name(), shown);
            }
        }
        return new Json.Fields(fields);
    }

    private static void putInRow(Map<String, Json> fields, Tensor row, Tensor column, Json entry) {
        Map<String, Json> entries = new LinkedHashMap<>();
        if (fields.get(row.name()) instanceof Json.Fields known) {
            entries.putAll(known.fields());
        }
        entries.put(column.name(), entry);
        fields.put(row.name(), new Json.Fields(entries));
    }

    static Json.Fields fields(String first, Json one, String second, Json other) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, other);
        return new Json.Fields(fields);
    }

    private static NumberArray value(Partial partial, Map<String, NumberArray> point) {
        return partial.expression().evaluate(point);
    }

    private static Map<String, NumberArray> point(Request request) {
        Map<String, NumberArray> point = new LinkedHashMap<>();
        for (String at : request.at()) {
            Points.read("--at", at).forEach((name, entry) -> point.put(name, entry.array()));
        }
        return point;
    }

    private static List<Partial> formulas(Request request) {
        SourceFile text = new SourceFile("expression", request.subject());
        Formula formula = Formula.parse(text, request.variables(), Shapes.read(request.shapes()));
        List<Tensor> variables = new ArrayList<>();
        if (request.variables().isEmpty()) {
            variables.addAll(formula.arguments());
        }
        for (String name : request.variables()) {
            variables.add(formula.arguments().stream()
                    .filter(argument -> argument.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> Tensor.derived(name, Shape.SCALAR)));
        }
        // A tensor needs a name, so that its entries have one.
        boolean number = formula.shape().length == 0;
        return partials(number ? "" : formula.freeName("f"), formula, variables, request);
    }

    /** The derivatives of {@code formula}, which is called {@code name}, that are asked for; of a Hessian each pair once. */
    static List<Partial> partials(String name, Formula formula, List<Tensor> variables, Request request) {
        List<Partial> partials = new ArrayList<>();
        for (int first = 0; first < variables.size(); first++) {
            Tensor variable = variables.get(first);
            Formula derivative = formula.derivative(variable.name());
            if (request.hessian()) {
                Formula row = next(derivative, request);
                for (Tensor other : variables.subList(first, variables.size())) {
                    partials.add(
                            new Partial(new Derivative(name, List.of(variable, other)), row.derivative(other.name())));
                }
            } else {
                for (int i = 1; i < request.order(); i++) {
                    derivative = next(derivative, request).derivative(variable.name());
                }
                List<Tensor> inTurn = Collections.nCopies(request.order(), variable);
                partials.add(new Partial(new Derivative(name, inTurn), derivative));
            }
        }
        return partials;
    }

    /** What a further derivative is taken of: the simplified form stays short, however often that is done. */
    private static Formula next(Formula derivative, Request request) {
        return request.simplify() ? derivative.readable() : derivative;
    }
}
