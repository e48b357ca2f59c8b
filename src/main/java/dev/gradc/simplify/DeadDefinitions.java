package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes the definitions that no result depends on. Linear time; keeps the order of the others. */
public final class DeadDefinitions {

    private DeadDefinitions() {}

    public static Program remove(Program program) {
        Map<Tensor, List<Definition>> definitions = new HashMap<>();
        for (Definition definition : program.definitions()) {
            definitions
                    .computeIfAbsent(definition.target(), t -> new ArrayList<>())
                    .add(definition);
        }
        Set<Tensor> live = new HashSet<>(program.results());
        Deque<Tensor> open = new ArrayDeque<>(live);
        while (!open.isEmpty()) {
            for (Definition definition : definitions.getOrDefault(open.pop(), List.of())) {
                for (Tensor read : reads(definition)) {
                    if (live.add(read)) {
                        open.push(read);
                    }
                }
            }
        }
        List<Definition> kept = program.definitions().stream()
                .filter(definition -> live.contains(definition.target()))
                .toList();
        return kept.size() == program.definitions().size() ? program : program.withDefinitions(kept);
    }

    /** The tensors that a definition reads: in its body, in its subscripts, in the bounds of its loops and in its shape. */
    static Set<Tensor> reads(Definition definition) {
        List<Expr> roots = new ArrayList<>(definition.subscripts());
        roots.add(definition.body());
        for (Index loop : definition.loops()) {
            roots.add(loop.low());
            roots.add(loop.high());
        }
        roots.addAll(definition.target().shape().extents());
        Set<Tensor> reads = new HashSet<>();
        for (Expr part : Walk.postOrder(roots)) {
            if (part instanceof Access access) {
                reads.add(access.tensor());
            }
        }
        return reads;
    }
}
