package dev.gradc.emit.network;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.CodeWriter;
import dev.gradc.emit.statement.HelperMethods;
import dev.gradc.emit.statement.Helpers;
import dev.gradc.emit.statement.PartMethods;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Body;
import java.util.ArrayList;
import java.util.List;

/** What the methods of a pass have in common: the data of a batch that they are given, and the arrays of their class. */
final class PassMethods {

    /** What a method can name: the tensors, and the names that are free in it. */
    record Place(Variables variables, Identifiers names) {}

    /** The names of the fields and of what the methods are given. */
    final Identifiers names = Identifiers.top();

    final Identifiers methodNames = Identifiers.ofMethods();
    final Variables variables;
    final Workspace workspace;

    /** How many examples there are. */
    final String batch;

    private final NetworkClasses classes;
    private final ClassName owner;
    private final Helpers helpers;
    private PartMethods parts;

    /** @param fields the fields of the class besides those of the workspace */
    PassMethods(NetworkClasses classes, ClassName owner, List<String> fields) {
        this.classes = classes;
        this.owner = owner;
        fields.forEach(names::claim);
        variables = new Variables(classes.number());
        for (Tensor data : classes.unit.data()) {
            variables.givenArray(data, names.claim(data.name()));
        }
        batch = names.claim(classes.unit.batch().name());
        variables.scalar(classes.unit.batch(), batch);
        workspace = new Workspace(classes, names);
        helpers = new Helpers(methodNames, classes.single.numbers());
    }

    /** Adds the parameters for {@code data} and for the size of the batch. */
    void addData(MethodSpec.Builder method, List<Tensor> data) {
        data.forEach(tensor -> method.addParameter(classes.array(tensor), variables.name(tensor)));
        method.addParameter(int.class, batch);
    }

    /** The documentation of these parameters. */
    CodeBlock documentation(List<Tensor> data) {
        CodeBlock.Builder text = CodeBlock.builder();
        data.forEach(tensor -> text.add("@param $L $L\n", variables.name(tensor), JavadocText.layout(tensor)));
        return text.add("@param $L how many examples, from 1 to the capacity\n", batch)
                .build();
    }

    /** What a call gives for these parameters. */
    String arguments(List<Tensor> data) {
        List<String> arguments = new ArrayList<>();
        data.forEach(tensor -> arguments.add(variables.name(tensor)));
        arguments.add(batch);
        return String.join(", ", arguments);
    }

    /** The place of the statements of {@code body} in a method. */
    Place place(Body body) {
        Variables here = variables.copy();
        workspace.declare(body, here);
        return new Place(here, names.inner());
    }

    /** Adds the code of {@code body} to the method called {@code name}. */
    void addBody(MethodSpec.Builder method, String name, List<Definition> definitions, Body body) {
        Place place = place(body);
        classes.aliasModel(method, definitions, place.variables, place.names);
        method.addCode(code(name, body, place));
    }

    CodeBlock code(String name, Body body, Place place) {
        return new CodeWriter(body, place.variables, place.names, helpers, classes.precision, name, parts()).write();
    }

    /** The methods into which long ones are cut; the arrays of the class are known by now. */
    private PartMethods parts() {
        if (parts == null) {
            parts = new PartMethods(owner.simpleName(), methodNames, workspace.slotField(), true);
        }
        return parts;
    }

    /** Adds the parts of the methods that were too long. */
    void addParts(TypeSpec.Builder type) {
        parts().addTo(type);
    }

    /** Adds the functions that the methods call. */
    void addHelpers(TypeSpec.Builder type) {
        HelperMethods.add(helpers, type);
    }
}
