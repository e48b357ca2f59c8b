package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.lower.IndependentExamples;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Types;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * The members by which the threads of a trainer share the examples of a step: each takes parts of them through passes of its own. The
 * parts are the same for any number of threads, and so is the order in which their gradients are added.
 *
 * <p>It is worth it where matrices are multiplied example by example, as in convolutions: there parts cost little. Products that go over
 * the whole batch are shared themselves, as they are the faster the more rows they have.
 */
final class SharedExamples {

    /** More threads than these share only the optimiser. */
    static final int MOST_PARTS = 8;

    private final NetworkClasses classes;
    private final Objective objective;
    private final Map<Tensor, String> data;
    private final Map<Tensor, String> copies = new LinkedHashMap<>();
    private final DataChecks checks;
    private final int parts;
    private final int largest;

    private SharedExamples(NetworkClasses classes, Map<Tensor, String> data, Identifiers names, int batch) {
        this.classes = classes;
        this.data = data;
        checks = DataChecks.by(classes.forward, "BATCH");
        objective = classes.unit.objectives().get(0);
        parts = Math.min(MOST_PARTS, batch);
        largest = (batch + parts - 1) / parts;
        data.forEach((tensor, name) -> copies.put(tensor, names.claim(name + "Part")));
    }

    /**
     * @param products of the passes
     * @param data the names of inputs and targets
     * @param names of the trainer
     * @param batch how many examples a step has
     */
    static Optional<SharedExamples> of(
            NetworkClasses classes,
            List<Contraction> products,
            Map<Tensor, String> data,
            Identifiers names,
            int batch) {
        long together = products.stream()
                .filter(product -> !isOfExample(product))
                .mapToLong(Contraction::products)
                .sum();
        long apart = products.stream()
                .filter(SharedExamples::isOfExample)
                .mapToLong(Contraction::products)
                .sum();
        return apart > together && classes.unit.objectives().size() == 1 && IndependentExamples.in(classes.unit)
                ? Optional.of(new SharedExamples(classes, data, names, batch))
                : Optional.empty();
    }

    /** Whether a product does not go over the batch, but is computed for each example. */
    private static boolean isOfExample(Contraction product) {
        return product.loops().stream().allMatch(loop -> loop.high() instanceof Constant);
    }

    /** What a trainer with such members calls its own, and nothing else may be called. */
    static void claimNames(Identifiers names, Identifiers methodNames) {
        List.of("backwards", "gradients", "losses", "part", "thread", "count", "offset", "grad", "from", "to")
                .forEach(names::claim);
        List.of("pass", "firstExample", "addUp", "checkBatch").forEach(methodNames::claim);
    }

    void addFields(TypeSpec.Builder type) {
        type.addField(FieldSpec.builder(int.class, "PARTS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The parts of the examples of a step, as many for any number of threads.\n")
                .initializer("$L", parts)
                .build());
        type.addField(FieldSpec.builder(classes.team.nestedClass("Task"), "pass", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("this::pass")
                .build());
        type.addField(
                FieldSpec.builder(ArrayTypeName.of(classes.backward), "backwards", Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("One for each thread; the first has the gradient in the end.\n")
                        .build());
        copies.forEach((tensor, copy) ->
                type.addField(ArrayTypeName.of(classes.array(tensor)), copy, Modifier.PRIVATE, Modifier.FINAL));
        type.addField(
                FieldSpec.builder(ArrayTypeName.of(classes.numbers()), "gradients", Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("Of each part.\n")
                        .initializer("new $T[PARTS][$T.PARAMETER_COUNT]", classes.number(), classes.model)
                        .build());
        type.addField(FieldSpec.builder(double[].class, "losses", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("Of each part, summed over its examples.\n")
                .initializer("new double[PARTS]")
                .build());
        data.forEach((tensor, name) -> type.addField(classes.array(tensor), name, Modifier.PRIVATE));
        type.addField(TypeName.INT, "batch", Modifier.PRIVATE);
    }

    void construct(MethodSpec.Builder constructor) {
        constructor.addStatement("backwards = new $T[threads]", classes.backward);
        copies.forEach((tensor, copy) -> constructor.addStatement(
                "$L = new $T[threads][$L]",
                copy,
                Types.isInteger(tensor) ? TypeName.INT : classes.number(),
                largest * NetworkClasses.perExample(tensor)));
        constructor
                .beginControlFlow("for (int thread = 0; thread < threads; thread++)")
                .addStatement(
                        "backwards[thread] = new $T(model,$Wnew $T(model, $L))",
                        classes.backward,
                        classes.forward,
                        largest)
                .endControlFlow();
    }

    // checkBatch(batch);
    // …
    // this.x = x;
    // this.batch = batch;
    // team.run(pass, PARTS);
    void addPasses(MethodSpec.Builder step) {
        Variables variables = new Variables(classes.number());
        data.forEach(variables::givenArray);
        step.addCode(checks.of(classes.unit.data(), variables, "batch"));
        data.values().forEach(name -> step.addStatement("this.$1L = $1L", name));
        step.addStatement("this.batch = batch").addStatement("team.run(pass, PARTS)");
    }

    // double loss = 0;
    // for (double ofPart : losses) {
    //     loss += ofPart;
    // }
    // return (float) (loss / batch);
    void returnLoss(MethodSpec.Builder step) {
        step.addStatement("double loss = 0")
                .beginControlFlow("for (double ofPart : losses)")
                .addStatement("loss += ofPart")
                .endControlFlow()
                .addStatement(
                        classes.precision == Precision.FLOAT ? "return (float) (loss / batch)" : "return loss / batch");
    }

    /** Statements that add up the gradient of each parameter, for one of as many parts of it as there are threads. */
    void addSums(MethodSpec.Builder update, Function<Tensor, String> gradientField) {
        long offset = 0;
        for (Parameter parameter : classes.trained()) {
            if (objective.wrt().contains(parameter.tensor())) {
                update.addStatement(
                        "addUp(part, $L, backwards[0].$L)", offset, gradientField.apply(parameter.tensor()));
            }
            offset += NetworkClasses.perExample(parameter.tensor());
        }
    }

    void addMethods(TypeSpec.Builder type) {
        type.addMethod(pass());
        type.addMethod(firstExample());
        type.addMethod(addUp());
        checks.addMethods(type);
    }

    // private void pass(int part, int thread) {
    //     int first = firstExample(part);
    //     int count = firstExample(part + 1) - first;
    //     losses[part] = 0;
    //     if (count > 0) {
    //         System.arraycopy(x, 784 * first, xPart[thread], 0, 784 * count);
    //         losses[part] = count * (double) backwards[thread].gradient(xPart[thread], count);
    //         backwards[thread].copyGradientTo(gradients[part]);
    //     }
    // }
    private MethodSpec pass() {
        MethodSpec.Builder method = ofPart("pass")
                .addJavadoc("The loss and the gradient of some examples.\n")
                .addParameter(int.class, "thread")
                .addStatement("int first = firstExample(part)")
                .addStatement("int count = firstExample(part + 1) - first")
                .addStatement("losses[part] = 0")
                .beginControlFlow("if (count > 0)");
        copies.forEach((tensor, copy) -> method.addStatement(
                "System.arraycopy($L, $L, $L[thread], 0, $L)",
                data.get(tensor),
                NetworkClasses.times(NetworkClasses.perExample(tensor), "first"),
                copy,
                NetworkClasses.times(NetworkClasses.perExample(tensor), "count")));
        String arguments =
                copies.values().stream().map(copy -> copy + "[thread], ").collect(Collectors.joining());
        return method.addStatement(
                        "losses[part] = count * $Lbackwards[thread].$L($Lcount)",
                        classes.precision == Precision.FLOAT ? "(double) " : "",
                        classes.method(objective, "Gradient"),
                        arguments)
                .addStatement("backwards[thread].copyGradientTo(gradients[part])")
                .endControlFlow()
                .build();
    }

    private static MethodSpec firstExample() {
        return ofPart("firstExample")
                .addJavadoc("Where a part of the examples begins.\n")
                .returns(int.class)
                .addStatement("return batch * part / PARTS")
                .build();
    }

    // private void addUp(int part, int offset, float[] grad) {
    //     int from = team.first(part, grad.length);
    //     int to = team.first(part + 1, grad.length);
    //     Arrays.fill(grad, from, to, 0);
    //     for (int p = 0; p < PARTS; p++) {
    //         … grad[i] += share * gradients[p][offset + i], of parts with examples
    //     }
    // }
    private MethodSpec addUp() {
        return ofPart("addUp")
                .addJavadoc("The mean of the gradients of all examples, for a part of one parameter.\n\n"
                        + "@param offset where the parameter begins among all\n")
                .addParameter(int.class, "offset")
                .addParameter(classes.numbers(), "grad")
                .addStatement("int from = team.first(part, grad.length)")
                .addStatement("int to = team.first(part + 1, grad.length)")
                .addStatement("$T.fill(grad, from, to, 0)", Arrays.class)
                .beginControlFlow("for (int p = 0; p < PARTS; p++)")
                .addStatement("int count = firstExample(p + 1) - firstExample(p)")
                .beginControlFlow("if (count > 0)")
                .addStatement("$T share = count / ($T) batch", classes.number(), classes.number())
                .addStatement("$T ofPart = gradients[p]", classes.numbers())
                .beginControlFlow("for (int i = from; i < to; i++)")
                .addStatement("grad[i] += share * ofPart[offset + i]")
                .endControlFlow()
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private static MethodSpec.Builder ofPart(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addParameter(int.class, "part");
    }
}
