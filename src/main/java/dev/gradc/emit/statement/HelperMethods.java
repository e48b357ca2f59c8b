package dev.gradc.emit.statement;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.Helpers.Helper;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.code.Body;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The private methods of a class for the {@link Helpers} that it calls. */
public final class HelperMethods {

    private HelperMethods() {}

    /** Adds the methods to the class, in the order of their first use. */
    public static void add(Helpers helpers, TypeSpec.Builder type) {
        Set<Helper> done = new HashSet<>();
        // A method may need further ones.
        while (done.size() < helpers.names().size()) {
            List.copyOf(helpers.names().entrySet()).forEach(entry -> {
                if (done.add(entry.getKey())) {
                    type.addMethod(method(helpers, entry.getKey(), entry.getValue()));
                }
            });
        }
        helpers.powerOfTwo().ifPresent(name -> type.addMethod(powerOfTwo(name)));
        helpers.choices().forEach((precision, name) -> type.addMethod(choice(precision, name)));
    }

    /*
     * /** The logistic function. *&#47;
     * private static double sigmoid(double x) {
     *     return 1 / (1 + Math.exp(-x));
     * }
     */
    private static MethodSpec method(Helpers helpers, Helper helper, String methodName) {
        TableFunction function = helper.function();
        TypeName number = number(helper.precision());
        MethodSpec.Builder method = MethodSpec.methodBuilder(methodName)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(number);
        if (helper.isInPlace()) {
            method.addJavadoc("$L to as many digits as a {@code float} has.\n", function.symbol());
        } else if (!function.documentation().isBlank()) {
            method.addJavadoc("$L\n", JavadocText.documentation(function.documentation()));
        }
        Identifiers scope = Identifiers.top();
        Variables variables = new Variables(number);
        for (Tensor formal : helper.formals()) {
            String name = scope.claim(formal.name());
            variables.scalar(formal, name);
            method.addParameter(number, name);
        }
        Body body = Lowering.lower(helper.body());
        helpers.write(helper);
        return method.addCode(new CodeWriter(body, variables, scope, helpers, helper.precision()).write())
                .build();
    }

    /*
     * private static float choose(int mask, float then, float otherwise) {
     *     return Float.intBitsToFloat(Float.floatToRawIntBits(then) & mask | Float.floatToRawIntBits(otherwise) & ~mask);
     * }
     */
    private static MethodSpec choice(Precision precision, String name) {
        TypeName number = number(precision);
        Class<?> box = precision == Precision.FLOAT ? Float.class : Double.class;
        String fromBits = precision == Precision.FLOAT ? "intBitsToFloat" : "longBitsToDouble";
        String toBits = precision == Precision.FLOAT ? "floatToRawIntBits" : "doubleToRawLongBits";
        return MethodSpec.methodBuilder(name)
                .addJavadoc(
                        "{@code then} where all bits of the mask are set, {@code otherwise} where none is, without a branch that the\n"
                                + "processor might guess wrong.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(number)
                .addParameter(int.class, "mask")
                .addParameter(number, "then")
                .addParameter(number, "otherwise")
                .addStatement(
                        "return $1T.$2L($1T.$3L(then) & mask$W| $1T.$3L(otherwise) & ~mask)", box, fromBits, toBits)
                .build();
    }

    /*
     * private static double powerOfTwo(double n) {
     *     return Double.longBitsToDouble((long) n + 1023 << 52);
     * }
     */
    private static MethodSpec powerOfTwo(String name) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc(
                        "2 to the power {@code n}, a whole number from -1022 to 1023, which becomes the exponent.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameter(double.class, "n")
                .addStatement("return Double.longBitsToDouble((long) n + 1023 << 52)")
                .build();
    }

    private static TypeName number(Precision precision) {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }
}
