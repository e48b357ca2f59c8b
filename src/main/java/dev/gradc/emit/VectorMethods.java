package dev.gradc.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * The methods that apply a rule to the vector at some place of an array, {@code void f(float[] x, int xAt, float[] y, int yAt)}; the
 * first one calls the second, that one the third.
 *
 * <p>HotSpot takes the methods of vectors into a method as long as it has inlined less than 8,000 bytes of bytecode there (its
 * DesiredMethodLimit); past that, what a call returns is no longer known to be a vector of one class, and becomes an object. As each
 * operation brings some 500, a long formula goes on in another method.
 */
final class VectorMethods {

    /** The operations of one method: less than 7,500 bytes on Java 25, and 6,600 on Java 17. */
    private static final int MOST_OPERATIONS = 13;

    private final List<List<VectorWriter.Step>> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final String function;

    /**
     * @param function what the rule is about
     * @param first what the first method is called
     */
    VectorMethods(Rule rule, String function, String first, Identifiers methodNames) {
        this.function = function;
        int operations = 0;
        for (VectorWriter.Step step : VectorWriter.steps(rule)) {
            operations += step.operations();
            if (parts.isEmpty() || operations > MOST_OPERATIONS) {
                names.add(parts.isEmpty() ? first : methodNames.claim(first));
                parts.add(new ArrayList<>());
                operations = step.operations();
            }
            parts.get(parts.size() - 1).add(step);
        }
    }

    List<MethodSpec> write() {
        return IntStream.range(0, parts.size()).mapToObj(this::method).toList();
    }

    private MethodSpec method(int part) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(names.get(part)).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
        if (part == 0) {
            method.addJavadoc("Sets the vector at {@code yAt} to $L of that at {@code xAt}.\n", function)
                    .addParameter(float[].class, "x")
                    .addParameter(int.class, "xAt");
        }
        needed(part).forEach(name -> method.addParameter(VectorRows.VECTOR, name));
        method.addParameter(float[].class, "y").addParameter(int.class, "yAt");
        parts.get(part).forEach(step -> method.addStatement(step.code()));
        if (part + 1 < parts.size()) {
            String handedOn = String.join(", ", needed(part + 1));
            method.addStatement(CodeBlock.of("$L($L, y, yAt)", names.get(part + 1), handedOn));
        }
        return method.build();
    }

    /** The variables that {@code part} and those after it read, of the ones before, in the order in which these declare them. */
    private Set<String> needed(int part) {
        List<String> before = parts.subList(0, part).stream()
                .flatMap(List::stream)
                .map(VectorWriter.Step::declares)
                .toList();
        Set<String> needed = new TreeSet<>(Comparator.comparing(before::indexOf));
        parts.subList(part, parts.size()).stream()
                .flatMap(List::stream)
                .flatMap(step -> step.reads().stream())
                .filter(before::contains)
                .forEach(needed::add);
        return needed;
    }
}
