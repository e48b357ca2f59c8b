package dev.gradc.reading;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.simplify.DeadDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives scalars their names back that the source has for them and that unrolling has taken away. */
public final class SourceNames {

    private SourceNames() {}

    /** {@code program} with those scalars of {@code source} as definitions that it still computes. */
    public static Program in(Program program, Program source) {
        Map<Expr, Expr> values = new HashMap<>();
        List<Definition> definitions = new ArrayList<>();
        Set<Tensor> named = new LinkedHashSet<>();
        for (Definition definition : source.definitions()) {
            Tensor target = definition.target();
            if (target.rank() == 0
                    && definition.combine() == Combine.ASSIGN
                    && definition.loops().isEmpty()) {
                Expr value = Rewrite.substituting(values).apply(definition.body());
                values.put(Access.of(target), value);
                if (!definition.note().isBlank() && !program.results().contains(target)) {
                    definitions.add(definition.withBody(value));
                    named.add(target);
                }
            }
        }
        definitions.addAll(program.definitions());
        return DeadDefinitions.remove(Naming.apply(program.withDefinitions(definitions), named));
    }
}
