package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;

/** The functions of the table that a class calls: those that Java has, and those that it gets as private methods. */
final class Helpers {

    private static final Pattern CAPITAL = Pattern.compile("\\.(?=\\p{Lu})");

    private final Identifiers methods;
    private final Precision precision;
    private final Map<TableFunction, String> names = new LinkedHashMap<>();

    /**
     * @param methods the names of the methods of the class
     * @param precision what the callers compute with
     */
    Helpers(Identifiers methods, Precision precision) {
        this.methods = methods;
        this.precision = precision;
    }

    /** The name of the method that computes {@code function} by its body; the class will have it. */
    String nameOf(TableFunction function) {
        return names.computeIfAbsent(function, f -> methods.claim(f.symbol()));
    }

    /** {@code java.lang.Math} of {@code java.lang.Math.tan}. */
    ClassName classOf(TableFunction function) {
        String method = checked(function);
        String type = method.substring(0, method.lastIndexOf('.'));
        String[] parts = CAPITAL.split(type, 2);
        return parts.length == 1 ? ClassName.bestGuess(type) : nested(parts[0], parts[1]);
    }

    private static ClassName nested(String packageName, String classes) {
        String[] names = classes.split("\\.");
        return ClassName.get(packageName, names[0], Arrays.copyOfRange(names, 1, names.length));
    }

    /** {@code tan} of {@code java.lang.Math.tan}. */
    String methodOf(TableFunction function) {
        String method = checked(function);
        return method.substring(method.lastIndexOf('.') + 1);
    }

    private static String checked(TableFunction function) {
        String method = function.method().orElseThrow();
        if (!SourceVersion.isName(method, SourceVersion.RELEASE_17) || !method.contains(".") || method.contains("$")) {
            throw new IllegalArgumentException("no name of a static method: " + method);
        }
        return method;
    }

    /** Whether {@code function} gives a {@code float} if it is given {@code float}s. */
    boolean returnsFloat(TableFunction function) {
        String method = function.method().orElse("");
        if (precision != Precision.FLOAT || !method.startsWith("java.lang.Math.")) {
            return false;
        }
        Class<?>[] parameters = new Class<?>[function.arity()];
        Arrays.fill(parameters, float.class);
        return Arrays.stream(Math.class.getMethods())
                .filter(m -> m.getName().equals(methodOf(function)))
                .anyMatch(m -> Arrays.equals(m.getParameterTypes(), parameters) && m.getReturnType() == float.class);
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
