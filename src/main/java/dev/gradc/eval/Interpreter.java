package dev.gradc.eval;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Inliner;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs programs. With {@link Precision#FLOAT} every operation's result is rounded to {@code float}, as compiled code would have it.
 *
 * <p>Immutable, safe for threads.
 */
public final class Interpreter {

    private final Precision precision;

    public Interpreter(Precision precision) {
        this.precision = precision;
    }

    /**
     * Computes every definition of {@code program} in order.
     *
     * @param arguments an array for each tensor that the program reads and does not define, and for the sizes in its shapes; row by
     *     row, a scalar as an array of one; not modified
     * @return the arguments, every tensor that was defined and every result, so that it can be the arguments of a backward pass
     */
    public Map<Tensor, double[]> run(Program program, Map<Tensor, double[]> arguments) {
        Memory memory = new Memory();
        arguments.forEach((tensor, values) -> memory.put(tensor, rounded(values)));
        arguments.forEach((tensor, values) -> check(tensor, values, memory));
        Inliner inliner = new Inliner();
        for (List<Definition> together : Recurrence.runs(program.definitions(), 0)) {
            Set<Tensor> changing = new HashSet<>();
            for (Definition definition : together) {
                Tensor target = definition.target();
                changing.add(target);
                if (!memory.holds(target)) {
                    memory.put(target, new double[memory.size(target)]);
                }
            }
            Map<Definition, LoopNest> nests = new IdentityHashMap<>();
            together.forEach(definition ->
                    nests.put(definition, new LoopNest(definition, changing, memory, precision, inliner)));
            run(together, 0, nests);
        }
        // Nothing is computed for a result without entries, or of nothing but zeros.
        program.results().stream()
                .filter(result -> !memory.holds(result))
                .forEach(result -> memory.put(result, new double[memory.size(result)]));
        return memory.all();
    }

    /** Runs definitions that stand in {@code depth} loops through time, which have been moved to their times. */
    private static void run(List<Definition> definitions, int depth, Map<Definition, LoopNest> nests) {
        for (List<Definition> together : Recurrence.runs(definitions, depth)) {
            LoopNest first = nests.get(together.get(0));
            Optional<Recurrence> recurrence = Recurrence.at(together.get(0), depth);
            if (recurrence.isEmpty()) {
                first.run();
                continue;
            }
            int low = first.low(depth);
            int high = first.high(depth);
            for (int step = 0; step < high - low; step++) {
                int time = recurrence.get().descending() ? high - 1 - step : low + step;
                together.forEach(definition -> nests.get(definition).move(depth, time));
                run(together, depth + 1, nests);
            }
        }
    }

    /** The value of one expression of scalars. */
    public double value(Expr expression, Map<Tensor, Double> arguments) {
        Map<Tensor, double[]> arrays = new LinkedHashMap<>();
        arguments.forEach((tensor, value) -> arrays.put(tensor, new double[] {value}));
        Tensor result = Tensor.derived("value", Shape.SCALAR);
        Definition definition = Definition.map(result, List.of(), expression, "");
        Program program = new Program(List.copyOf(arguments.keySet()), List.of(definition), List.of(result));
        return run(program, arrays).get(result)[0];
    }

    // Also where nothing is rounded: a program may define more of a tensor that was given.
    private double[] rounded(double[] values) {
        double[] copy = values.clone();
        if (precision == Precision.FLOAT) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = precision.round(copy[i]);
            }
        }
        return copy;
    }

    private static void check(Tensor tensor, double[] values, Memory memory) {
        int size = memory.size(tensor);
        if (values.length != size) {
            throw new EvaluationException(tensor + " takes " + size + " numbers, not " + values.length);
        }
    }
}
