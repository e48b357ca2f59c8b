package dev.gradc.task;

import dev.gradc.data.Json;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Outline;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer.Printed;
import dev.gradc.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The derivatives of a formula, and their values at a point. */
final class FormulaDerivation {

    private final DerivationRequest request;
    private final Notation notation;
    private final Map<String, NumberArray> point;
    private final List<Partial> partials;

    FormulaDerivation(DerivationRequest request, Notation notation) {
        this.request = request;
        this.notation = notation;
        GivenValues given = GivenValues.at(request.at());
        point = given.arrays();
        partials = partials(request, given, notation);
    }

    private static List<Partial> partials(DerivationRequest request, GivenValues given, Notation notation) {
        SourceFile text = new SourceFile("expression", request.subject());
        Shapes shapes = Shapes.read(request.shapes());
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
        return Partial.of(nameless ? "" : formula.freeName("f"), formula, variables, request);
    }

    String text() {
        Printed printed = Partial.printed(partials, request, notation);
        if (point.isEmpty()) {
            return notation.together(printed.formulas(), printed.where());
        }
        List<String> values = partials.stream()
                .map(partial -> "= " + Outline.of(partial.value(point)))
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

    Json.Fields json() {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (Partial partial : partials) {
            Json formula = new Json.Text(partial.expression().print(notation, request.simplify()));
            Json shown = point.isEmpty()
                    ? formula
                    : Json.Fields.of("derivative", formula, "value", new Json.Numbers(partial.value(point)));
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
}
