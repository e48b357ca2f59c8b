package dev.gradc.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.lower.Application;
import dev.gradc.lower.Body;
import dev.gradc.lower.Buffer;
import dev.gradc.lower.Contraction;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.OperationCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The class of the backward pass: the gradient of each loss in the parameters that it trains. */
final class BackwardClass {

    private final NetworkClasses classes;
    private final ForwardClass forward;
    private final Identifiers names = Identifiers.top();
    private final Variables variables;
    private final Identifiers methodNames = Identifiers.ofMethods();
    private final Helpers helpers;
    private final PartMethods parts;
    private final String batch;

    /** The fields for the partial derivatives, by parameter; several losses may fill the same. */
    private final Map<Tensor, String> gradientFields = new LinkedHashMap<>();

    private final Workspace workspace;
    private final List<Body> bodies = new ArrayList<>();

    BackwardClass(NetworkClasses classes, ForwardClass forward) {
        this.classes = classes;
        this.forward = forward;
        variables = new Variables(classes.number());
        names.claim("model");
        names.claim("forward");
        names.claim("kernels");
        names.claim("rows");
        names.claim("SPECIES");
        names.claim("capacity");
        methodNames.claim("copyGradientTo");
        classes.unit.objectives().forEach(o -> methodNames.claim(classes.method(o, "Gradient")));
        helpers = new Helpers(methodNames, classes.single.numbers());
        for (Tensor data : classes.unit.data()) {
            variables.givenArray(data, names.claim(data.name()));
        }
        batch = names.claim(classes.unit.batch().name());
        variables.scalar(classes.unit.batch(), batch);
        workspace = new Workspace(classes, names);
        for (Gradient gradient : classes.gradients) {
            gradient.adjoints().forEach((parameter, adjoint) -> {
                String field = gradientFields.computeIfAbsent(parameter, p -> names.claim(adjoint.name()));
                variables.arrayField(adjoint, field, Buffer.whole(adjoint));
            });
        }
        classes.gradients.forEach(this::lower);
        parts = new PartMethods(classes.backward.simpleName(), methodNames, workspace.slotField(), true);
    }

    private void lower(Gradient gradient) {
        List<Definition> definitions = definitions(gradient);
        Set<Tensor> kept = new HashSet<>(gradient.adjoints().values());
        Body body = Lowering.lower(definitions, kept, Optional.empty(), classes.routines());
        bodies.add(body);
        List<Tensor> others = body.buffers().keySet().stream()
                .filter(tensor -> !kept.contains(tensor))
                .toList();
        workspace.add(body, others, List.of());
    }

    /** The backward pass as it is in training. */
    private List<Definition> definitions(Gradient gradient) {
        return Mode.of(IdentityCalls.of(gradient.program().definitions()), classes.unit.mode(), true);
    }

    /** The products of matrices in it. */
    Stream<Contraction> products() {
        return bodies.stream().flatMap(Body::products);
    }

    /** The functions in it that are applied to rows. */
    Stream<Application> applications() {
        return bodies.stream().flatMap(Body::applications);
    }

    /** The field that holds the partial derivatives in {@code parameter}. */
    String field(Tensor parameter) {
        return gradientFields.get(parameter);
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(classes.backward)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(
                        "$L",
                        JavadocText.wrapped(
                                "The backward pass of {@link " + classes.model.simpleName()
                                        + "}: the partial derivatives of its loss with respect to every parameter.\n\n<p>An"
                                        + " instance owns the gradient"
                                        + (workspace.isEmpty()
                                                ? ""
                                                : " and the arrays that it works in (" + workspace.words() + ")")
                                        + " and allocates nothing afterwards. One thread at a time may use it. Generated by gradc.\n"));
        gradientFields.forEach((parameter, field) ->
                type.addField(FieldSpec.builder(classes.numbers(), field, Modifier.PUBLIC, Modifier.FINAL)
                        .addJavadoc(
                                "The derivative with respect to $L, laid out like it.\n",
                                JavadocText.code(parameter.toString()))
                        .initializer("new $T[$L]", classes.number(), NetworkClasses.perExample(parameter))
                        .build()));
        type.addField(classes.model, "model", Modifier.PRIVATE, Modifier.FINAL);
        type.addField(classes.forward, "forward", Modifier.PRIVATE, Modifier.FINAL);
        if (products().findAny().isPresent()) {
            type.addField(classes.kernels, "kernels", Modifier.PRIVATE, Modifier.FINAL);
        }
        if (applications().findAny().isPresent()) {
            type.addField(classes.rows, "rows", Modifier.PRIVATE, Modifier.FINAL);
        }
        workspace.addFields(type);
        type.addMethod(constructor());
        for (int o = 0; o < classes.unit.objectives().size(); o++) {
            type.addMethod(gradient(o));
        }
        type.addMethod(copyOut());
        parts.addTo(type);
        helpers.methods().forEach(type::addMethod);
        return type.build();
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "@param forward computes what the gradient is made of; its capacity is the most examples in a batch\n")
                .addParameter(classes.model, "model")
                .addParameter(classes.forward, "forward")
                .addStatement("this.model = model")
                .addStatement("this.forward = forward");
        if (products().findAny().isPresent()) {
            constructor.addStatement("kernels = forward.kernels");
        }
        if (applications().findAny().isPresent()) {
            constructor.addStatement("rows = forward.rows");
        }
        workspace.allocate(constructor, "forward.capacity()");
        return constructor.build();
    }

    // public double gradient(double[] x, double[] y, int batch) {
    //     double loss = forward.loss(x, y, batch);
    private MethodSpec gradient(int o) {
        Objective objective = classes.unit.objectives().get(o);
        Gradient gradient = classes.gradients.get(o);
        List<Definition> definitions = definitions(gradient);
        OperationCount there = forward.trainingCost(objective);
        OperationCount back = OperationCount.of(bodies.get(o));
        MethodSpec.Builder method = MethodSpec.methodBuilder(classes.method(objective, "Gradient"))
                .addModifiers(Modifier.PUBLIC)
                .returns(classes.number())
                .addJavadoc(
                        "Fills the gradient arrays for {@code $L} examples and returns their mean loss.\n\n<p>Cost after the forward pass: $L, together $L the forward pass.\n\n",
                        batch,
                        back,
                        back.plus(there).times(there));
        List<String> arguments = new ArrayList<>();
        for (Tensor data : classes.unit.data()) {
            method.addParameter(classes.array(data), variables.name(data));
            method.addJavadoc("@param $L $L\n", variables.name(data), NetworkClasses.layout(data));
            arguments.add(variables.name(data));
        }
        method.addParameter(int.class, batch);
        method.addJavadoc("@param $L how many examples, from 1 to the capacity\n", batch);
        arguments.add(batch);

        Variables here = variables.copy();
        workspace.declare(bodies.get(o), here);
        Identifiers scope = names.inner();
        String loss = scope.claim("loss");
        method.addStatement(
                "$T $L = forward.$L($L)",
                classes.number(),
                loss,
                forward.trainingLoss(objective),
                String.join(", ", arguments));
        classes.aliasModel(method, definitions, here, scope);
        aliasForward(method, definitions, here, scope);
        clearUndefined(method, gradient);
        method.addCode(new CodeWriter(
                        bodies.get(o),
                        here,
                        scope,
                        helpers,
                        classes.precision,
                        classes.method(objective, "Gradient"),
                        parts)
                .write());
        return method.addStatement("return $L", loss).build();
    }

    /** {@code double[] h = forward.h;} for each tensor of the forward pass that is read. */
    private void aliasForward(
            MethodSpec.Builder method, List<Definition> definitions, Variables here, Identifiers scope) {
        Map<Tensor, String> fields = new LinkedHashMap<>();
        NetworkClasses.read(definitions).stream()
                .filter(tensor -> forward.field(tensor) != null)
                .forEach(tensor -> fields.put(tensor, forward.field(tensor)));
        classes.alias(method, fields, tensor -> "forward." + fields.get(tensor), here, scope);
    }

    /** A parameter on which the loss does not depend has the derivative 0. */
    private void clearUndefined(MethodSpec.Builder method, Gradient gradient) {
        Set<Tensor> defined = new HashSet<>();
        gradient.program().definitions().forEach(definition -> defined.add(definition.target()));
        gradient.adjoints().forEach((parameter, adjoint) -> {
            if (!defined.contains(adjoint)) {
                method.addStatement("$T.fill($L, 0)", Arrays.class, gradientFields.get(parameter));
            }
        });
    }

    private MethodSpec copyOut() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("copyGradientTo")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Copies the gradient into {@code flat}, laid out as {@link $T#copyParametersTo} does.\n\n"
                                + "@param flat of at least {@link $T#PARAMETER_COUNT} numbers\n",
                        classes.model,
                        classes.model)
                .addParameter(classes.numbers(), "flat");
        CodeBlock.Builder code = CodeBlock.builder();
        long offset = 0;
        for (Parameter parameter : classes.trained()) {
            long size = NetworkClasses.perExample(parameter.tensor());
            if (gradientFields.containsKey(parameter.tensor())) {
                code.addStatement(
                        "System.arraycopy($L, 0, flat, $L, $L)", gradientFields.get(parameter.tensor()), offset, size);
            } else {
                code.addStatement("$T.fill(flat, $L, $L, 0)", Arrays.class, offset, offset + size);
            }
            offset += size;
        }
        return method.addCode(code.build()).build();
    }
}
