package dev.gradc.build;

import static java.util.stream.Collectors.joining;

import dev.gradc.emit.JavaEmitter;
import dev.gradc.emit.function.LoweredMethod;
import dev.gradc.emit.function.MethodUnit;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.emit.text.TooLargeException;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.StableFunction;
import dev.gradc.source.LimitException;
import dev.gradc.verify.Checking;
import dev.gradc.verify.Held;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** From a checked file to the text of its Java classes. */
public final class Generator {

    /** The first letter of a word, with what parts it from the word before. */
    private static final Pattern WORD = Pattern.compile("(?:^|[ -]+)(\\p{L})");

    private final Compiler compiler;
    private final Options options;

    public Generator(Compiler compiler, Options options) {
        this.compiler = compiler;
        this.options = options;
    }

    /**
     * The classes.
     *
     * @throws LimitException if Java has no room for them
     */
    public List<GeneratedFile> generate(Unit unit, String packageName) {
        try {
            return classes(unit, packageName);
        } catch (TooLargeException | ArithmeticException e) {
            throw new LimitException(e.getMessage());
        }
    }

    private List<GeneratedFile> classes(Unit unit, String packageName) {
        List<GeneratedFile> files = new ArrayList<>();
        if (!unit.functions().isEmpty()) {
            files.add(JavaEmitter.functions(
                    packageName,
                    className(unit.name()),
                    "The functions of " + unit.name() + ".nn, with the derivatives that it asks for.",
                    compiler.all(unit.functions().stream()
                            .flatMap(function -> methods(function).stream())
                            .<Callable<LoweredMethod>>map(method -> () -> LoweredMethod.of(method.call()))
                            .toList()),
                    options));
        }
        for (NetworkUnit network : unit.networks()) {
            Compiler.Differentiated both = compiler.differentiate(network);
            files.addAll(JavaEmitter.network(
                    packageName,
                    both.network(),
                    both.gradients(),
                    compiler.singlePrecision(options.backend()),
                    options));
        }
        return files;
    }

    /**
     * A test beside each class that has derivatives. Those of functions and networks that hold values still, as by {@code
     * stopGradient}, differ from their finite differences and are left to {@link Checking}.
     */
    public List<GeneratedFile> gradientTests(Unit unit, String packageName) {
        List<GeneratedFile> files = new ArrayList<>();
        List<MethodUnit> methods = new ArrayList<>();
        Set<MethodUnit> compared = new HashSet<>();
        for (FunctionUnit function : unit.functions()) {
            List<MethodUnit> own = compiler.all(methods(function));
            methods.addAll(own);
            if (isComparable(function)) {
                compared.addAll(own);
            }
        }
        if (compared.stream().anyMatch(method -> method.request().isPresent())) {
            files.add(JavaEmitter.functionsTest(packageName, className(unit.name()), methods, compared::contains));
        }
        List<NetworkUnit> networks = unit.networks().stream()
                .filter(network -> !Held.shows(network.program(), random -> Checking.point(network, random)))
                .toList();
        for (NetworkUnit network : networks) {
            Compiler.Differentiated both = compiler.differentiate(network);
            files.add(JavaEmitter.networkTest(
                    packageName,
                    both.network(),
                    both.gradients(),
                    compiler.singlePrecision(options.backend()),
                    options));
        }
        return files;
    }

    private static boolean isComparable(FunctionUnit function) {
        List<Tensor> arguments = function.program().arguments();
        return !Held.shows(function.program(), random -> Checking.point(arguments, random));
    }

    /** {@code Options} for the file {@code options.nn}, {@code MyModel} for {@code my-model.nn}. */
    private static String className(String stem) {
        return WORD.matcher(stem).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** What makes {@code call}, and {@code callGradient} and its like for each derivative that was asked for. */
    private List<Callable<MethodUnit>> methods(FunctionUnit function) {
        StableFunction stable = compiler.stable(function);
        List<Callable<MethodUnit>> methods = new ArrayList<>();
        methods.add(() -> new MethodUnit(
                function.name(),
                function.documentation(),
                function.source(),
                compiler.value(stable),
                Optional.empty()));
        for (Request request : function.requests()) {
            String kind = request.kind().name();
            String suffix = kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
            methods.add(() -> new MethodUnit(
                    function.name() + suffix,
                    documentation(request, function.name()),
                    "",
                    compiler.derivative(stable, request),
                    Optional.of(request)));
        }
        return methods;
    }

    private static String documentation(Request request, String function) {
        String derivative = switch (request.kind()) {
            case GRADIENT -> "The gradient of " + function;
            case JACOBIAN -> "The Jacobian of " + function;
            case HESSIAN -> "The Hessian of " + function;
            case JVP -> "The Jacobian of " + function + " times a vector";
            case VJP -> "A vector times the Jacobian of " + function;
            case HVP -> "The Hessian of " + function + " times a vector";
        };
        return derivative + " with respect to "
                + request.wrt().stream().map(Tensor::name).collect(joining(", ")) + ".";
    }
}
