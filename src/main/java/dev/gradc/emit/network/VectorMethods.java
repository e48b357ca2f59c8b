package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.text.Identifiers;
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
 * brings some 500. So it must not take the loops of a formula into one method either, as it does with small methods that are called often.
 * It does not where a call has had three receivers or more: the loops are called through an interface, and if there are several there are
 * at least three. Nor do methods hand vectors on: where HotSpot does not inline the call, each would become an object.
 */
final class VectorMethods {

    /** The entries that all loops go through before the next ones: in the nearest cache, and some number of vectors of any width. */
    static final int LENGTH = 256;

    /** The operations of one loop: less than 7,500 bytes on Java 25, and 6,600 on Java 17. */
    private static final int MOST_OPERATIONS = 13;

    /** A call that has had fewer receivers is inlined (TypeProfileWidth). */
    private static final int RECEIVERS = 3;

    private static final ClassName LOOP = ClassName.bestGuess("Loop");

    private final List<List<VectorRule.Step>> loops;
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
        List<VectorRule.Step> steps = VectorRule.steps(rule);
        loops = IntStream.rangeClosed(0, MOST_OPERATIONS)
                .mapToObj(fewer -> inLoops(steps, MOST_OPERATIONS - fewer))
                .filter(candidate -> candidate.size() == 1 || candidate.size() >= RECEIVERS)
                .findFirst()
                .orElseGet(() -> inLoops(steps, MOST_OPERATIONS));
        loops.forEach(loop -> names.add(loops.size() == 1 ? whole : methodNames.claim(whole)));
        assignRows();
    }

    private static List<List<VectorRule.Step>> inLoops(List<VectorRule.Step> steps, int most) {
        List<List<VectorRule.Step>> loops = new ArrayList<>();
        int operations = 0;
        for (VectorRule.Step step : steps) {
            operations += step.operations();
            if (loops.isEmpty() || operations > most) {
                loops.add(new ArrayList<>());
                operations = step.operations();
            }
            loops.get(loops.size() - 1).add(step);
        }
        return loops;
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

    boolean hasSeveralLoops() {
        return loops.size() > 1;
    }

    // private final Loop[] f = {this::f2, this::f3, this::f4};
    FieldSpec loops() {
        CodeBlock methods =
                names.stream().map(name -> CodeBlock.of("this::$L", name)).collect(CodeBlock.joining(",$W", "{", "}"));
        return FieldSpec.builder(ArrayTypeName.of(LOOP), whole, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(methods)
                .build();
    }

    // interface Loop {
    //     void apply(int count, float[] x, int xAt, float[] y, int yAt);
    static TypeSpec loop() {
        return TypeSpec.interfaceBuilder(LOOP)
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("A part of a function, for some vectors.\n")
                .addMethod(RowsClass.addParameters(MethodSpec.methodBuilder("apply"))
                        .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                        .build())
                .build();
    }

    // void inTurns(Loop[] loops, int count, float[] x, int xAt, float[] y, int yAt) {
    //     for (int first = 0; first < count; first += 256) {
    static MethodSpec inTurns(String name) {
        return RowsClass.addParameters(MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE)
                        .addJavadoc("One loop after the other, for as many numbers as stay in the nearest cache.\n")
                        .addParameter(ArrayTypeName.of(LOOP), "loops"))
                .beginControlFlow("for (int first = 0; first < count; first += $L)", LENGTH)
                .addStatement("int length = Math.min($L, count - first)", LENGTH)
                .beginControlFlow("for ($T loop : loops)", LOOP)
                .addStatement("loop.apply(length, x, xAt + first, y, yAt + first)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    /** Applies the rule to vectors; the arguments stand for count, x, xAt, y and yAt. */
    CodeBlock call(String inTurns, String arguments) {
        return hasSeveralLoops()
                ? CodeBlock.of("$L($L, $L)", inTurns, whole, arguments)
                : CodeBlock.of("$L($L)", whole, arguments);
    }

    List<MethodSpec> write() {
        return IntStream.range(0, loops.size()).mapToObj(this::method).toList();
    }

    private MethodSpec method(int loop) {
        MethodSpec.Builder method = RowsClass.addParameters(declare(names.get(loop)))
                .beginControlFlow("for (int i = 0; i < count; i += SPECIES.length())");
        Set<String> own = new LinkedHashSet<>();
        loops.get(loop).forEach(step -> own.add(step.declares()));
        for (String name : reads(loop)) {
            if (!own.contains(name)) {
                method.addStatement(
                        "$1T $2L = $1T.fromArray(SPECIES, $3L, i)", VectorRule.VECTOR, name, row(rows.get(name)));
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

    private MethodSpec.Builder declare(String name) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
        return hasSeveralLoops()
                ? method
                : method.addJavadoc(
                        "Sets vectors of {@code y} to $L of those of {@code x}; {@code count} fills them.\n", function);
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
