package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * The private methods into which long methods of a class are cut. A class file holds 65,535 constants, and every number and every place
 * in an array beyond the 32,767th is one: the first methods stand in the class itself, the others in classes inside it.
 */
public final class PartMethods {

    /** The methods of one class. Each is so short that it has some four hundred constants at most. */
    private static final int METHODS = 100;

    private final String className;
    private final Identifiers methodNames;
    private final boolean ofInstance;
    private final Optional<String> slotField;
    private final List<MethodSpec> methods = new ArrayList<>();

    /** The kind of vectors that the methods use, if they use any. */
    private Optional<FieldSpec> species = Optional.empty();

    /**
     * @param className the class
     * @param methodNames the names of the methods of the class
     * @param slotField the field for the values that several parts use; without it each method makes an array of its own
     * @param ofInstance whether the methods use the fields of an instance
     */
    public PartMethods(String className, Identifiers methodNames, Optional<String> slotField, boolean ofInstance) {
        this.className = className;
        this.methodNames = methodNames;
        this.slotField = slotField;
        this.ofInstance = ofInstance;
    }

    // /** A part of {@link #gradient}: the just-in-time compiler wants short methods. */
    // private void gradientPart2(double[] x, int n) { … }
    /** Adds a part of the method {@code whole} and gives what calls it. */
    public String add(String whole, Map<String, TypeName> parameters, CodeBlock code) {
        return add(
                methodNames.claim(whole + "Part"),
                CodeBlock.of("A part of {@link #$L}: the just-in-time compiler wants short methods.\n", whole),
                parameters,
                code);
    }

    // /** A loop of {@link #gradient}, with vectors. */
    // private void gradientLoop2(int n) { … }
    /** The same of a loop with vectors. */
    String addVectors(String whole, Precision precision, Map<String, TypeName> parameters, CodeBlock code) {
        species = Optional.of(VectorExpressions.species(precision));
        return add(
                methodNames.claim(whole + "Loop"),
                CodeBlock.of("A loop of {@link #$L}, with vectors.\n", whole),
                parameters,
                code);
    }

    private String add(String name, CodeBlock documentation, Map<String, TypeName> parameters, CodeBlock code) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addJavadoc(documentation);
        if (!ofInstance) {
            method.addModifiers(Modifier.STATIC);
        }
        parameters.forEach((parameter, type) -> method.addParameter(type, parameter));
        int holder = methods.size() / METHODS;
        methods.add(method.addCode(code).build());
        return holder == 0 ? name : (ofInstance ? field(holder) : holderName(holder)) + "." + name;
    }

    Optional<String> slotField() {
        return slotField;
    }

    // private final class BackwardParts1 { … }
    /** Puts all parts where they belong. */
    public void addTo(TypeSpec.Builder type) {
        species.ifPresent(type::addField);
        methods.stream().limit(METHODS).forEach(type::addMethod);
        for (int holder = 1; holder * METHODS < methods.size(); holder++) {
            int end = Math.min((holder + 1) * METHODS, methods.size());
            TypeSpec.Builder inner = TypeSpec.classBuilder(holderName(holder))
                    .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("More parts of long methods: one class cannot hold the constants of all.\n")
                    .addMethods(methods.subList(holder * METHODS, end));
            if (ofInstance) {
                ClassName name = ClassName.get("", holderName(holder));
                type.addField(FieldSpec.builder(name, field(holder), Modifier.PRIVATE, Modifier.FINAL)
                        .initializer("new $T()", name)
                        .build());
            } else {
                inner.addModifiers(Modifier.STATIC);
            }
            type.addType(inner.build());
        }
    }

    private String holderName(int holder) {
        return className + "Parts" + holder;
    }

    // No field of a network's classes is named after its class.
    private String field(int holder) {
        String name = holderName(holder);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
