package dev.gradc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Function;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.Names;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Loops over vectors of {@code jdk.incubator.vector}, in single precision. */
final class VectorRows extends RowsClass {

    static final ClassName VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
    private static final TypeName SPECIES = ParameterizedTypeName.get(
            ClassName.get("jdk.incubator.vector", "VectorSpecies"), ClassName.get(Float.class));

    /** The widest vectors that there are have 16 lanes today; some to spare. */
    private static final int MOST_LANES = 64;

    private final Helpers helpers = new Helpers(methodNames);

    VectorRows(NetworkClasses classes, List<Function> functions) {
        super(classes, functions);
    }

    @Override
    long bytes() {
        return Float.BYTES * MOST_LANES;
    }

    @Override
    TypeSpec write() {
        TypeSpec.Builder type = declare(
                        "by the vectors of {@code jdk.incubator.vector}, within 2.5 units of the last place")
                .addField(FieldSpec.builder(SPECIES, "SPECIES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("$T.SPECIES_PREFERRED", VECTOR)
                        .build())
                .addField(FieldSpec.builder(ArrayTypeName.of(float.class), "rest", Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("What is left of a row that fills no vector.\n")
                        .initializer("new float[$L]", MOST_LANES)
                        .build());
        for (Function function : functions) {
            String vector = methodNames.claim(name(function) + "Vector");
            type.addMethod(rowMethod(function, vector));
            type.addMethods(
                    new VectorMethods(classes.rules.get(function), name(function), vector, methodNames).write());
        }
        helpers.methods().forEach(type::addMethod);
        return type.build();
    }

    /*
     * void f(int count, float[] x, int xAt, float[] y, int yAt) {
     *
     * A short row is not worth what it takes to load the classes of vectors. What is handed on is arrays: where a call is not inlined (not
     * yet, or not at all), a vector would become an object. It is called in one place, as a second one would not be inlined.
     */
    private MethodSpec rowMethod(Function function, String vector) {
        Fragment scalar =
                scalar(function, classes.rules.get(function).variables().get(0));
        return ofRow(function)
                .beginControlFlow("if (count < SPECIES.length())")
                .beginControlFlow("for (int i = 0; i < count; i++)")
                .addStatement("y[yAt + i] = " + scalar.format(), scalar.arguments())
                .endControlFlow()
                .addStatement("return")
                .endControlFlow()
                .beginControlFlow("for (int i = 0; i < count; i += SPECIES.length())")
                .addStatement("int left = count - i")
                .addStatement("boolean fits = left >= SPECIES.length()")
                .beginControlFlow("if (!fits)")
                .addStatement("System.arraycopy(x, xAt + i, rest, 0, left)")
                .endControlFlow()
                .addStatement("$L(fits ? x : rest, fits ? xAt + i : 0, fits ? y : rest, fits ? yAt + i : 0)", vector)
                .beginControlFlow("if (!fits)")
                .addStatement("System.arraycopy(rest, 0, y, yAt + i, left)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    // (float) Math.exp(x[xAt + i])
    private Fragment scalar(Function function, Tensor variable) {
        Variables variables = new Variables(TypeName.FLOAT);
        variables.scalar(variable, "x[xAt + i]");
        return new ExpressionWriter(new Names(Map.of()), variables, helpers, Precision.FLOAT)
                .real(Call.of(function, Access.of(variable)));
    }
}
