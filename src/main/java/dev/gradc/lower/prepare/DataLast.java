package dev.gradc.lower.prepare;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves what does not depend on data before what goes over data, so that the loops over data meet and become one: a value that is used
 * in the iteration in which it is computed needs no memory.
 */
public final class DataLast {

    /** How many definitions one may pass by. */
    private static final int WINDOW = 64;

    private final List<Definition> definitions = new ArrayList<>();
    private final List<Set<Tensor>> read = new ArrayList<>();

    private DataLast() {}

    public static List<Definition> of(List<Definition> definitions) {
        if (definitions.stream().noneMatch(DataLast::isOverData)) {
            return definitions;
        }
        DataLast order = new DataLast();
        definitions.forEach(order::add);
        return order.definitions;
    }

    private static boolean isOverData(Definition definition) {
        return !definition.recurrences().isEmpty()
                || definition.loops().stream().anyMatch(Strides::isLong);
    }

    private void add(Definition definition) {
        Set<Tensor> reads = reads(definition);
        int place = definitions.size();
        if (!isOverData(definition)) {
            int least = Math.max(0, place - WINDOW);
            for (int p = place - 1; p >= least && isFree(p, definition, reads); p--) {
                place = isOverData(definitions.get(p)) ? p : place;
            }
        }
        definitions.add(place, definition);
        read.add(place, reads);
    }

    /** Whether a definition may change places with the one at {@code place}. */
    private boolean isFree(int place, Definition definition, Set<Tensor> reads) {
        Tensor other = definitions.get(place).target();
        return other != definition.target()
                && !reads.contains(other)
                && !read.get(place).contains(definition.target());
    }

    private static Set<Tensor> reads(Definition definition) {
        Set<Tensor> tensors = new HashSet<>();
        new Walk().nextReads(definition).forEach(read -> tensors.add(read.tensor()));
        return tensors;
    }
}
