package dev.gradc.pipeline;

import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Derivatives;
import dev.gradc.diff.Reuse;
import dev.gradc.diff.Specialization;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Function;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.reading.SourceNames;
import dev.gradc.reading.UniqueNames;
import dev.gradc.regroup.PartialSums;
import dev.gradc.regroup.Regrouping;
import dev.gradc.simplify.Scalarization;
import dev.gradc.simplify.Simplifier;
import dev.gradc.simplify.Stabilizer;
import dev.gradc.source.LimitException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The programs of a function and of its derivatives as they are compiled: unrolled where that is short or takes far fewer operations,
 * else with loops.
 */
final class FunctionPrograms {

    /** Straight-line code of so many operations is one method that the JIT compiles. */
    private static final int SHORT = 600;

    /** The pattern of a sparse matrix of more entries would not fit into a constant of its class. */
    private static final int MOST_ENTRIES = 8000;

    /** Of a larger matrix, it would take too long to look at every entry. */
    private static final int LARGEST_MATRIX = 1 << 22;

    /** Longer code is written with loops, whatever it saves. */
    private static final int LONG = 6000;

    private static final Map<Combine, Function> EXTREMA = Map.of(
            Combine.MAX, StandardLibrary.function("max", 2).orElseThrow(),
            Combine.MIN, StandardLibrary.function("min", 2).orElseThrow());

    private final Passes passes;

    FunctionPrograms(Passes passes) {
        this.passes = passes;
    }

    /** The program of a function in simple form. */
    Program value(StableFunction function) {
        Program stable = function.program();
        return UniqueNames.apply(cheaper(
                straight(stable, false)
                        .map(new Stabilizer(passes.library(), "derivatives")::apply)
                        .map(program -> passes.simple(function.name(), program)),
                () -> passes.simple(function.name(), stable)));
    }

    /**
     * The derivative that {@code request} asks for, as a program whose results are the arrays that a caller gets.
     *
     * @throws LimitException if it has more entries than an array
     */
    Program derivative(StableFunction function, Request request) {
        boolean matrix = request.kind() == Kind.JACOBIAN || request.kind() == Kind.HESSIAN;
        long entries = matrix ? entries(function.program(), request) : 0;
        if (entries > Integer.MAX_VALUE) {
            throw new LimitException(String.format(
                    Locale.ROOT,
                    "the %s of %s has %,d entries, more than an array holds; ask for a product, jvp, vjp or hvp, instead",
                    request.kind().name().toLowerCase(Locale.ROOT),
                    function.name(),
                    entries));
        }
        String name = function.name();
        Program stable = function.program();
        if (request.sparse()) {
            return sparse(name, stable, request);
        }
        return UniqueNames.apply(cheaper(
                straight(stable, matrix || request.kind() == Kind.GRADIENT)
                        .map(program -> SourceNames.in(derived(name, program, request), stable)),
                () -> derived(name, request.kind() == Kind.GRADIENT ? Reuse.of(stable) : stable, request)));
    }

    /** A matrix by single entries, of which those are left out that are 0 anyway; with loops, if it is too large for that. */
    private Program sparse(String name, Program program, Request request) {
        long entries = entries(program, request);
        return Scalarization.apply(program, EXTREMA)
                .filter(straight -> entries <= LARGEST_MATRIX)
                .map(straight -> derived(name, straight, request))
                .map(FunctionPrograms::withoutZeros)
                .filter(derived -> derived.definitions().size() <= MOST_ENTRIES)
                .orElseGet(() -> derived(name, program, request));
    }

    /** How many entries a Jacobian or a Hessian has, its zeros among them. */
    private static long entries(Program program, Request request) {
        long columns = size(request.wrt());
        return columns * (request.kind() == Kind.HESSIAN ? columns : size(program.results()));
    }

    private static long size(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.shape().size()).sum();
    }

    private static Program withoutZeros(Program program) {
        Tensor matrix = program.results().get(program.results().size() - 1);
        return program.withDefinitions(program.definitions().stream()
                .filter(entry -> entry.target() != matrix || entry.body() != Constant.ZERO)
                .toList());
    }

    private Program derived(String name, Program program, Request request) {
        Derivatives derivatives = new Derivatives(passes.library(), request.sparse());
        List<Program> ways = switch (request.kind()) {
            case GRADIENT -> List.of(derivatives.gradient(program, request.wrt()));
            case HESSIAN -> List.of(derivatives.hessian(program, request.wrt()));
            case JACOBIAN -> derivatives.jacobians(program, request.wrt(), request.at());
            case JVP -> List.of(derivatives.jvp(program, request.wrt()));
            case VJP -> List.of(derivatives.vjp(program, request.wrt()));
            case HVP -> List.of(derivatives.hvp(program, request.wrt()));
        };
        return ways.stream()
                .map(derived -> derived(name, Specialization.at(derived, request.at())))
                .min(Comparator.comparingLong(Scalarization::size))
                .orElseThrow();
    }

    /** A derivative in simple form. */
    private Program derived(String name, Program program) {
        passes.dumps().after("differentiate", name, program);
        Program simple = passes.simple(name, new Stabilizer(passes.library(), "derivatives").apply(program));
        if (!Regrouping.isPossible(simple)) {
            return PartialSums.of(simple);
        }
        Program regrouped = new Simplifier(passes.library()).apply(Regrouping.apply(simple));
        passes.dumps().after("regroup", name, regrouped);
        return regrouped;
    }

    /** The program unrolled, where that may pay: if it has loops, or if a derivative of it would otherwise have them. */
    private static Optional<Program> straight(Program program, boolean matrix) {
        boolean loops = program.definitions().stream()
                .anyMatch(definition -> !definition.loops().isEmpty());
        // A derivative is hardly shorter than its value: where that is long, the work of finding out is saved.
        return loops || matrix
                ? Scalarization.apply(program, EXTREMA).filter(FunctionPrograms::isShort)
                : Optional.empty();
    }

    /** Straight-line code where it is short, or takes less than half the operations, as where most of a matrix is 0. */
    private static Program cheaper(Optional<Program> straight, Supplier<Program> looped) {
        if (straight.isEmpty()) {
            return looped.get();
        }
        if (isShort(straight.get())) {
            return straight.get();
        }
        long size = Scalarization.size(straight.get());
        Program loops = looped.get();
        return size <= LONG && 2 * size <= Scalarization.work(loops) ? straight.get() : loops;
    }

    private static boolean isShort(Program program) {
        // What only moves numbers has no operations, but lines.
        return Scalarization.size(program) <= SHORT && program.definitions().size() <= 2 * SHORT;
    }
}
