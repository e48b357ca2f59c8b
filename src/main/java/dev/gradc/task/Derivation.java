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

    /** So many expressions are differentiated once more in little time; their number more than doubles with each order. */
    private static final int FEW = 2000;

    /**
     * A partial derivative.
     *
     * @param exact the same without what was made easier to read on the way to a higher order: what its numbers are worked out with
     */
    record Partial(Derivative derivative, Formula expression, Formula exact) {}

    /**
     * A line for each partial derivative; of one alone only the formula. With a point, a line {@code = 39} after each. In the end what
     * they share, if that is shorter so.
     */
    public static String text(Request request, Notation notation) {
        return DeepStack.call(() -> Subject.isFile(request.subject())
                ? new FileDerivation(request).text(notation)
                : text(formulas(request, notation), request, notation));
    }

    private static String text(List<Partial> partials, Request request, Notation notation) {
        Map<String, NumberArray> point = GivenValues.at(request.at()).arrays();
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
                : json(formulas(request, Notation.TEXT), request));
    }

    static Json.Fields json(List<Partial> partials, Request request) {
        Map<String, NumberArray> point = GivenValues.at(request.at()).arrays();
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
        return partial.exact().evaluate(point);
    }

    private static List<Partial> formulas(Request request, Notation notation) {
        SourceFile text = new SourceFile("expression", request.subject());
        Shapes shapes = Shapes.read(request.shapes());
        GivenValues given = GivenValues.at(request.at());
        Formula formula = Formula.parse(text, request.variables(), shapes.and(given));
        shapes.check(formula.arguments());
        if (!given.isEmpty()) {
            given.bind(formula.arguments());
        }
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
        boolean nameless = formula.shape().length == 0 && (variables.size() == 1 || !notation.namesFormulas());
        return partials(nameless ? "" : formula.freeName("f"), formula, variables, request);
    }

    /** The derivatives of {@code formula}, which is called {@code name}, that are asked for; of a Hessian each pair once. */
    static List<Partial> partials(String name, Formula formula, List<Tensor> variables, Request request) {
        List<Partial> partials = new ArrayList<>();
        for (int first = 0; first < variables.size(); first++) {
            Tensor variable = variables.get(first);
            if (request.hessian()) {
                for (Tensor other : variables.subList(first, variables.size())) {
                    partials.add(partial(name, formula, List.of(variable, other), request));
                }
            } else {
                partials.add(partial(name, formula, Collections.nCopies(request.order(), variable), request));
            }
        }
        return partials;
    }

    private static Partial partial(String name, Formula formula, List<Tensor> inTurn, Request request) {
        Formula shown = formula;
        Formula exact = formula;
        for (Tensor variable : inTurn) {
            Formula last = exact;
            shown = (request.simplify() ? shown.readable() : shown).derivative(variable.name());
            exact = request.at().isEmpty() || last.size() > FEW ? shown : last.derivative(variable.name());
        }
        return new Partial(new Derivative(name, inTurn), shown, exact);
    }
}
