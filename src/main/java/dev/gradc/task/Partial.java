package dev.gradc.task;

import dev.gradc.data.NumberArray;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.print.Printer.Derivative;
import dev.gradc.print.Printer.Printed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A partial derivative.
 *
 * @param exact the same without what was made easier to read on the way to a higher order: what its numbers are worked out with
 */
record Partial(Derivative derivative, Formula expression, Formula exact) {

    /** So many expressions are differentiated once more in little time; their number more than doubles with each order. */
    private static final int FEW = 2000;

    /** The derivatives of {@code formula}, which is called {@code name}, that are asked for; of a Hessian each pair once. */
    static List<Partial> of(String name, Formula formula, List<Tensor> variables, DerivationRequest request) {
        List<Partial> partials = new ArrayList<>();
        for (int first = 0; first < variables.size(); first++) {
            Tensor variable = variables.get(first);
            if (request.hessian()) {
                for (Tensor other : variables.subList(first, variables.size())) {
                    partials.add(inTurn(name, formula, List.of(variable, other), request));
                }
            } else {
                partials.add(inTurn(name, formula, Collections.nCopies(request.order(), variable), request));
            }
        }
        return partials;
    }

    private static Partial inTurn(String name, Formula formula, List<Tensor> variables, DerivationRequest request) {
        Formula shown = formula;
        Formula exact = formula;
        for (Tensor variable : variables) {
            Formula last = exact;
            shown = (request.simplify() ? shown.readable() : shown).derivative(variable.name());
            exact = request.at().isEmpty() || last.size() > FEW ? shown : last.derivative(variable.name());
        }
        return new Partial(new Derivative(name, variables), shown, exact);
    }

    NumberArray value(Map<String, NumberArray> point) {
        return exact.evaluate(point);
    }

    /** The derivatives as they are written, and what they share. */
    static Printed printed(List<Partial> partials, DerivationRequest request, Notation notation) {
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
}
