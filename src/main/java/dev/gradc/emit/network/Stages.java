package dev.gradc.emit.network;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The definitions of a forward pass by who needs them: the outputs, one of the losses, or several of these, for whom they are
 * computed by common code.
 */
final class Stages {

    /** Definitions that the same of the purposes need; {@code purposes} are numbers. */
    record Stage(Set<Integer> purposes, List<Definition> definitions) {}

    private Stages() {}

    /**
     * The stages in an order in which they can run.
     *
     * @param purposes for each purpose the tensors that it needs
     */
    static List<Stage> of(List<Definition> definitions, List<? extends Collection<Tensor>> purposes) {
        Map<Tensor, Set<Integer>> neededBy = new HashMap<>();
        for (int purpose = 0; purpose < purposes.size(); purpose++) {
            for (Tensor tensor : purposes.get(purpose)) {
                neededBy.computeIfAbsent(tensor, t -> new TreeSet<>()).add(purpose);
            }
        }
        // Again while something new is needed: in a recurrence a line may be read by one that stands before it.
        for (boolean more = true; more; ) {
            more = false;
            for (int d = definitions.size() - 1; d >= 0; d--) {
                Set<Integer> here = neededBy.getOrDefault(definitions.get(d).target(), Set.of());
                for (Tensor tensor : Walk.tensorsRead(List.of(definitions.get(d)))) {
                    more |= neededBy.computeIfAbsent(tensor, t -> new TreeSet<>())
                            .addAll(here);
                }
            }
        }
        Map<Set<Integer>, List<Definition>> stages = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            Set<Integer> needed = neededBy.getOrDefault(definition.target(), Set.of());
            if (!needed.isEmpty()) {
                stages.computeIfAbsent(needed, key -> new ArrayList<>()).add(definition);
            }
        }
        // What a definition reads is needed by all who need the definition, so the more come first.
        List<Stage> result = new ArrayList<>();
        stages.forEach((needed, list) -> result.add(new Stage(needed, List.copyOf(list))));
        result.sort((a, b) -> Integer.compare(b.purposes.size(), a.purposes.size()));
        return result;
    }
}
