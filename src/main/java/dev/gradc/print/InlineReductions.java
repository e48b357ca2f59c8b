package dev.gradc.print;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Letters;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sums and their like that need no name of their own: {@code h[i] = f(sum[k:2](W[i,k]*x[k]))}. */
final class InlineReductions {

    private InlineReductions() {}

    /** The definitions that are printed where they are read, which is in one place; those of the source keep their names. */
    static Map<Tensor, Definition> of(Program program) {
        Map<Tensor, Integer> readers = new HashMap<>();
        for (Definition definition : program.definitions()) {
            Walk.accesses(definition.body()).forEach(access -> readers.merge(access.tensor(), 1, Integer::sum));
            definition
                    .subscripts()
                    .forEach(subscript -> Walk.accesses(subscript)
                            .forEach(access -> readers.merge(access.tensor(), 2, Integer::sum)));
        }
        Predicate<Definition> nameless = definition -> definition.combine() != Combine.ASSIGN
                && definition.isGather()
                && definition.reachesAll()
                && definition.recurrences().isEmpty()
                && definition.note().isEmpty()
                && readers.getOrDefault(definition.target(), 0) == 1
                && !program.results().contains(definition.target());
        return program.soleDefinitions().values().stream()
                .filter(nameless)
                .collect(Collectors.toMap(Definition::target, definition -> definition));
    }

    /** The definition for the entry at {@code subscripts}; what it reduces over gets a name that does not stand in these. */
    static Definition entry(Definition definition, List<Expr> subscripts) {
        Set<String> taken = new HashSet<>();
        for (Expr subscript : subscripts) {
            Walk.postOrder(subscript).stream()
                    .filter(Index.class::isInstance)
                    .forEach(index -> taken.add(((Index) index).name()));
        }
        Map<Expr, Expr> places = new HashMap<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            places.put(definition.subscripts().get(axis), subscripts.get(axis));
        }
        List<Index> loops = new ArrayList<>();
        for (Index loop : definition.reduced()) {
            Rewrite bounds = Rewrite.substituting(places);
            String name = Letters.fresh(loop.name(), taken);
            Index fresh = new Index(name, bounds.apply(loop.low()), bounds.apply(loop.high()));
            places.put(loop, fresh);
            loops.add(fresh);
        }
        Expr body = Rewrite.substituting(places).apply(definition.body());
        return new Definition(definition.target(), subscripts, definition.combine(), loops, body, definition.note());
    }
}
