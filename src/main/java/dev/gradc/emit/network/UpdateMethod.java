package dev.gradc.emit.network;

import com.palantir.javapoet.MethodSpec;
import dev.gradc.emit.statement.CodeWriter;
import dev.gradc.emit.statement.Helpers;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Access;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.ir.Unit.Update;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Offsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The method of a trainer that changes a parameter as the optimiser says, element by element. */
record UpdateMethod(
        NetworkClasses classes,
        OptimizerUnit optimizer,
        Map<Tensor, String> hyperparameters,
        Helpers helpers,
        boolean inParts) {

    // private void update(int part, int step, double[] value, double[] grad, double[] m, double[] v) {
    //     int from = team.first(part, value.length);
    //     int count = team.first(part + 1, value.length) - from;
    //     for (int i = 0; i < count; i++) { … }
    // }
    MethodSpec write() {
        // It sees no other fields than these.
        Identifiers scope = Identifiers.top();
        hyperparameters.values().forEach(scope::claim);
        scope.claim("team");
        Variables variables = new Variables(classes.number());
        hyperparameters.forEach(variables::scalarField);
        MethodSpec.Builder method = MethodSpec.methodBuilder("update")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc(
                        "One step for $L:\n\n<pre>\n$L\n</pre>\n",
                        inParts ? "a part of one parameter" : "one parameter",
                        formulas());
        String part = scope.claim("part");
        if (inParts) {
            method.addParameter(int.class, part);
        }
        String step = scope.claim(optimizer.step().name());
        variables.scalar(optimizer.step(), step);
        method.addParameter(int.class, step);

        Tensor from = new Tensor("from", Tensor.Role.SIZE, true, Shape.SCALAR);
        Tensor count = new Tensor("count", Tensor.Role.SIZE, true, Shape.SCALAR);
        Index i = Index.upTo("i", Access.of(count));
        Expr place = inParts ? Offsets.sum(Access.of(from), i) : i;
        List<Tensor> scalars = new ArrayList<>(List.of(optimizer.value(), optimizer.gradient()));
        scalars.addAll(optimizer.states().keySet());
        Map<Tensor, Access> elements = new LinkedHashMap<>();
        for (Tensor scalar : scalars) {
            Tensor array = Tensor.derived(scalar.name(), new Shape(List.of(Access.of(count))));
            String name = scope.claim(scalar.name());
            variables.array(array, name);
            method.addParameter(classes.numbers(), name);
            elements.put(scalar, Access.of(array, place));
        }
        String length = variables.name(elements.get(optimizer.value()).tensor()) + ".length";
        if (inParts) {
            variables.scalar(from, scope.claim("from"));
            variables.scalar(count, scope.claim("count"));
            method.addStatement("int $L = team.first($L, $L)", variables.name(from), part, length)
                    .addStatement(
                            "int $L = team.first($L + 1, $L) - $L",
                            variables.name(count),
                            part,
                            length,
                            variables.name(from));
        } else {
            variables.scalar(count, length);
        }

        Body body = Lowering.inPlace(i, newValues(elements), hints(elements));
        return method.addCode(new CodeWriter(body, variables, scope, helpers, classes.precision).write())
                .build();
    }

    /** The new values of the elements in terms of the old ones. */
    private Map<Access, Expr> newValues(Map<Tensor, Access> elements) {
        Map<Expr, Expr> current = new HashMap<>();
        elements.forEach((scalar, element) -> current.put(Access.of(scalar), element));
        Map<Access, Expr> results = new LinkedHashMap<>();
        for (Update update : optimizer.updates()) {
            Expr value = Rewrite.substituting(current).apply(update.value());
            current.put(Access.of(update.target()), value);
            results.put(elements.get(update.target()), value);
        }
        return results;
    }

    private static Map<Access, String> hints(Map<Tensor, Access> elements) {
        Map<Access, String> hints = new HashMap<>();
        elements.forEach((scalar, element) -> hints.put(element, scalar.name() + ".next"));
        return hints;
    }

    private String formulas() {
        List<String> lines = optimizer.updates().stream()
                .map(update -> JavadocText.prose(
                        update.note().isBlank() ? update.target().name() + " <- " + update.value() : update.note()))
                .toList();
        return String.join("\n", lines);
    }
}
