package dev.gradc;

import dev.gradc.data.Json;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Outline;
import dev.gradc.ir.Precision;
import dev.gradc.print.Notation;
import dev.gradc.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Differentiates a formula and says the result, for {@code gradc diff}. */
public final class Derivation {

    private Derivation() {}

    /**
     * What to differentiate, how.
     *
     * @param variables what to differentiate in; none means all that occur
     * @param order how many times in each variable
     * @param hessian whether every pair of variables is asked for instead
     * @param shapes {@code A=3,3}, for variables that are not scalars
     * @param at {@code x=1,y=2}; none for formulas only
     * @param simplify whether to show the derivatives simplified
     */
    public record Request(
            String formula,
            List<String> variables,
            int order,
            boolean hessian,
            List<String> shapes,
            List<String> at,
            boolean simplify) {}

    /**
     * A partial derivative.
     *
     * @param variables that were differentiated in, in turn
     */
    record Partial(List<String> variables, Expression expression) {}

    /** A line for each partial derivative; of one alone only the formula. With a point, a line {@code = 39} after each. */
    public static String text(Request request, Notation notation) {
        return DeepStack.call(() -> {
            List<Partial> partials = partials(request);
            Map<String, NumberArray> point = point(request);
            List<String> lines = new ArrayList<>();
            for (Partial partial : partials) {
                String formula = partial.expression().print(notation, request.simplify());
                // What is a tensor is already printed as an equation: dA[i,j] = …
                boolean bare = partials.size() == 1 || partial.expression().shape().length > 0;
                lines.add(bare ? formula : notation.equation(partial.variables(), formula));
                if (!point.isEmpty()) {
                    lines.add("= " + Outline.of(value(partial, point)));
                }
            }
            return String.join("\n", lines);
        });
    }

    /** {@code {"x": "2*x"}}; with a point {@code {"x": {"derivative": "2*x", "value": 4}}}. */
    public static Json.Fields json(Request request) {
        return DeepStack.call(() -> {
            Map<String, NumberArray> point = point(request);
            Map<String, Json> fields = new LinkedHashMap<>();
            for (Partial partial : partials(request)) {
                Json formula = new Json.Text(partial.expression().print(Notation.TEXT, request.simplify()));
                Json shown = point.isEmpty()
                        ? formula
                        : fields("derivative", formula, "value", new Json.Numbers(value(partial, point)));
                String first = partial.variables().get(0);
                if (request.hessian()) {
                    Map<String, Json> row = new LinkedHashMap<>();
                    if (fields.get(first) instanceof Json.Fields known) {
                        row.putAll(known.fields());
                    }
                    row.put(partial.variables().get(1), shown);
                    fields.put(first, new Json.Fields(row));
                } else {
                    fields.put(first, shown);
                }
            }
            return new Json.Fields(fields);
        });
    }

    private static Json.Fields fields(String first, Json one, String second, Json other) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, other);
        return new Json.Fields(fields);
    }

    private static NumberArray value(Partial partial, Map<String, NumberArray> point) {
        return partial.expression().evaluate(point, Precision.DOUBLE);
    }

    private static Map<String, NumberArray> point(Request request) {
        Map<String, NumberArray> point = new LinkedHashMap<>();
        for (String at : request.at()) {
            Points.read("--at", at).forEach((name, entry) -> point.put(name, entry.array()));
        }
        return point;
    }

    private static List<Partial> partials(Request request) {
        SourceFile text = new SourceFile("expression", request.formula());
        Expression formula = Expression.parse(text, request.variables(), Shapes.read(request.shapes()));
        List<String> variables = request.variables().isEmpty() ? formula.variables() : request.variables();
        List<Partial> partials = new ArrayList<>();
        for (String variable : variables) {
            if (request.hessian()) {
                Expression first = next(formula.derivative(variable), request);
                variables.forEach(
                        other -> partials.add(new Partial(List.of(variable, other), first.derivative(other))));
            } else {
                Expression derivative = formula.derivative(variable);
                for (int i = 1; i < request.order(); i++) {
                    derivative = next(derivative, request).derivative(variable);
                }
                partials.add(new Partial(java.util.Collections.nCopies(request.order(), variable), derivative));
            }
        }
        return partials;
    }

    /** What a further derivative is taken of: the simplified form stays short, however often that is done. */
    private static Expression next(Expression derivative, Request request) {
        return request.simplify() ? derivative.readable() : derivative;
    }
}
