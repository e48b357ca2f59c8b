package dev.gradc.reading;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Calls what was built without a name, as {@code scores = stack(…)} builds it, by the name that it gets: {@code scores[n,0] = …}. */
final class Aliases {

    private Aliases() {}

    /** @param named the names of the source */
    static Program apply(Program program, Set<Tensor> named) {
        Map<Tensor, Tensor> names = new HashMap<>();
        Map<Tensor, Definition> sole = program.soleDefinitions();
        Set<Tensor> given = new HashSet<>(program.arguments());
        for (Definition definition : program.definitions()) {
            boolean gives = named.contains(definition.target())
                    && sole.containsKey(definition.target())
                    && definition.isTotal()
                    && definition.recurrences().isEmpty()
                    && definition.body() instanceof Access access
                    && access.subscripts().equals(definition.subscripts())
                    && access.tensor().shape().equals(definition.target().shape());
            if (gives) {
                Tensor source = ((Access) definition.body()).tensor();
                boolean nameless = !given.contains(source)
                        && !named.contains(source)
                        && !program.results().contains(source);
                if (nameless) {
                    names.putIfAbsent(source, definition.target());
                }
            }
        }
        Rewrite renaming = Rewrite.renaming(names);
        return program.withDefinitions(program.definitions().stream()
                .filter(definition -> !(definition.body() instanceof Access access
                        && names.get(access.tensor()) == definition.target()))
                .map(definition -> definition
                        .withTarget(names.getOrDefault(definition.target(), definition.target()))
                        .rewritten(renaming))
                .toList());
    }
}
