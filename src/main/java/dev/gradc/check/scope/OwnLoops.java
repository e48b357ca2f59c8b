package dev.gradc.check.scope;

import dev.gradc.check.index.WholeRange;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each definition loops of its own, of different names. */
final class OwnLoops {

    private final Map<Index, Index> origins = new HashMap<>();

    /** The index of the context that a loop of a definition stands for. */
    Index origin(Index loop) {
        return origins.getOrDefault(loop, loop);
    }

    /** {@code definition} with copies of its loops. */
    Definition in(Definition definition) {
        Map<Expr, Expr> renaming = new HashMap<>();
        List<Index> loops = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Set<Index> around =
                definition.recurrences().stream().map(Recurrence::time).collect(Collectors.toSet());
        for (Index loop : definition.loops()) {
            String name = loop.name();
            while (!taken.add(name)) {
                name = next(name);
            }
            Index copy = around.containsAll(Walk.indicesOfBounds(loop))
                    ? bounded(name, loop, Rewrite.substituting(renaming))
                    : WholeRange.of(name, loop);
            around.add(loop);
            origins.put(copy, origin(loop));
            renaming.put(loop, copy);
            loops.add(copy);
        }
        return definition.withLoops(loops).rewritten(Rewrite.substituting(renaming));
    }

    private static Index bounded(String name, Index loop, Rewrite renaming) {
        return new Index(name, renaming.apply(loop.low()), renaming.apply(loop.high()));
    }

    private static String next(String name) {
        char last = name.charAt(name.length() - 1);
        return name.length() == 1 && last >= 'a' && last < 'z' ? String.valueOf((char) (last + 1)) : name + "1";
    }
}
