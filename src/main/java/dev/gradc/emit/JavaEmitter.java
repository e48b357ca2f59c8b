package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.function.FunctionsClass;
import dev.gradc.emit.function.LoweredMethod;
import dev.gradc.emit.function.MethodUnit;
import dev.gradc.emit.network.BackwardClass;
import dev.gradc.emit.network.ForwardClass;
import dev.gradc.emit.network.Kernels;
import dev.gradc.emit.network.ModelClass;
import dev.gradc.emit.network.NetworkClasses;
import dev.gradc.emit.network.ParameterFile;
import dev.gradc.emit.network.RowsClass;
import dev.gradc.emit.network.TrainerClass;
import dev.gradc.emit.test.Differences;
import dev.gradc.emit.test.FunctionsTestClass;
import dev.gradc.emit.test.NetworkTestClass;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.Options;
import dev.gradc.emit.text.Tidying;
import dev.gradc.emit.text.TooLargeException;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.library.SinglePrecision;
import dev.gradc.lower.OperationCount;
import dev.gradc.lower.code.Contraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes the Java of a unit: a class of functions, or the classes of a network. The same input gives the same bytes. */
public final class JavaEmitter {

    /** The most methods and fields of a class: each costs some of its 65,535 constants, and so does what is in it. */
    private static final int MEMBERS = 12_000;

    private JavaEmitter() {}

    /**
     * The class of functions {@code packageName.className}.
     *
     * @param packageName empty for the unnamed package
     */
    public static GeneratedFile functions(
            String packageName, String className, String documentation, List<LoweredMethod> methods, Options options) {
        return file(packageName, new FunctionsClass(Identifiers.className(className)).write(documentation, methods));
    }

    /**
     * A JUnit test that checks derivatives in the class of functions {@code packageName.className}.
     *
     * @param methods all of that class
     * @param compared which of them are called
     */
    public static GeneratedFile functionsTest(
            String packageName, String className, List<MethodUnit> methods, Predicate<MethodUnit> compared) {
        ClassName functions = ClassName.get(packageName, Identifiers.className(className));
        return test(packageName, new FunctionsTestClass(functions, methods, compared).write());
    }

    /** How many operations the method takes that is written for {@code program}. */
    public static OperationCount operations(Program program) {
        return LoweredMethod.of(new MethodUnit("", "", "", program, Optional.empty()))
                .count();
    }

    /**
     * The classes of a network: the model, its forward pass, its backward pass, what reads and writes parameters, and if the source
     * says how to train, the trainer.
     *
     * @param gradients one for each objective, in their order
     * @param single what takes the place of functions if the precision is single
     */
    public static List<GeneratedFile> network(
            String packageName, NetworkUnit unit, List<Gradient> gradients, SinglePrecision single, Options options) {
        NetworkClasses classes = new NetworkClasses(packageName, unit, gradients, single, options);
        ForwardClass forward = new ForwardClass(classes);
        BackwardClass backward = new BackwardClass(classes, forward);
        List<Contraction> products =
                Stream.concat(forward.products(), backward.products()).toList();
        Optional<Kernels> kernels = Kernels.of(classes, products);
        Optional<RowsClass> ofRows =
                RowsClass.of(classes, Stream.concat(forward.applications(), backward.applications()));
        List<GeneratedFile> files = new ArrayList<>();
        files.add(file(packageName, new ModelClass(classes).write()));
        files.add(file(packageName, forward.write(kernels, ofRows)));
        files.add(file(packageName, backward.write()));
        unit.training()
                .ifPresent(training ->
                        files.add(file(packageName, new TrainerClass(classes, backward, training, products).write())));
        kernels.ifPresent(k -> files.addAll(k.write()));
        ofRows.ifPresent(r -> files.add(file(packageName, r.write())));
        files.add(ParameterFile.write(packageName, classes.model.simpleName(), options.precision()));
        return files;
    }

    /** A JUnit test that checks the gradient of every loss of a network in every parameter. */
    public static GeneratedFile networkTest(
            String packageName, NetworkUnit unit, List<Gradient> gradients, SinglePrecision single, Options options) {
        NetworkClasses classes = new NetworkClasses(packageName, unit, gradients, single, options);
        ForwardClass forward = new ForwardClass(classes);
        BackwardClass backward = new BackwardClass(classes, forward);
        return test(packageName, new NetworkTestClass(classes, forward, backward).write());
    }

    private static GeneratedFile test(String packageName, TypeSpec type) {
        return file(
                packageName,
                type,
                JavaFile.builder(packageName, type)
                        .addStaticImport(Differences.ASSERTIONS, "assertEquals")
                        .addStaticImport(Differences.ASSUMPTIONS, "assumeTrue"));
    }

    private static GeneratedFile file(String packageName, TypeSpec type) {
        return file(packageName, type, JavaFile.builder(packageName, type));
    }

    private static GeneratedFile file(String packageName, TypeSpec type, JavaFile.Builder file) {
        if (type.methodSpecs().size() + type.fieldSpecs().size() > MEMBERS) {
            throw new TooLargeException(type.name() + " would have more methods and variables than a class holds: "
                    + "divide its source into several files");
        }
        String text = file.indent("    ").skipJavaLangImports(true).build().toString();
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new GeneratedFile(folder + type.name() + ".java", Tidying.of(text));
    }
}
