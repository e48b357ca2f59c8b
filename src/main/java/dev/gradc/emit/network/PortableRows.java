package dev.gradc.emit.network;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.CodeWriter;
import dev.gradc.emit.statement.HelperMethods;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Function;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Rule;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.code.Body;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Loops that the virtual machine turns into vectors. They compute in double precision in an array of their own: in one between {@code
 * float}s and {@code double}s it would not.
 */
final class PortableRows extends RowsClass {

    /** The entries that are computed at a time: long enough that what surrounds a loop does not count, and in the nearest cache. */
    private static final int LENGTH = 512;

    /** Of shorter rows the virtual machine computes most entries one by one. */
    private static final int SHORT = 24;

    /** The methods that compute an entry of a long row. */
    private final Map<Function, String> branchless = new HashMap<>();

    PortableRows(NetworkClasses classes, List<Function> functions) {
        super(classes, functions);
        methodNames.claim("widen");
        methodNames.claim("narrow");
        functions.forEach(
                function -> branchless.put(function, methodNames.claim(Identifiers.method(function) + "Branchless")));
    }

    @Override
    long bytes() {
        return Double.BYTES * LENGTH;
    }

    @Override
    public TypeSpec write() {
        TypeSpec.Builder type = declare(
                        "without branches, so that the virtual machine computes several entries at once")
                .addField(FieldSpec.builder(double[].class, "row", Modifier.PRIVATE, Modifier.FINAL)
                        .initializer("new double[$L]", LENGTH)
                        .build());
        functions.forEach(function -> type.addMethod(rowMethod(function)));
        type.addMethod(widen());
        type.addMethod(narrow());
        functions.forEach(function -> type.addMethod(ofEntry(function)));
        HelperMethods.add(helpers, type);
        return type.build();
    }

    // void f(int count, float[] x, int xAt, float[] y, int yAt) {
    private MethodSpec rowMethod(Function function) {
        MethodSpec.Builder method = ofRow(function);
        addShort(method, function, String.valueOf(SHORT));
        return method.addStatement("double[] row = this.row")
                .beginControlFlow("for (int first = 0; first < count; first += row.length)")
                .addStatement("int length = Math.min(row.length, count - first)")
                .addStatement("widen(length, x, xAt + first, row)")
                .beginControlFlow("for (int i = 0; i < length; i++)")
                .addStatement("row[i] = $L(row[i])", branchless.get(function))
                .endControlFlow()
                .addStatement("narrow(length, row, y, yAt + first)")
                .endControlFlow()
                .build();
    }

    private MethodSpec widen() {
        return MethodSpec.methodBuilder("widen")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(int.class, "length")
                .addParameter(classes.numbers(), "x")
                .addParameter(int.class, "xAt")
                .addParameter(double[].class, "row")
                .beginControlFlow("for (int i = 0; i < length; i++)")
                .addStatement("row[i] = x[xAt + i]")
                .endControlFlow()
                .build();
    }

    private MethodSpec narrow() {
        return MethodSpec.methodBuilder("narrow")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(int.class, "length")
                .addParameter(double[].class, "row")
                .addParameter(classes.numbers(), "y")
                .addParameter(int.class, "yAt")
                .beginControlFlow("for (int i = 0; i < length; i++)")
                .addStatement("y[yAt + i] = ($T) row[i]", classes.number())
                .endControlFlow()
                .build();
    }

    // private static double fBranchless(double x) { … }
    private MethodSpec ofEntry(Function function) {
        Rule rule = classes.single.rows().get(function);
        Identifiers scope = Identifiers.top();
        Variables variables = new Variables(TypeName.DOUBLE);
        Tensor variable = rule.variables().get(0);
        String argument = scope.claim(variable.name());
        variables.scalar(variable, argument);
        Body body = Lowering.lower(rule.right());
        return MethodSpec.methodBuilder(branchless.get(function))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameter(double.class, argument)
                .addCode(new CodeWriter(body, variables, scope, helpers, Precision.DOUBLE).write())
                .build();
    }
}
