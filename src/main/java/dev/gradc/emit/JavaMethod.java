package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import dev.gradc.library.TableFunction;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * A static method that Java has.
 *
 * @param returnsFloat whether it gives a {@code float} if it is given {@code float}s
 */
record JavaMethod(ClassName type, String name, boolean returnsFloat) {

    private static final Pattern CAPITAL = Pattern.compile("\\.(?=\\p{Lu})");

    /** The method that the row of {@code function} names. */
    static JavaMethod of(TableFunction function) {
        String method = function.method().orElseThrow();
        int end = method.lastIndexOf('.');
        if (!SourceVersion.isName(method, SourceVersion.RELEASE_17) || end < 0 || method.contains("$")) {
            throw new IllegalArgumentException("no name of a static method: " + method);
        }
        String name = method.substring(end + 1);
        return new JavaMethod(type(method.substring(0, end)), name, returnsFloat(method, name, function.arity()));
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
