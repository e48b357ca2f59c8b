package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.HelperMethods;
import dev.gradc.emit.statement.VectorExpressions;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Function;
import dev.gradc.ir.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Loops over vectors of {@code jdk.incubator.vector}, in single precision. */
final class VectorRows extends RowsClass {

    private final Map<Function, VectorMethods> methods = new LinkedHashMap<>();
    private final String inTurns = methodNames.claim("inTurns");

    VectorRows(NetworkClasses classes, List<Function> functions) {
        super(classes, functions);
        for (Function function : functions) {
            String vectors = methodNames.claim(Identifiers.method(function) + "Vectors");
            methods.put(
                    function,
                    new VectorMethods(
                            classes.single.rows().get(function), Identifiers.method(function), vectors, methodNames));
        }
    }

    /** The rows through which loops of one function hand on what they computed. */
    private int rows() {
        return methods.values().stream().mapToInt(VectorMethods::rows).max().orElse(0);
    }

    @Override
    long bytes() {
        return (long) Float.BYTES * (VectorExpressions.MOST_LANES + rows() * VectorMethods.LENGTH);
    }

    @Override
    public TypeSpec write() {
        TypeSpec.Builder type = declare(
                        "by the vectors of {@code jdk.incubator.vector}, within 2.5 units of the last place")
                .addField(VectorExpressions.species(Precision.FLOAT))
                .addField(row("rest", VectorExpressions.MOST_LANES)
                        .addJavadoc("What is left of a row that fills no vector.\n")
                        .build());
        for (int number = 0; number < rows(); number++) {
            type.addField(row(VectorMethods.row(number), VectorMethods.LENGTH).build());
        }
        List<VectorMethods> several =
                methods.values().stream().filter(VectorMethods::hasSeveralLoops).toList();
        several.forEach(group -> type.addField(group.loops()));
        functions.forEach(function -> type.addMethod(rowMethod(function)));
        if (!several.isEmpty()) {
            type.addType(VectorMethods.loop()).addMethod(VectorMethods.inTurns(inTurns));
        }
        methods.values().forEach(group -> type.addMethods(group.write()));
        HelperMethods.add(helpers, type);
        return type.build();
    }

    private static FieldSpec.Builder row(String name, int length) {
        return FieldSpec.builder(ArrayTypeName.of(float.class), name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new float[$L]", length);
    }

    /*
     * void f(int count, float[] x, int xAt, float[] y, int yAt) {
     *
     * A short row is not worth what it takes to load the classes of vectors.
     */
    private MethodSpec rowMethod(Function function) {
        VectorMethods vectors = methods.get(function);
        MethodSpec.Builder method = ofRow(function);
        addShort(method, function, "SPECIES.length()");
        return method.addStatement("int whole = SPECIES.loopBound(count)")
                .addStatement(vectors.call(inTurns, "whole, x, xAt, y, yAt"))
                .beginControlFlow("if (whole < count)")
                .addStatement("System.arraycopy(x, xAt + whole, rest, 0, count - whole)")
                .addStatement(vectors.call(inTurns, "SPECIES.length(), rest, 0, rest, 0"))
                .addStatement("System.arraycopy(rest, 0, y, yAt + whole, count - whole)")
                .endControlFlow()
                .build();
    }
}
