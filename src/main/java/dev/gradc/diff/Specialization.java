package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fixes arguments at constants: {@code derive jacobian wrt (d) at (d = 0)}. */
public final class Specialization {

    private Specialization() {}

    /** The program with every entry of some arguments replaced by a constant; they are no arguments any more. */
    public static Program at(Program program, Map<Tensor, Expr> values) {
        if (values.isEmpty()) {
            return program;
        }
        Rewrite rewrite = rewrite(values);
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            // An integer that is fixed may choose the entry that a line writes, and bound its loops.
            definitions.add(definition.replacing(inBounds(definition, values)).rewritten(rewrite));
        }
        List<Tensor> arguments = program.arguments().stream()
                .filter(tensor -> !values.containsKey(tensor))
                .toList();
        return new Program(arguments, definitions, program.results());
    }

    /** The entries of fixed arguments that bound the loops of {@code definition}, with their values. */
    private static Map<Expr, Expr> inBounds(Definition definition, Map<Tensor, Expr> values) {
        Map<Expr, Expr> known = new HashMap<>();
        for (Index loop : definition.loops()) {
            for (Expr bound : List.of(loop.low(), loop.high())) {
                Walk.accesses(bound).stream()
                        .filter(access -> values.containsKey(access.tensor()))
                        .forEach(access -> known.put(access, values.get(access.tensor())));
            }
        }
        return known;
    }

    /** Puts the constants in the place of the arguments' entries. */
    static Rewrite rewrite(Map<Tensor, Expr> values) {
        return new Rewrite(node -> node instanceof Access access && values.containsKey(access.tensor())
                ? values.get(access.tensor())
                : values.isEmpty() ? node : withoutZeros(node));
    }

    /** Without products by 0 and summands 0, which at a fixed point are known to vanish. */
    private static Expr withoutZeros(Expr node) {
        if (!(node instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return node;
        }
        boolean firstVanishes = Adjoint.isZero(call.argument(0));
        boolean lastVanishes = Adjoint.isZero(call.argument(call.arguments().size() - 1));
        return switch (operator) {
            case MULTIPLY -> Adjoint.product(call.argument(0), call.argument(1));
            case ADD -> firstVanishes ? call.argument(1) : lastVanishes ? call.argument(0) : node;
            case SUBTRACT ->
                lastVanishes ? call.argument(0) : firstVanishes ? Call.of(Operator.NEGATE, call.argument(1)) : node;
            case NEGATE, DIVIDE -> firstVanishes ? Constant.ZERO : node;
            default -> node;
        };
    }
}
