package dev.gradc.verify;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.TableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A program in which what the table gives the derivative 0, as {@code stopGradient(u)}, stays as it is at a point while all else moves
 * away from it: finite differences of such a program are what the derivatives of the original are. Beside each tensor stands one that
 * is computed from the point.
 *
 * @param there for each argument the one that takes its value at the point
 */
public record Held(Program program, Map<Tensor, Tensor> there) {

    private static final int POINTS = 3;
    private static final double STEP = 1e-3;

    /** Larger relative differences are none of rounding. */
    private static final double ROUNDING = 1e-9;

    /** A program as it is. */
    public static Held nothing(Program program) {
        return new Held(program, Map.of());
    }

    public static Held of(Program program) {
        boolean moves = program.definitions().stream()
                .flatMap(definition -> Walk.postOrder(definition.body()).stream())
                .noneMatch(Held::isStill);
        if (moves) {
            return nothing(program);
        }
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        program.arguments().forEach(argument -> copies.put(argument, copy(argument)));
        Map<Tensor, Tensor> there = new LinkedHashMap<>(copies);
        program.definitions().forEach(definition -> copies.computeIfAbsent(definition.target(), Held::copy));
        Rewrite toThere = Rewrite.renaming(copies);
        Rewrite holding = new Rewrite(node -> isStill(node) ? toThere.apply(node) : node);
        List<Definition> definitions = new ArrayList<>();
        program.definitions()
                .forEach(definition -> definitions.add(
                        definition.withTarget(copies.get(definition.target())).rewritten(toThere)));
        program.definitions()
                .forEach(definition -> definitions.add(definition.withBody(holding.apply(definition.body()))));
        List<Tensor> arguments = new ArrayList<>(program.arguments());
        arguments.addAll(there.values());
        return new Held(new Program(arguments, definitions, program.results()), there);
    }

    /** {@code point} with what is held there. */
    public Map<Tensor, double[]> at(Map<Tensor, double[]> point) {
        Map<Tensor, double[]> both = new LinkedHashMap<>(point);
        there.forEach((argument, copy) -> both.put(copy, point.get(argument)));
        return both;
    }

    /**
     * Whether finite differences of {@code program} are not what its derivatives are: what is held, as by {@code stopGradient},
     * makes a difference near random points. What is held but does not count, as the scale in a norm, makes none.
     */
    public static boolean shows(Program program, Function<Random, Map<Tensor, double[]>> points) {
        Held held = of(program);
        Random random = new Random(1);
        return !held.there.isEmpty()
                && Stream.generate(() -> points.apply(random))
                        .limit(POINTS)
                        .anyMatch(point -> held.shows(program, point));
    }

    private boolean shows(Program original, Map<Tensor, double[]> point) {
        Map<Tensor, double[]> moved = new LinkedHashMap<>();
        point.forEach((tensor, values) -> moved.put(
                tensor,
                tensor.isInteger() || tensor.role() == Tensor.Role.SIZE
                        ? values
                        : Arrays.stream(values).map(x -> x + STEP * (1 + x)).toArray()));
        Map<Tensor, double[]> both = at(point);
        both.putAll(moved);
        Interpreter interpreter = new Interpreter(Precision.DOUBLE);
        Map<Tensor, double[]> plain = interpreter.run(original, moved);
        Map<Tensor, double[]> still = interpreter.run(program, both);
        return original.results().stream()
                .anyMatch(result -> IntStream.range(0, plain.get(result).length)
                        .anyMatch(i -> differ(plain.get(result)[i], still.get(result)[i])));
    }

    private static boolean differ(double a, double b) {
        return Math.abs(a - b) > ROUNDING * Math.max(1, Math.abs(a));
    }

    private static boolean isStill(Expr node) {
        return node instanceof Call call
                && call.function() instanceof TableFunction function
                && function.partials().stream().allMatch(partial -> partial == Constant.ZERO);
    }

    private static Tensor copy(Tensor tensor) {
        String name = tensor.name() + " there";
        return tensor.limit()
                .map(limit -> Tensor.integers(name, tensor.role(), limit, tensor.shape()))
                .orElseGet(() -> new Tensor(name, tensor.role(), false, tensor.shape()));
    }
}
