package dev.gradc;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.TableFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program in which what the table gives the derivative 0, as {@code stopGradient(u)}, stays as it is at a point while all else moves
 * away from it: finite differences of such a program are what the derivatives of the original are. Beside each tensor stands one that
 * is computed from the point.
 *
 * @param there for each argument the one that takes its value at the point
 */
record Held(Program program, Map<Tensor, Tensor> there) {

    /** A program as it is. */
    static Held nothing(Program program) {
        return new Held(program, Map.of());
    }

    static Held of(Program program) {
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
        Rewrite toThere = new Rewrite(node -> node instanceof Access access && copies.containsKey(access.tensor())
                ? Access.of(copies.get(access.tensor()), access.subscripts())
                : node);
        Rewrite holding = new Rewrite(node -> isStill(node) ? toThere.apply(node) : node);
        List<Definition> definitions = new ArrayList<>();
        program.definitions()
                .forEach(definition -> definitions.add(new Definition(
                        copies.get(definition.target()),
                        toThere.apply(definition.subscripts()),
                        definition.combine(),
                        definition.loops(),
                        toThere.apply(definition.body()),
                        definition.note(),
                        definition.recurrences())));
        program.definitions()
                .forEach(definition -> definitions.add(definition.withBody(holding.apply(definition.body()))));
        List<Tensor> arguments = new ArrayList<>(program.arguments());
        arguments.addAll(there.values());
        return new Held(new Program(arguments, definitions, program.results()), there);
    }

    /** {@code point} with what is held there. */
    Map<Tensor, double[]> at(Map<Tensor, double[]> point) {
        Map<Tensor, double[]> both = new LinkedHashMap<>(point);
        there.forEach((argument, copy) -> both.put(copy, point.get(argument)));
        return both;
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
