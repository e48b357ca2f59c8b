package dev.gradc.emit.network;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.StateUpdate;
import dev.gradc.ir.Walk;
import dev.gradc.lower.OperationCount;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Contraction;
import dev.gradc.simplify.IdentityCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The class of the forward pass: outputs and losses of a batch, in a workspace of its own. */
public final class ForwardClass {

    private final NetworkClasses classes;
    private final NetworkUnit unit;
    private final PassMethods methods;
    private final Workspace workspace;
    private final DataChecks checks = new DataChecks("capacity");
    private final ForwardPass evaluation;

    /** The pass that training takes; the same as the other one unless something behaves differently then. */
    private final ForwardPass training;

    private final Map<Tensor, String> accessors = new LinkedHashMap<>();

    public ForwardClass(NetworkClasses classes) {
        this.classes = classes;
        unit = classes.unit;
        methods = new PassMethods(
                classes,
                classes.forward,
                List.of("model", "capacity", "kernels", "rows", "SPECIES", "random", "seed", "team"));
        workspace = methods.workspace;
        unit.outputs().forEach(output -> workspace.add(Buffer.whole(output)));
        unit.draws().forEach(draw -> workspace.add(Buffer.whole(draw.tensor())));
        unit.draws()
                .forEach(draw -> methods.variables.arrayField(
                        draw.tensor(), workspace.field(draw.tensor()), Buffer.whole(draw.tensor())));

        List<Definition> all = IdentityCalls.of(unit.program().definitions());
        List<Definition> evaluating = Mode.of(all, unit.mode(), false);
        List<Definition> learning = Mode.of(all, unit.mode(), true);
        Set<Tensor> readByGradients = new HashSet<>();
        for (Gradient gradient : classes.gradients) {
            readByGradients.addAll(Walk.tensorsRead(gradient.program().definitions()));
        }
        if (evaluating.equals(learning) && unit.updates().isEmpty()) {
            readByGradients.addAll(unit.outputs());
            evaluation = new ForwardPass(classes, all, purposes(List.of()), readByGradients);
            training = evaluation;
        } else {
            List<Tensor> next = unit.updates().stream().map(StateUpdate::next).toList();
            readByGradients.addAll(next);
            evaluation = new ForwardPass(classes, evaluating, purposes(List.of()), unit.outputs());
            List<Collection<Tensor>> forTraining = purposes(next);
            forTraining.set(0, List.of());
            training = new ForwardPass(classes, learning, forTraining, readByGradients);
        }
        claimNames();
    }

    /** What the outputs and each objective need; the objectives {@code besides} their losses. */
    private List<Collection<Tensor>> purposes(List<Tensor> besides) {
        List<Collection<Tensor>> purposes = new ArrayList<>();
        purposes.add(unit.outputs());
        for (Objective objective : unit.objectives()) {
            List<Tensor> needed = new ArrayList<>(besides);
            needed.add(objective.loss());
            purposes.add(needed);
        }
        return purposes;
    }

    private void claimNames() {
        Identifiers methodNames = methods.methodNames;
        List.of("run", "capacity", "workspaceBytes", "updateStates", "checkBatch", "checkLength", "checkBelow")
                .forEach(methodNames::claim);
        for (Objective objective : unit.objectives()) {
            methodNames.claim(classes.method(objective, "Loss"));
            methodNames.claim(classes.method(objective, "TrainingLoss"));
        }
        unit.outputs().forEach(output -> accessors.put(output, methodNames.claim(output.name())));
        evaluation.claim(workspace, methodNames);
        if (training != evaluation) {
            training.claim(workspace, methodNames);
        }
    }

    /** The field that holds all of a tensor; null if there is none. */
    String field(Tensor tensor) {
        return workspace.field(tensor);
    }

    /** The method that computes the loss for training. */
    public String trainingLoss(Objective objective) {
        return classes.method(objective, training == evaluation ? "Loss" : "TrainingLoss");
    }

    /** What the method of {@link #trainingLoss} takes. */
    OperationCount trainingCost(Objective objective) {
        return training.cost(unit.objectives().indexOf(objective) + 1);
    }

    /** The products of matrices in it. */
    public Stream<Contraction> products() {
        return training == evaluation
                ? evaluation.products()
                : Stream.concat(evaluation.products(), training.products());
    }

    /** The functions in it that are applied to rows. */
    public Stream<Application> applications() {
        return training == evaluation
                ? evaluation.applications()
                : Stream.concat(evaluation.applications(), training.applications());
    }

    /**
     * @param kernels what multiplies matrices, if anything does
     * @param rows what applies functions to rows, if anything does
     */
    public TypeSpec write(Optional<Kernels> kernels, Optional<RowsClass> rows) {
        kernels.ifPresent(k -> workspace.addBytes(k.bytes()));
        rows.ifPresent(r -> workspace.addBytes(r.bytes()));
        TypeSpec.Builder type = TypeSpec.classBuilder(classes.forward)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("$L", documentation());
        type.addField(classes.model, "model", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(TypeName.INT, "capacity", Modifier.PRIVATE, Modifier.FINAL);
        if (classes.drawsInPasses()) {
            type.addField(FieldSpec.builder(Random.class, "random", Modifier.PRIVATE, Modifier.FINAL)
                    .build());
        }
        kernels.ifPresent(k -> type.addField(classes.kernels, "kernels", Modifier.FINAL));
        rows.ifPresent(r -> type.addField(FieldSpec.builder(classes.rows, "rows", Modifier.FINAL)
                .initializer("new $T()", classes.rows)
                .build()));
        workspace.addFields(type);
        if (kernels.isPresent()) {
            type.addMethod(constructorAlone());
        }
        type.addMethod(constructor(kernels.isPresent()));
        if (!unit.outputs().isEmpty()) {
            type.addMethod(run());
            unit.outputs().forEach(output -> type.addMethod(accessor(output)));
        }
        for (int o = 0; o < unit.objectives().size(); o++) {
            type.addMethod(loss(o));
        }
        if (training != evaluation) {
            for (int o = 0; o < unit.objectives().size(); o++) {
                type.addMethod(trainingLoss(o));
            }
            if (!unit.updates().isEmpty()) {
                type.addMethod(updateStates());
            }
        }
        type.addMethod(MethodSpec.methodBuilder("capacity")
                .addModifiers(Modifier.PUBLIC)
                .returns(int.class)
                .addJavadoc("The most examples in a batch.\n")
                .addStatement("return capacity")
                .build());
        type.addMethod(workspace.bytesMethod("capacity"));
        evaluation.commonMethods(methods).forEach(type::addMethod);
        if (training != evaluation) {
            training.commonMethods(methods).forEach(type::addMethod);
        }
        methods.addParts(type);
        checks.addMethods(type);
        methods.addHelpers(type);
        return type.build();
    }

    private String documentation() {
        return JavadocText.wrapped("The forward pass of {@link " + classes.model.simpleName()
                + "}: what it gives out, and its loss, for a batch of examples.\n\n<p>An instance owns the arrays that"
                + " it works in (" + workspace.words()
                + ") and allocates nothing afterwards. One thread at a time may use it; several instances may share a"
                + " model. Generated by gradc.\n");
    }

    /** That of one thread, where several could share the work. */
    private MethodSpec constructorAlone() {
        return constructorOf(Modifier.PUBLIC)
                .addStatement(
                        "this(model, capacity$L, new $T(1))", classes.drawsInPasses() ? ", seed" : "", classes.team)
                .build();
    }

    /** @param shares whether several threads share the work */
    private MethodSpec constructor(boolean shares) {
        MethodSpec.Builder constructor = shares ? constructorOf() : constructorOf(Modifier.PUBLIC);
        if (shares) {
            constructor.addParameter(classes.team, "team").addJavadoc("@param team shares the work\n");
        }
        constructor.addStatement("this.model = model").addStatement("this.capacity = capacity");
        if (classes.drawsInPasses()) {
            constructor.addStatement("random = new $T(seed * 0x9E3779B97F4A7C15L)", Random.class);
        }
        if (shares) {
            constructor.addStatement("kernels = new $T(team)", classes.kernels);
        }
        workspace.allocate(constructor, "capacity");
        return constructor.build();
    }

    private MethodSpec.Builder constructorOf(Modifier... modifiers) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(modifiers)
                .addJavadoc("@param capacity the most examples in a batch\n")
                .addParameter(classes.model, "model")
                .addParameter(int.class, "capacity");
        if (classes.drawsInPasses()) {
            constructor
                    .addParameter(long.class, "seed")
                    .addJavadoc("@param seed decides what is drawn at random in training\n");
        }
        return constructor;
    }

    // public void run(double[] x, int batch) {
    private MethodSpec run() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("run")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "$L\n\n$L",
                        JavadocText.wrapped("Computes the outputs of {@code " + methods.batch + "} examples. Cost: "
                                + evaluation.cost(0) + "."),
                        methods.documentation(classes.inputs()));
        methods.addData(method, classes.inputs());
        method.addCode(checks.of(classes.inputs(), methods.variables, methods.batch));
        addPass(method, "run", evaluation, 0);
        return method.build();
    }

    private MethodSpec accessor(Tensor output) {
        return MethodSpec.methodBuilder(accessors.get(output))
                .addModifiers(Modifier.PUBLIC)
                .returns(classes.array(output))
                .addJavadoc(
                        "The output $L, as the last call left it.\n\n@return the array itself, which the next call"
                                + " overwrites\n",
                        JavadocText.layout(output))
                .addStatement("return $L", workspace.field(output))
                .build();
    }

    // public double loss(double[] x, double[] y, int batch) {
    private MethodSpec loss(int o) {
        String text = training == evaluation ? "" : ", as they come out when not training";
        return loss(o, classes.method(unit.objectives().get(o), "Loss"), evaluation, text, Modifier.PUBLIC);
    }

    private MethodSpec trainingLoss(int o) {
        return loss(o, trainingLoss(unit.objectives().get(o)), training, ", as they come out in training");
    }

    private MethodSpec loss(int o, String name, ForwardPass pass, String text, Modifier... modifiers) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(modifiers)
                .returns(classes.number())
                .addJavadoc(
                        "$L\n\n$L",
                        JavadocText.wrapped("The mean loss of {@code " + methods.batch + "} examples" + text
                                + ". Cost: " + pass.cost(o + 1) + "."),
                        methods.documentation(unit.data()));
        methods.addData(method, unit.data());
        method.addCode(checks.of(unit.data(), methods.variables, methods.batch));
        addPass(method, name, pass, o + 1);
        return method.build();
    }

    private void addPass(MethodSpec.Builder method, String name, ForwardPass pass, int purpose) {
        pass.draws(purpose).forEach(draw -> addDraw(method, draw));
        pass.addCode(method, name, purpose, methods);
    }

    // for (int i = 0; i < 5 * batch; i++) {
    //     keep[i] = random.nextDouble() < 0.5 ? 1 : 0;
    // }
    private void addDraw(MethodSpec.Builder method, Draw draw) {
        String name = workspace.field(draw.tensor());
        String i = methods.names.inner().claim("i");
        method.beginControlFlow(
                "for (int $1L = 0; $1L < $2L; $1L++)",
                i,
                NetworkClasses.times(NetworkClasses.perExample(draw.tensor()), methods.batch));
        method.addStatement("$L[$L] = $L", name, i, Draws.of(draw.distribution(), classes.precision));
        method.endControlFlow();
    }

    // System.arraycopy(next, 0, model.runningMean, 0, 5);
    private MethodSpec updateStates() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("updateStates")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Gives the states of the model the values that the last pass in training found for them.\n");
        for (StateUpdate update : unit.updates()) {
            String state = classes.field(update.state());
            String next = workspace.field(update.next());
            if (update.state().rank() == 0) {
                method.addStatement("model.$L[0] = $L", state, next);
            } else {
                method.addStatement(
                        "System.arraycopy($L, 0, model.$L, 0, $L)",
                        next,
                        state,
                        NetworkClasses.perExample(update.state()));
            }
        }
        return method.build();
    }
}
