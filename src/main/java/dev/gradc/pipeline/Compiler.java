package dev.gradc.pipeline;

import dev.gradc.check.Checker;
import dev.gradc.check.StandardLibrary;
import dev.gradc.data.DataException;
import dev.gradc.diff.Reuse;
import dev.gradc.diff.Reverse;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Request;
import dev.gradc.library.Library;
import dev.gradc.library.SinglePrecision;
import dev.gradc.reading.Deltas;
import dev.gradc.reading.LoopGuards;
import dev.gradc.reading.Reading;
import dev.gradc.reading.UniqueNames;
import dev.gradc.regroup.PartialSums;
import dev.gradc.simplify.ConstantCalls;
import dev.gradc.simplify.Simplifier;
import dev.gradc.simplify.Takeovers;
import dev.gradc.source.LimitException;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The pipeline: text → surface tree → programs → stable forms → derivatives → simple forms.
 *
 * <p>Each method is one stretch of it. Immutable and safe for threads. Call it inside {@link DeepStack#call}: the passes follow deep
 * formulas recursively.
 */
public final class Compiler {

    private final Library library = StandardLibrary.library();
    private final Dumps dumps;
    private final Frontend frontend;
    private final Passes passes;
    private final FunctionPrograms functions;

    public Compiler() {
        this(Dumps.NONE);
    }

    /** @param dumps is shown the programs after each pass */
    public Compiler(Dumps dumps) {
        this.dumps = dumps;
        this.frontend = new Frontend(library, dumps);
        this.passes = new Passes(library, dumps);
        this.functions = new FunctionPrograms(passes);
    }

    /** The results of {@code tasks} that ask this compiler: at the same time, unless somebody is shown the programs one after the other. */
    public <T> List<T> all(List<Callable<T>> tasks) {
        return dumps == Dumps.NONE
                ? DeepStack.callAll(tasks)
                : tasks.stream().map(DeepStack::call).toList();
    }

    /** What networks in single precision compute in the place of functions. */
    public SinglePrecision singlePrecision(Backend backend) {
        return SinglePrecision.of(library, backend);
    }

    /** A network with its backward passes, one for each objective. */
    public record Differentiated(NetworkUnit network, List<Gradient> gradients) {}

    /**
     * Reads and checks a file, whose imports stay in the current folder or, if it lies elsewhere, in its own.
     *
     * @param settings network sizes that replace the defaults, by name
     * @throws SourceException with every error of the file
     * @throws DataException if no network has a size that is set
     */
    public Unit check(SourceFile file, Map<String, Double> settings) {
        return checked(file, settings).alone(settings, file);
    }

    /**
     * The same where a function is called: its arguments fix those of its dimensions and sizes that are names.
     *
     * @param shapes of the arguments, by the names of the parameters
     * @param integers the values of those arguments that are integers from 0
     */
    public Unit check(
            SourceFile file,
            Map<String, Double> settings,
            String function,
            Map<String, Shape> shapes,
            Map<String, Integer> integers) {
        UnaryOperator<Checker> calling = checker -> checker.calling(function, shapes, integers);
        return frontend.checked(file, Imports.rootOf(file), settings, calling).alone(settings, file);
    }

    /** The same with what the file declares beside its programs. */
    public Checked checked(SourceFile file, Map<String, Double> settings) {
        return checked(file, Imports.rootOf(file), settings);
    }

    /**
     * The same for a file of a larger tree.
     *
     * @param sourceRoot the folder that no import may leave
     */
    public Checked checked(SourceFile file, Path sourceRoot, Map<String, Double> settings) {
        return frontend.checked(file, sourceRoot, settings, UnaryOperator.identity());
    }

    /**
     * Reads an expression as a function of its names.
     *
     * @param first variables that come first among the arguments, whether they occur or not
     * @param shapes the shapes of variables that are not scalars
     * @throws SourceException with every error in it
     */
    public FunctionUnit expression(SourceFile text, List<String> first, Map<String, Shape> shapes) {
        return frontend.expression(text, first, shapes);
    }

    /** The program of a function in stable form. */
    public Program stable(String name, Program program) {
        return passes.stable(name, program);
    }

    /** The stable form of a function. */
    public StableFunction stable(FunctionUnit function) {
        return new StableFunction(function.name(), ConstantCalls.fold(stable(function.name(), function.program())));
    }

    /**
     * The derivative that {@code request} asks for, as a program whose results are the arrays that a caller gets.
     *
     * @throws LimitException if it has more entries than an array
     */
    public Program derivative(StableFunction function, Request request) {
        return functions.derivative(function, request);
    }

    /** The partial derivatives of all entries of the first result in one argument, as a program with that result. */
    public Program partial(Program program, Tensor wrt) {
        return partial(program, wrt, Set.of());
    }

    /** @param named what stays, as a further result, though the derivative may not read it: it may be written with its name */
    Program partial(Program program, Tensor wrt, Set<Tensor> named) {
        Backward backward = backward("expression", program, program.results().get(0), List.of(wrt));
        Tensor adjoint = backward.gradient().adjoints().get(wrt);
        Program derived = withNames(backward.whole().withResults(List.of(adjoint)), named);
        dumps.after("differentiate", "expression", derived);
        Program simple = Simplifier.forReaders(library).apply(Deltas.apply(derived));
        dumps.after("simplify", "expression", simple);
        return simple;
    }

    /** {@code program} with those of its tensors as further results that are {@code named}. */
    static Program withNames(Program program, Set<Tensor> named) {
        Set<Tensor> results = new LinkedHashSet<>(program.results());
        program.definitions().stream()
                .map(Definition::target)
                .filter(named::contains)
                .forEach(results::add);
        return program.withResults(List.copyOf(results));
    }

    /** A program in stable form, and its backward pass. */
    public record Backward(Program forward, Gradient gradient) {

        /** Both, with the adjoints as results. */
        public Program whole() {
            List<Definition> definitions = new ArrayList<>(forward.definitions());
            definitions.addAll(gradient.program().definitions());
            return new Program(
                    forward.arguments(),
                    definitions,
                    List.copyOf(gradient.adjoints().values()));
        }
    }

    /** The backward pass for one result of a program; the axes of a tensor are the outermost of all adjoints. */
    public Backward backward(String name, Program program, Tensor of, List<Tensor> wrt) {
        Program stable = stable(name, program);
        return new Backward(stable, new Reverse(library).jacobian(stable, of, wrt));
    }

    /** The program of a function in simple form. */
    public Program value(StableFunction function) {
        return functions.value(function);
    }

    /** {@code program} as people read it; what it computes may differ in the last digits. */
    public Program readable(Program program) {
        return readable(program, Set.of());
    }

    /** The tensors that the source names, if {@code program} is as the checker made it, or in stable form. */
    public static Set<Tensor> named(Program program) {
        return program.definitions().stream()
                .filter(definition -> !definition.note().isEmpty())
                .map(Definition::target)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @param named what stands under its name, defined as in the source */
    public Program readable(Program program, Set<Tensor> named) {
        return Reading.of(program, named, library);
    }

    /** The same as it is printed. */
    public Program shown(Program program, Set<Tensor> named) {
        return LoopGuards.narrowed(readable(program, named));
    }

    /** The forward pass of a network in stable form, and the backward passes of its objectives. */
    public Differentiated differentiate(NetworkUnit network) {
        String name = network.name();
        Program simple = Takeovers.ofCopies(passes.simple(name, stable(name, network.program())));
        // Derivatives are called after what they are derivatives in.
        Program forward = UniqueNames.apply(Reuse.of(simple));
        List<Gradient> gradients = new ArrayList<>();
        for (Objective objective : network.objectives()) {
            Gradient raw = new Reverse(library).gradient(forward, objective.loss(), objective.wrt());
            dumps.after("differentiate", name, raw.program());
            Program backward = UniqueNames.apply(PartialSums.of(passes.simple(name, raw.program()), Set.of()));
            gradients.add(new Gradient(raw.of(), backward, raw.adjoints()));
        }
        return new Differentiated(network.withProgram(forward), gradients);
    }
}
