package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import dev.gradc.library.TableFunction;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A static method that Java has.
 *
 * @param returnsFloat whether it gives a {@code float} if it is given {@code float}s
 */
record JavaMethod(ClassName type, String name, boolean returnsFloat) {

    private static final Pattern CAPITAL = Pattern.compile("\\.(?=\\p{Lu})");

    /** The method that the row of {@code function} names. */
    static JavaMethod of(TableFunction function) {
        TableFunction.Method method = function.method().orElseThrow();
        String name = method.simpleName();
        return new JavaMethod(type(method.owner()), name, returnsFloat(method.name(), name, function.arity()));
    }

    private static ClassName type(String name) {
        String[] parts = CAPITAL.split(name, 2);
        if (parts.length == 1) {
            return ClassName.bestGuess(name);
        }
        String[] classes = parts[1].split("\\.");
        return ClassName.get(parts[0], classes[0], Arrays.copyOfRange(classes, 1, classes.length));
    }

    private static boolean returnsFloat(String method, String name, int arity) {
        if (!method.startsWith("java.lang.Math.")) {
            return false;
        }
        Class<?>[] parameters = new Class<?>[arity];
        Arrays.fill(parameters, float.class);
        return Arrays.stream(Math.class.getMethods())
                .filter(m -> m.getName().equals(name))
                .anyMatch(m -> Arrays.equals(m.getParameterTypes(), parameters) && m.getReturnType() == float.class);
    }
}
