package dev.gradc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Body;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.Routines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The functions of the table that a class calls: those that Java has, and those that it gets as private methods. */
final class Helpers {

    private final Identifiers methods;
    private final Map<TableFunction, String> names = new LinkedHashMap<>();
    private final Map<TableFunction, JavaMethod> javaMethods = new HashMap<>();

    /** @param methods the names of the methods of the class */
    Helpers(Identifiers methods) {
        this.methods = methods;
    }

    /** The name of the method that computes {@code function} by its body; the class will have it. */
    String nameOf(TableFunction function) {
        return names.computeIfAbsent(function, f -> methods.claim(f.symbol()));
    }

    /** The method that computes {@code function}, if Java has one. */
    Optional<JavaMethod> javaMethod(TableFunction function) {
        return function.method().map(method -> javaMethods.computeIfAbsent(function, JavaMethod::of));
    }

    /** The methods that the class needs, in the order of their first use. */
    List<MethodSpec> methods() {
        Set<TableFunction> done = new HashSet<>();
        List<MethodSpec> result = new ArrayList<>();
        // A method may need further ones.
        while (done.size() < names.size()) {
            for (TableFunction function : List.copyOf(names.keySet())) {
                if (done.add(function)) {
                    result.add(method(function));
                }
            }
        }
        return result;
    }

    /*
     * /** The logistic function. *&#47;
     * private static double sigmoid(double x) {
     *     return 1 / (1 + Math.exp(-x));
     * }
     */
    private MethodSpec method(TableFunction function) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(names.get(function))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class);
        if (!function.documentation().isBlank()) {
            method.addJavadoc(
                    "$L\n",
                    JavadocText.wrapped(
                            JavadocText.prose(function.documentation().strip())));
        }
        Identifiers scope = Identifiers.top();
        Variables variables = new Variables(TypeName.DOUBLE);
        for (Tensor formal : function.formals()) {
            String name = scope.claim(formal.name());
            variables.scalar(formal, name);
            method.addParameter(double.class, name);
        }
        Tensor result = Tensor.derived("y", Shape.SCALAR);
        Definition definition = Definition.map(
                result,
                List.of(),
                function.body().orElseThrow(() -> new IllegalArgumentException(function + " has no body")),
                "");
        Body body = Lowering.lower(List.of(definition), Set.of(), Optional.of(result), Routines.NONE);
        return method.addCode(new CodeWriter(body, variables, scope, this, Precision.DOUBLE).write())
                .build();
    }
}
