package dev.gradc.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Wengert list: definitions in an order in which each reads only what stands before it.
 *
 * @param arguments what is given from outside
 * @param results what is given out, each an argument or the target of a definition
 */
public record Program(List<Tensor> arguments, List<Definition> definitions, List<Tensor> results) {

    public Program {
        arguments = List.copyOf(arguments);
        definitions = List.copyOf(definitions);
        results = List.copyOf(results);
    }

    public Program withDefinitions(List<Definition> newDefinitions) {
        return new Program(arguments, newDefinitions, results);
    }

    public Program withResults(List<Tensor> newResults) {
        return new Program(arguments, definitions, newResults);
    }

    /** The definitions by their targets, of those targets that a single definition fills. */
    public Map<Tensor, Definition> soleDefinitions() {
        Map<Tensor, Definition> map = new HashMap<>();
        Set<Tensor> shared = new HashSet<>();
        for (Definition definition : definitions) {
            if (map.putIfAbsent(definition.target(), definition) != null) {
                shared.add(definition.target());
            }
        }
        map.keySet().removeAll(shared);
        return map;
    }

    /** How many definitions read each tensor that any of them reads, or that is a result, which counts as one more. Linear time. */
    public Map<Tensor, Integer> readers() {
        Map<Tensor, Integer> readers = new HashMap<>();
        results.forEach(result -> readers.merge(result, 1, Integer::sum));
        for (Definition definition : definitions) {
            Set<Tensor> read = new HashSet<>();
            new Walk().nextReads(definition).forEach(access -> read.add(access.tensor()));
            read.forEach(tensor -> readers.merge(tensor, 1, Integer::sum));
        }
        return readers;
    }

    /** One definition a line. */
    @Override
    public String toString() {
        return definitions.stream().map(Definition::toString).collect(Collectors.joining("\n"));
    }
}
