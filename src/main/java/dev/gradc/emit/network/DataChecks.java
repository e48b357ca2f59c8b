package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.Variables;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Tensor;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Refuses batches and data that the arrays of a class do not fit, with a message that says why. */
final class DataChecks {

    private final String capacity;
    private final String owner;
    private boolean checksIntegers;

    private DataChecks(String capacity, String owner) {
        this.capacity = capacity;
        this.owner = owner;
    }

    /** @param capacity what says how many examples there are at most */
    DataChecks(String capacity) {
        this(capacity, "");
    }

    /** The same in a class that calls the methods of the forward pass for what is no batch. */
    static DataChecks by(ClassName forward, String capacity) {
        return new DataChecks(capacity, forward.simpleName() + ".");
    }

    // checkBatch(batch);
    // checkLength("x", x.length, 2 * batch);
    CodeBlock of(List<Tensor> data, Variables variables, String batch) {
        CodeBlock.Builder code = CodeBlock.builder();
        code.addStatement("checkBatch($L)", batch);
        for (Tensor tensor : data) {
            String name = variables.name(tensor);
            String length = NetworkClasses.times(NetworkClasses.perExample(tensor), batch);
            code.addStatement("$LcheckLength($S, $L.length, $L)", owner, name, name, length);
            if (tensor.isInteger()
                    && tensor.limit().isPresent()
                    && tensor.limit().get() instanceof Constant limit) {
                code.addStatement("$LcheckBelow($S, $L, $L, $L)", owner, name, name, length, (int) limit.value());
                checksIntegers = true;
            }
        }
        return code.build();
    }

    void addMethods(TypeSpec.Builder type) {
        type.addMethod(MethodSpec.methodBuilder("checkBatch")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "batch")
                .beginControlFlow("if (batch < 1 || batch > $L)", capacity)
                .addStatement(
                        "throw new $T($S + batch$W+ $S + $L)",
                        IllegalArgumentException.class,
                        "a batch of ",
                        " examples where the least is 1 and the most ",
                        capacity)
                .endControlFlow()
                .build());
        if (!owner.isEmpty()) {
            return;
        }
        type.addMethod(MethodSpec.methodBuilder("checkLength")
                .addModifiers(Modifier.STATIC)
                .addParameter(String.class, "name")
                .addParameter(int.class, "length")
                .addParameter(int.class, "needed")
                .beginControlFlow("if (length < needed)")
                .addStatement(
                        "throw new $T(name + $S + length$W+ $S + needed)",
                        IllegalArgumentException.class,
                        " holds ",
                        " numbers; the batch needs ")
                .endControlFlow()
                .build());
        if (checksIntegers) {
            type.addMethod(MethodSpec.methodBuilder("checkBelow")
                    .addModifiers(Modifier.STATIC)
                    .addParameter(String.class, "name")
                    .addParameter(ArrayTypeName.of(int.class), "values")
                    .addParameter(int.class, "count")
                    .addParameter(int.class, "limit")
                    .beginControlFlow("for (int i = 0; i < count; i++)")
                    .beginControlFlow("if (values[i] < 0 || values[i] >= limit)")
                    .addStatement(
                            "throw new $T(name + $S + i + $S + values[i]$W+ $S + (limit - 1))",
                            IllegalArgumentException.class,
                            "[",
                            "] is ",
                            "; the least is 0 and the most ")
                    .endControlFlow()
                    .endControlFlow()
                    .build());
        }
    }
}
