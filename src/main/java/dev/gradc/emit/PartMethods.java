package dev.gradc.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The private methods into which long methods of a class are cut. */
final class PartMethods {

    private final Identifiers methodNames;
    private final Modifier[] modifiers;
    private final Optional<String> slotField;
    private final List<MethodSpec> methods = new ArrayList<>();

    /**
     * @param methodNames the names of the methods of the class
     * @param slotField the field for the values that several parts use; without it each method makes an array of its own
     * @param modifiers those of the new methods
     */
    PartMethods(Identifiers methodNames, Optional<String> slotField, Modifier... modifiers) {
        this.methodNames = methodNames;
        this.slotField = slotField;
        this.modifiers = modifiers;
    }

    // /** A part of gradient. */
    // private void gradient2(double[] x, int n) { … }
    /** Adds a part of the method {@code whole} and gives its name. */
    String add(String whole, Map<String, TypeName> parameters, CodeBlock code) {
        String name = methodNames.claim(whole + "Part");
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(modifiers)
                .addJavadoc("A part of {@link #$L}, which would be too long for the just-in-time compiler.\n", whole);
        parameters.forEach((parameter, type) -> method.addParameter(type, parameter));
        methods.add(method.addCode(code).build());
        return name;
    }

    Optional<String> slotField() {
        return slotField;
    }

    List<MethodSpec> methods() {
        return methods;
    }
}
