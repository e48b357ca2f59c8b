package dev.gradc.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.lower.Body;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.OperationCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The class of the forward pass: outputs and losses of a batch, in a workspace of its own. */
final class ForwardClass {

    private final NetworkClasses classes;
    private final Identifiers names = Identifiers.top();
    private final Variables variables = new Variables();
    private final Helpers helpers;
    private final DataChecks checks = new DataChecks();
    private final String batch;

    /** What other stages, the backward pass or callers read: it is kept whole in fields. */
    private final Set<Tensor> kept = new HashSet<>();

    private final List<Stages.Stage> stages;
    private final Map<Stages.Stage, Body> bodies = new LinkedHashMap<>();
    private final Map<Stages.Stage, String> methods = new LinkedHashMap<>();
    private final Workspace workspace;

    ForwardClass(NetworkClasses classes) {
        this.classes = classes;
        names.claim("model");
        names.claim("capacity");
        helpers = new Helpers(Identifiers.top(), classes.precision);
        for (Tensor data : classes.unit.data()) {
            variables.array(data, names.claim(data.name()));
        }
        batch = names.claim(classes.unit.batch().name());
        variables.scalar(classes.unit.batch(), batch);
        workspace = new Workspace(classes, names, variables);
        List<Collection<Tensor>> purposes = new ArrayList<>();
        purposes.add(classes.unit.outputs());
        classes.unit.objectives().forEach(objective -> purposes.add(List.of(objective.loss())));
        stages = Stages.of(classes.unit.program().definitions(), purposes);
        chooseKept();
        lower();
    }

    private void chooseKept() {
        kept.addAll(classes.unit.outputs());
        Set<Tensor> elsewhere = new HashSet<>();
        for (Gradient gradient : classes.gradients) {
            elsewhere.addAll(NetworkClasses.read(gradient.program().definitions()));
        }
        Map<Tensor, Stages.Stage> home = new LinkedHashMap<>();
        stages.forEach(stage -> stage.definitions().forEach(d -> home.putIfAbsent(d.target(), stage)));
        for (Stages.Stage stage : stages) {
            for (Tensor tensor : NetworkClasses.read(stage.definitions())) {
                if (home.containsKey(tensor) && home.get(tensor) != stage) {
                    elsewhere.add(tensor);
                }
            }
        }
        for (Objective objective : classes.unit.objectives()) {
            Stages.Stage stage = home.get(objective.loss());
            if (stage != null && stage.purposes().size() > 1) {
                elsewhere.add(objective.loss());
            }
        }
        elsewhere.stream().filter(home::containsKey).forEach(kept::add);
    }

    private void lower() {
        for (Stages.Stage stage : stages) {
            Optional<Tensor> returned = stage.purposes().size() == 1 ? loss(stage) : Optional.empty();
            Body body = Lowering.lower(stage.definitions(), kept, returned);
            bodies.put(stage, body);
            for (Definition definition : stage.definitions()) {
                Tensor tensor = definition.target();
                if (kept.contains(tensor) || body.buffers().containsKey(tensor)) {
                    workspace.add(tensor, body.buffer(tensor));
                }
            }
        }
    }

    /** The loss that a stage with one purpose computes, if its purpose is one. */
    private Optional<Tensor> loss(Stages.Stage stage) {
        int purpose = stage.purposes().iterator().next();
        return purpose == 0
                ? Optional.empty()
                : Optional.of(classes.unit.objectives().get(purpose - 1).loss());
    }

    /** The variable or array that holds a tensor which the backward pass reads. */
    String field(Tensor tensor) {
        return variables.name(tensor);
    }

    boolean holds(Tensor tensor) {
        return workspace.holds(tensor);
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(classes.forward)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("$L", documentation());
        type.addField(classes.model, "model", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(TypeName.INT, "capacity", Modifier.PRIVATE, Modifier.FINAL);
        workspace.addFields(type);
        type.addMethod(constructor());
        // The common stages get their names before anybody calls them.
        Identifiers methodNames = Identifiers.top();
        List<MethodSpec> common = new ArrayList<>();
        for (Stages.Stage stage : stages) {
            if (stage.purposes().size() > 1) {
                methods.put(stage, methodNames.claim("common"));
            }
        }
        stages.stream().filter(methods::containsKey).forEach(stage -> common.add(commonMethod(stage)));
        if (!classes.unit.outputs().isEmpty()) {
            type.addMethod(run());
            classes.unit.outputs().forEach(output -> type.addMethod(accessor(output)));
        }
        for (int o = 0; o < classes.unit.objectives().size(); o++) {
            type.addMethod(loss(o));
        }
        type.addMethod(MethodSpec.methodBuilder("capacity")
                .addModifiers(Modifier.PUBLIC)
                .returns(int.class)
                .addJavadoc("The most examples in a batch.\n")
                .addStatement("return capacity")
                .build());
        type.addMethod(workspace.bytesMethod());
        common.forEach(type::addMethod);
        checks.addMethods(type);
        helpers.methods().forEach(type::addMethod);
        return type.build();
    }

    private String documentation() {
        return JavadocText.wrapped("The forward pass of {@link " + classes.model.simpleName()
                + "}: what it gives out, and its loss, for a batch of examples.\n\n<p>An instance owns the arrays that it works in ("
                + workspace.words()
                + ") and allocates nothing afterwards. One thread at a time may use it; several instances may share a model."
                + " Generated by gradc.\n");
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("@param capacity the most examples in a batch\n")
                .addParameter(classes.model, "model")
                .addParameter(int.class, "capacity")
                .addStatement("this.model = model")
                .addStatement("this.capacity = capacity");
        workspace.allocate(constructor, "capacity");
        return constructor.build();
    }

    // public void run(double[] x, int batch) {
    private MethodSpec run() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("run")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Computes the outputs of {@code $L} examples. Cost: $L.\n\n$L",
                        batch,
                        cost(0),
                        parameters(classes.inputs()));
        addData(method, classes.inputs());
        method.addCode(checks.of(classes.inputs(), variables, batch));
        addStages(method, 0);
        return method.build();
    }

    private MethodSpec accessor(Tensor output) {
        return MethodSpec.methodBuilder(variables.name(output))
                .addModifiers(Modifier.PUBLIC)
                .returns(classes.array(output))
                .addJavadoc(
                        "The output $L, as the last call left it.\n\n@return the array itself, which the next call overwrites\n",
                        NetworkClasses.layout(output))
                .addStatement("return $L", variables.name(output))
                .build();
    }

    // public double loss(double[] x, double[] y, int batch) {
    private MethodSpec loss(int o) {
        Objective objective = classes.unit.objectives().get(o);
        MethodSpec.Builder method = MethodSpec.methodBuilder(classes.method(objective, "Loss"))
                .addModifiers(Modifier.PUBLIC)
                .returns(classes.number())
                .addJavadoc(
                        "The mean loss of {@code $L} examples. Cost: $L.\n\n$L",
                        batch,
                        cost(o + 1),
                        parameters(classes.unit.data()));
        addData(method, classes.unit.data());
        method.addCode(checks.of(classes.unit.data(), variables, batch));
        addStages(method, o + 1);
        if (kept.contains(objective.loss()) && stages.stream().noneMatch(stage -> returns(stage, o + 1))) {
            method.addStatement("return $L", variables.name(objective.loss()));
        }
        return method.build();
    }

    private boolean returns(Stages.Stage stage, int purpose) {
        return stage.purposes().equals(Set.of(purpose));
    }

    private OperationCount cost(int purpose) {
        return stages.stream()
                .filter(stage -> stage.purposes().contains(purpose))
                .map(stage -> OperationCount.of(bodies.get(stage)))
                .reduce(OperationCount.NONE, OperationCount::plus);
    }

    private CodeBlock parameters(List<Tensor> data) {
        CodeBlock.Builder text = CodeBlock.builder();
        data.forEach(tensor -> text.add("@param $L $L\n", variables.name(tensor), NetworkClasses.layout(tensor)));
        return text.add("@param $L how many examples, from 1 to the capacity\n", batch)
                .build();
    }

    private void addData(MethodSpec.Builder method, List<Tensor> data) {
        data.forEach(tensor -> method.addParameter(classes.array(tensor), variables.name(tensor)));
        method.addParameter(int.class, batch);
    }

    /** The code for one purpose: calls of what it has in common with others, then its own. */
    private void addStages(MethodSpec.Builder method, int purpose) {
        for (Stages.Stage stage : stages) {
            if (stage.purposes().contains(purpose)) {
                if (methods.containsKey(stage)) {
                    method.addStatement("$L($L)", methods.get(stage), arguments(stage));
                } else {
                    addBody(method, stage);
                }
            }
        }
    }

    private String arguments(Stages.Stage stage) {
        List<String> arguments = new ArrayList<>();
        data(stage).forEach(tensor -> arguments.add(variables.name(tensor)));
        arguments.add(batch);
        return String.join(", ", arguments);
    }

    private List<Tensor> data(Stages.Stage stage) {
        Set<Tensor> read = NetworkClasses.read(stage.definitions());
        return classes.unit.data().stream().filter(read::contains).toList();
    }

    private MethodSpec commonMethod(Stages.Stage stage) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(methods.get(stage))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("What the methods above have in common.\n");
        addData(method, data(stage));
        addBody(method, stage);
        return method.build();
    }

    private void addBody(MethodSpec.Builder method, Stages.Stage stage) {
        Variables here = variables.copy();
        Identifiers scope = names.inner();
        classes.alias(method, classes.modelTensors(stage.definitions()), here, scope);
        method.addCode(new CodeWriter(bodies.get(stage), here, scope, helpers, classes.precision).write());
    }
}
