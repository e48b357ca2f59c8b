package dev.gradc.emit.network;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.HelperMethods;
import dev.gradc.emit.statement.Helpers;
import dev.gradc.emit.statement.Literals;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Unit.Training;
import dev.gradc.lower.code.Contraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** The class that trains: steps of the optimiser, and passes over all examples in random order. */
public final class TrainerClass {

    /** Examples in a step where the source does not say how many. */
    private static final int BATCH = 32;

    /** What the methods of the class call their own. */
    private static final List<String> OWN_NAMES = List.of(
            "model",
            "forward",
            "backward",
            "seed",
            "random",
            "team",
            "threads",
            "order",
            "batch",
            "examples",
            "first",
            "sum",
            "loss",
            "i",
            "other",
            "example");

    private final NetworkClasses classes;
    private final BackwardClass backward;
    private final Training training;
    private final OptimizerUnit optimizer;
    private final Identifiers names = Identifiers.top();
    private final Identifiers methodNames = Identifiers.ofMethods();
    private final Map<Tensor, String> hyperparameters = new LinkedHashMap<>();

    /** The field for a state of a parameter. */
    private final Map<Tensor, Map<Tensor, String>> states = new LinkedHashMap<>();

    private final Map<Tensor, String> data = new LinkedHashMap<>();
    private final EpochMethods epochs;
    private final Helpers helpers;

    /** Whether several threads can share the work. */
    private final boolean shares;

    /** How they share the examples of a step, if they do; if not, they share products of matrices. */
    private final Optional<SharedExamples> shared;

    /** @param products of matrices in the passes: what is worth sharing */
    public TrainerClass(NetworkClasses classes, BackwardClass backward, Training training, List<Contraction> products) {
        this.classes = classes;
        this.backward = backward;
        this.training = training;
        shares = !products.isEmpty();
        optimizer = training.optimizer();
        helpers = new Helpers(methodNames, classes.single.numbers());
        OWN_NAMES.forEach(names::claim);
        List.of("shuffle", "gather", "update", "close").forEach(methodNames::claim);
        if (shares) {
            SharedExamples.claimNames(names, methodNames);
        }
        for (Objective objective : classes.unit.objectives()) {
            methodNames.claim(classes.method(objective, "Update"));
            methodNames.claim(classes.method(objective, "Step"));
            methodNames.claim(classes.method(objective, "Epoch"));
        }
        classes.unit.objectives().forEach(objective -> {
            names.claim(classes.method(objective, "Steps"));
            names.claim(classes.method(objective, "Update"));
        });
        optimizer.hyperparameters().keySet().forEach(tensor -> hyperparameters.put(tensor, names.claim(tensor.name())));
        for (Parameter parameter : classes.trained()) {
            Map<Tensor, String> own = new LinkedHashMap<>();
            optimizer
                    .states()
                    .keySet()
                    .forEach(state -> own.put(
                            state,
                            names.claim(state.name() + "." + parameter.tensor().name())));
            states.put(parameter.tensor(), own);
        }
        for (Tensor tensor : classes.unit.data()) {
            data.put(tensor, names.claim(tensor.name()));
        }
        epochs = new EpochMethods(classes, data, names);
        shared = SharedExamples.of(
                classes,
                products,
                data,
                names,
                training.settings().getOrDefault("batch", (double) BATCH).intValue());
    }

    public TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(classes.trainer)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(
                        "$L",
                        JavadocText.wrapped("Trains a {@link " + classes.model.simpleName() + "} with the optimiser "
                                + JavadocText.code(optimizer.name())
                                + ".\n\n<p>Equal seeds and equal data give equal results"
                                + (shares ? ", to the bit, with any number of threads" : "")
                                + ". One thread at a time may use an instance, and nobody else the model meanwhile."
                                + " Generated by gradc.\n"));
        if (shares) {
            type.addSuperinterface(AutoCloseable.class);
        }
        new TreeMap<>(training.settings()).forEach((name, value) -> type.addField(setting(name, value)));
        if (!training.settings().containsKey("batch")) {
            type.addField(setting("batch", (double) BATCH));
        }
        hyperparameters.forEach((tensor, name) -> type.addField(FieldSpec.builder(
                        classes.number(), name, Modifier.PUBLIC)
                .addJavadoc(
                        "The hyper-parameter $L of the optimiser; may be changed between steps.\n",
                        JavadocText.code(tensor.name()))
                .initializer("$L", Literals.real(optimizer.hyperparameters().get(tensor), classes.precision))
                .build()));
        type.addField(classes.model, "model", Modifier.PRIVATE, Modifier.FINAL);
        if (updatesStates()) {
            type.addField(classes.forward, "forward", Modifier.PRIVATE, Modifier.FINAL);
        }
        if (shared.isEmpty()) {
            type.addField(classes.backward, "backward", Modifier.PRIVATE, Modifier.FINAL);
        }
        type.addField(Random.class, "random", Modifier.PRIVATE, Modifier.FINAL);
        if (shares) {
            type.addField(classes.team, "team", Modifier.PRIVATE, Modifier.FINAL);
            classes.unit.objectives().forEach(objective -> type.addField(task(objective)));
        }
        shared.ifPresent(examples -> examples.addFields(type));
        states.forEach((parameter, own) -> own.forEach((state, name) -> type.addField(stateField(parameter, name))));
        epochs.addFields(type);
        for (Objective objective : classes.unit.objectives()) {
            type.addField(FieldSpec.builder(TypeName.INT, classes.method(objective, "Steps"), Modifier.PRIVATE)
                    .build());
        }
        if (shares) {
            type.addMethod(constructorAlone());
        }
        type.addMethod(constructor());
        classes.unit.objectives().forEach(objective -> type.addMethod(epochs.epoch(objective)));
        classes.unit.objectives().forEach(objective -> type.addMethod(step(objective)));
        if (shares) {
            type.addMethod(close());
        }
        type.addMethod(EpochMethods.shuffle());
        type.addMethod(epochs.gather());
        if (shares) {
            classes.unit.objectives().forEach(objective -> type.addMethod(partOfUpdate(objective)));
        }
        shared.ifPresent(examples -> examples.addMethods(type));
        type.addMethod(new UpdateMethod(classes, optimizer, hyperparameters, helpers, shares).write());
        HelperMethods.add(helpers, type);
        return type.build();
    }

    private boolean updatesStates() {
        return !classes.unit.updates().isEmpty();
    }

    private static FieldSpec setting(String name, Double value) {
        String text = switch (name) {
            case "batch" -> "Examples in a step.";
            case "epochs" -> "How often training goes over all examples.";
            case "patience" -> "After so many epochs without improvement training should stop.";
            default -> "The setting " + JavadocText.code(name) + " of the source.";
        };
        boolean whole = value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE;
        return FieldSpec.builder(
                        whole ? TypeName.INT : TypeName.DOUBLE,
                        Identifiers.identifier(name.toUpperCase(java.util.Locale.ROOT)),
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("$L\n", text)
                .initializer("$L", whole ? Integer.toString(value.intValue()) : Literals.real(value, Precision.DOUBLE))
                .build();
    }

    private FieldSpec stateField(Tensor parameter, String name) {
        return FieldSpec.builder(classes.numbers(), name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T[$L]", classes.number(), NetworkClasses.perExample(parameter))
                .build();
    }

    // private final NetTeam.Task update = this::update;
    private FieldSpec task(Objective objective) {
        String name = classes.method(objective, "Update");
        return FieldSpec.builder(classes.team.nestedClass("Task"), name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("this::$L", name)
                .build();
    }

    private MethodSpec constructorAlone() {
        return constructorOf()
                .addJavadoc("One thread does all the work.\n\n$L", seedJavadoc())
                .addStatement("this(model, seed, 1)")
                .build();
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = constructorOf();
        if (shares) {
            constructor
                    .addJavadoc(
                            "Several threads share the work; {@link #close} ends them.\n\n$L@param threads how many, the"
                                    + " caller's among them; more than the processors that are free make it slower$L\n"
                                    + "@throws IllegalArgumentException if it is less than 1\n",
                            seedJavadoc(),
                            shared.isPresent() ? ", more than " + SharedExamples.MOST_PARTS + " no faster" : "")
                    .addParameter(int.class, "threads");
        } else {
            constructor.addJavadoc(seedJavadoc());
        }
        constructor.addStatement("this.model = model");
        if (shares) {
            constructor.addStatement("team = new $T(threads)", classes.team);
        }
        shared.ifPresentOrElse(
                examples -> examples.construct(constructor),
                () -> constructor
                        .addStatement(
                                "$Lforward = new $T(model, BATCH$L$L)",
                                updatesStates() ? "" : classes.forward.simpleName() + " ",
                                classes.forward,
                                classes.drawsInPasses() ? ", seed" : "",
                                shares ? ", team" : "")
                        .addStatement("backward = new $T(model, forward)", classes.backward));
        constructor.addStatement("random = new $T(seed * 0x9E3779B97F4A7C15L)", Random.class);
        states.values()
                .forEach(own -> own.forEach((state, name) -> {
                    double initial = optimizer.states().get(state);
                    if (Double.doubleToLongBits(initial) != 0) {
                        constructor.addStatement(
                                "$T.fill($L, $L)", Arrays.class, name, Literals.real(initial, classes.precision));
                    }
                }));
        return constructor.build();
    }

    private MethodSpec.Builder constructorOf() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addParameter(classes.model, "model")
                .addParameter(long.class, "seed");
    }

    private String seedJavadoc() {
        return "@param seed decides the order of the examples"
                + (classes.drawsInPasses() ? " and what is drawn at random" : "") + "\n";
    }

    private static MethodSpec close() {
        return MethodSpec.methodBuilder("close")
                .addModifiers(Modifier.PUBLIC)
                .addAnnotation(Override.class)
                .addJavadoc(
                        "Ends the threads that were made to share the work, if any; there are no more steps then.\n")
                .addStatement("team.close()")
                .build();
    }

    // public double step(double[] x, double[] y, int batch) {
    //     double loss = backward.gradient(x, y, batch);
    //     steps++;
    //     update(steps, model.W1, backward.dW1, mW1, vW1);
    //     return loss;
    // }
    private MethodSpec step(Objective objective) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(classes.method(objective, "Step"))
                .addModifiers(Modifier.PUBLIC)
                .returns(classes.number())
                .addJavadoc("One step of the optimiser with the gradient of a batch.\n\n");
        List<String> arguments = new ArrayList<>();
        for (Tensor tensor : classes.unit.data()) {
            method.addParameter(classes.array(tensor), data.get(tensor));
            method.addJavadoc("@param $L $L\n", data.get(tensor), JavadocText.layout(tensor));
            arguments.add(data.get(tensor));
        }
        arguments.add("batch");
        String steps = classes.method(objective, "Steps");
        method.addParameter(int.class, "batch")
                .addJavadoc(
                        "@param batch how many examples, at most {@link #BATCH}\n@return the mean loss before the step\n");
        shared.ifPresentOrElse(
                examples -> examples.addPasses(method),
                () -> method.addStatement(
                        "$T loss = backward.$L($L)",
                        classes.number(),
                        classes.method(objective, "Gradient"),
                        String.join(", ", arguments)));
        method.addStatement("$L++", steps);
        if (updatesStates()) {
            method.addStatement("forward.updateStates()");
        }
        if (shares) {
            method.addStatement("team.run($L, team.threads())", classes.method(objective, "Update"));
        } else {
            addUpdates(method, objective);
        }
        shared.ifPresentOrElse(examples -> examples.returnLoss(method), () -> method.addStatement("return loss"));
        return method.build();
    }

    // private void update(int part, int thread) {
    //     update(part, steps, model.W1, backward.dW1, mW1, vW1);
    // }
    private MethodSpec partOfUpdate(Objective objective) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(classes.method(objective, "Update"))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("One of as many parts of every parameter as there are threads.\n")
                .addParameter(int.class, "part")
                .addParameter(int.class, "thread");
        shared.ifPresent(examples -> examples.addSums(method, backward::field));
        addUpdates(method, objective);
        return method.build();
    }

    private void addUpdates(MethodSpec.Builder method, Objective objective) {
        for (Tensor parameter : objective.wrt()) {
            List<String> arguments = new ArrayList<>(shares ? List.of("part") : List.of());
            arguments.add(classes.method(objective, "Steps"));
            arguments.add("model." + classes.field(parameter));
            arguments.add((shared.isPresent() ? "backwards[0]." : "backward.") + backward.field(parameter));
            arguments.addAll(states.get(parameter).values());
            method.addStatement("update($L)", String.join(", ", arguments));
        }
    }
}
