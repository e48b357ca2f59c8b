package dev.gradc.emit.function;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Request;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.OperationCount;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Routines;
import dev.gradc.simplify.IdentityCalls;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A method with its statements, before they are text: all that can be worked out for each method of a class by itself. */
public final class LoweredMethod {

    private final MethodUnit unit;
    private final Optional<Sparse> sparse;
    private final Program program;
    private final Body body;
    private final OperationCount count;

    private LoweredMethod(MethodUnit unit, Optional<Sparse> sparse, Program program) {
        this.unit = unit;
        this.sparse = sparse;
        this.program = program;
        this.body =
                Lowering.lower(IdentityCalls.of(program.definitions()), Set.copyOf(outs()), returned(), Routines.NONE);
        this.count = OperationCount.of(body);
    }

    public static LoweredMethod of(MethodUnit unit) {
        Optional<Sparse> sparse = sparse(unit);
        return new LoweredMethod(
                unit, sparse, withoutPassedThrough(sparse.map(Sparse::program).orElse(unit.program())));
    }

    /** The matrix that a unit computes, if it was asked for without its zeros. */
    public static Optional<Sparse> sparse(MethodUnit unit) {
        return unit.request().filter(Request::sparse).map(request -> Sparse.of(unit.program()));
    }

    MethodUnit unit() {
        return unit;
    }

    public Optional<Sparse> sparse() {
        return sparse;
    }

    /** What the statements compute: the unit's program with results of their own. */
    Program program() {
        return program;
    }

    Body body() {
        return body;
    }

    public OperationCount count() {
        return count;
    }

    /** What the method returns. */
    Optional<Tensor> returned() {
        return program.results().stream()
                .limit(1)
                .filter(result -> result.rank() == 0)
                .findFirst();
    }

    /** What it puts into arrays of the caller's. */
    List<Tensor> outs() {
        return program.results()
                .subList(returned().isPresent() ? 1 : 0, program.results().size());
    }

    /** A tensor that is a result as it was given, or twice, is copied to one of its own. */
    private static Program withoutPassedThrough(Program program) {
        List<Definition> definitions = new ArrayList<>(program.definitions());
        Set<Tensor> results = new LinkedHashSet<>();
        for (Tensor result : program.results()) {
            boolean returned = results.isEmpty() && result.rank() == 0;
            if (!returned && (program.arguments().contains(result) || results.contains(result))) {
                Tensor copy = Tensor.derived(result.name(), result.shape());
                List<Index> loops = new ArrayList<>();
                for (Expr extent : result.shape().extents()) {
                    loops.add(Index.upTo("i", extent));
                }
                definitions.add(Definition.map(copy, loops, Access.of(result, loops), ""));
                results.add(copy);
            } else {
                results.add(result);
            }
        }
        return new Program(program.arguments(), definitions, List.copyOf(results));
    }
}
