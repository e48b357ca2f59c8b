package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The methods of a trainer that step over all examples, in batches and in random order. */
final class EpochMethods {

    private final NetworkClasses classes;
    private final Map<Tensor, String> data;

    /** The fields for the data of a batch. */
    private final Map<Tensor, String> batches = new LinkedHashMap<>();

    /** @param data what the methods call the data */
    EpochMethods(NetworkClasses classes, Map<Tensor, String> data, Identifiers names) {
        this.classes = classes;
        this.data = data;
        data.keySet().forEach(tensor -> batches.put(tensor, names.claim(tensor.name() + "Batch")));
    }

    // private final double[] xBatch = new double[2 * BATCH];
    // private int[] order = new int[0];
    void addFields(TypeSpec.Builder type) {
        classes.unit
                .data()
                .forEach(tensor -> type.addField(
                        FieldSpec.builder(classes.array(tensor), batches.get(tensor), Modifier.PRIVATE, Modifier.FINAL)
                                .initializer(
                                        "new $T[$L]",
                                        classes.number(tensor),
                                        NetworkClasses.times(NetworkClasses.perExample(tensor), "BATCH"))
                                .build()));
        type.addField(FieldSpec.builder(ArrayTypeName.of(int.class), "order", Modifier.PRIVATE)
                .initializer("new int[0]")
                .build());
    }

    // public double epoch(double[] x, double[] y, int examples) {
    MethodSpec epoch(Objective objective) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(classes.method(objective, "Epoch"))
                .addModifiers(Modifier.PUBLIC)
                .returns(double.class)
                .addJavadoc(
                        "Steps over all examples once, in batches of {@link #BATCH} and in a new random order.\n\n");
        List<String> arguments = new ArrayList<>();
        for (Tensor tensor : classes.unit.data()) {
            method.addParameter(classes.array(tensor), data.get(tensor));
            method.addJavadoc(
                    "@param $L all of $L, example by example\n", data.get(tensor), JavadocText.code(tensor.name()));
            arguments.add(data.get(tensor));
        }
        String batchArguments = String.join(", ", batches.values());
        return method.addParameter(int.class, "examples")
                .addJavadoc("@return the mean loss on the way\n")
                .addStatement("shuffle(examples)")
                .addStatement("double sum = 0")
                .beginControlFlow("for (int first = 0; first < examples; first += BATCH)")
                .addStatement("int batch = Math.min(BATCH, examples - first)")
                .addStatement("gather($L, first, batch)", String.join(", ", arguments))
                .addStatement(
                        "sum += batch * $L$L($L, batch)",
                        classes.number() == TypeName.FLOAT ? "(double) " : "",
                        classes.method(objective, "Step"),
                        batchArguments)
                .endControlFlow()
                .addStatement("return sum / examples")
                .build();
    }

    static MethodSpec shuffle() {
        return MethodSpec.methodBuilder("shuffle")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Puts the examples into a new random order.\n")
                .addParameter(int.class, "examples")
                .beginControlFlow("if (order.length != examples)")
                .addStatement("order = new int[examples]")
                .beginControlFlow("for (int i = 0; i < examples; i++)")
                .addStatement("order[i] = i")
                .endControlFlow()
                .endControlFlow()
                .beginControlFlow("for (int i = examples - 1; i > 0; i--)")
                .addStatement("int other = random.nextInt(i + 1)")
                .addStatement("int example = order[i]")
                .addStatement("order[i] = order[other]")
                .addStatement("order[other] = example")
                .endControlFlow()
                .build();
    }

    MethodSpec gather() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("gather")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Copies the examples from place {@code first} of the order on.\n");
        CodeBlock.Builder copies = CodeBlock.builder();
        for (Tensor tensor : classes.unit.data()) {
            method.addParameter(classes.array(tensor), data.get(tensor));
            long size = NetworkClasses.perExample(tensor);
            if (size == 1) {
                copies.addStatement("$L[i] = $L[order[first + i]]", batches.get(tensor), data.get(tensor));
            } else {
                copies.addStatement(
                        "System.arraycopy($1L, $3L * order[first + i], $2L, $3L * i, $3L)",
                        data.get(tensor),
                        batches.get(tensor),
                        size);
            }
        }
        return method.addParameter(int.class, "first")
                .addParameter(int.class, "batch")
                .beginControlFlow("for (int i = 0; i < batch; i++)")
                .addCode(copies.build())
                .endControlFlow()
                .build();
    }
}
