package dev.gradc.emit;

import com.palantir.javapoet.MethodSpec;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * The methods that apply a rule to whole vectors of a row, {@code void f(int count, float[] x, int xAt, float[] y, int yAt)}. A long
 * formula takes several loops, each in a method; what one leaves for the next stands in rows.
 *
 * <p>HotSpot takes the methods of vectors into a method as long as it has inlined less than 8,000 bytes of bytecode there (its
 * DesiredMethodLimit); past that, what a call returns is no longer known to be a vector of one class, and becomes an object. Each operation
 * brings some 500. Nor do methods hand vectors on: where HotSpot does not inline the call, as it has inlined enough already, each would
 * become an object, and the function take five times as long.
 */
final class VectorMethods {

    /** The entries that all loops go through before the next ones: in the nearest cache, and some number of vectors of any width. */
    static final int LENGTH = 256;

    /** The operations of one loop: less than 7,500 bytes on Java 25, and 6,600 on Java 17. */
    private static final int MOST_OPERATIONS = 13;

    private final List<List<VectorRule.Step>> loops = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final String function;
    private final String whole;

    /** The rows of the variables that a later loop reads. */
    private final Map<String, Integer> rows = new HashMap<>();

    /**
     * @param function what the rule is about
     * @param whole what the method is called
     */
    VectorMethods(Rule rule, String function, String whole, Identifiers methodNames) {
        this.function = function;
        this.whole = whole;
        int operations = 0;
        for (VectorRule.Step step : VectorRule.steps(rule)) {
            operations += step.operations();
            if (loops.isEmpty() || operations > MOST_OPERATIONS) {
                loops.add(new ArrayList<>());
                operations = step.operations();
            }
            loops.get(loops.size() - 1).add(step);
        }
        loops.forEach(loop -> names.add(loops.size() == 1 ? whole : methodNames.claim(whole)));
        assignRows();
    }

    /** A row is free again when the loops are done that read it. */
    private void assignRows() {
        Set<Integer> free = new LinkedHashSet<>();
        int most = 0;
        for (int loop = 0; loop < loops.size(); loop++) {
            Set<String> later = readFrom(loop + 1);
            for (VectorRule.Step step : loops.get(loop)) {
                if (later.contains(step.declares())) {
                    int row = free.isEmpty() ? most++ : free.iterator().next();
                    free.remove(row);
                    rows.put(step.declares(), row);
                }
            }
            for (String name : reads(loop)) {
                if (rows.containsKey(name) && !later.contains(name)) {
                    free.add(rows.get(name));
                }
            }
        }
    }

    /** How many rows the loops need. */
    int rows() {
        return rows.values().stream().mapToInt(row -> row + 1).max().orElse(0);
    }

    /** What the field of a row is called. */
    static String row(int number) {
        return "row" + (number == 0 ? "" : number + 1);
    }

    List<MethodSpec> write() {
        List<MethodSpec> methods = new ArrayList<>();
        if (loops.size() > 1) {
            methods.add(inTurns());
        }
        IntStream.range(0, loops.size()).mapToObj(this::method).forEach(methods::add);
        return methods;
    }

    // void f(int count, float[] x, int xAt, float[] y, int yAt) {
    //     for (int first = 0; first < count; first += 256) {
    private MethodSpec inTurns() {
        MethodSpec.Builder method = RowsClass.addParameters(declare(whole, true), true, true)
                .beginControlFlow("for (int first = 0; first < count; first += $L)", LENGTH)
                .addStatement("int length = Math.min($L, count - first)", LENGTH);
        for (int loop = 0; loop < loops.size(); loop++) {
            String from = loop == 0 ? ", x, xAt + first" : "";
            String to = loop == loops.size() - 1 ? ", y, yAt + first" : "";
            method.addStatement("$L(length$L$L)", names.get(loop), from, to);
        }
        return method.endControlFlow().build();
    }

    private MethodSpec method(int loop) {
        boolean last = loop == loops.size() - 1;
        MethodSpec.Builder method = RowsClass.addParameters(
                        declare(names.get(loop), loops.size() == 1), loop == 0, last)
                .beginControlFlow("for (int i = 0; i < count; i += SPECIES.length())");
        Set<String> own = new LinkedHashSet<>();
        loops.get(loop).forEach(step -> own.add(step.declares()));
        for (String name : reads(loop)) {
            if (!own.contains(name)) {
                method.addStatement(
                        "$1T $2L = $1T.fromArray(SPECIES, $3L, i)", VectorRows.VECTOR, name, row(rows.get(name)));
            }
        }
        Set<String> later = readFrom(loop + 1);
        for (VectorRule.Step step : loops.get(loop)) {
            method.addStatement(step.code());
            if (later.contains(step.declares())) {
                method.addStatement("$L.intoArray($L, i)", step.declares(), row(rows.get(step.declares())));
            }
        }
        return method.endControlFlow().build();
    }

    private MethodSpec.Builder declare(String name, boolean documented) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
        return documented
                ? method.addJavadoc(
                        "Sets vectors of {@code y} to $L of those of {@code x}; {@code count} fills them.\n", function)
                : method;
    }

    private Set<String> reads(int loop) {
        Set<String> reads = new LinkedHashSet<>();
        loops.get(loop).forEach(step -> reads.addAll(step.reads()));
        return reads;
    }

    /** The variables that {@code loop} and those after it read, of the ones before. */
    private Set<String> readFrom(int loop) {
        Set<String> reads = new LinkedHashSet<>();
        for (int later = loop; later < loops.size(); later++) {
            reads.addAll(reads(later));
        }
        loops.stream()
                .skip(loop)
                .flatMap(List::stream)
                .map(VectorRule.Step::declares)
                .forEach(reads::remove);
        return reads;
    }
}
