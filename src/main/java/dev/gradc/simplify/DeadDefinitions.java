package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
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
        Walk walk = new Walk();
        while (!open.isEmpty()) {
            for (Definition definition : definitions.getOrDefault(open.pop(), List.of())) {
                for (Access read : walk.nextReads(definition)) {
                    if (live.add(read.tensor())) {
                        open.push(read.tensor());
                    }
                }
            }
        }
        List<Definition> kept = program.definitions().stream()
                .filter(definition -> live.contains(definition.target()))
                .toList();
        return kept.size() == program.definitions().size() ? program : program.withDefinitions(kept);
    }
}
