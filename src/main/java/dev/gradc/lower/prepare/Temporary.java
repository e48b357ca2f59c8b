package dev.gradc.lower.prepare;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new tensor that is computed for a definition, in the same loops through time if there are any. */
final class Temporary {

    private final Definition user;
    private final Access element;

    /** A tensor with an axis for each time, if there are any, and for each of {@code loops}, of which one sized at run time comes first. */
    Temporary(Definition user, String name, List<Index> loops) {
        this.user = user;
        List<Index> axes = Stream.concat(
                        user.recurrences().stream().map(Recurrence::time),
                        loops.stream().sorted(Comparator.comparing(loop -> loop.high() instanceof Constant)))
                .toList();
        Tensor tensor =
                Tensor.derived(name, new Shape(axes.stream().map(Index::high).toList()));
        element = Access.of(tensor, List.copyOf(axes));
    }

    /** Its entry in the iteration at hand. */
    Access element() {
        return element;
    }

    /** Computes it. */
    Definition definition(Combine combine, List<Index> loops, Expr body) {
        return definition(combine, loops, body, "");
    }

    Definition definition(Combine combine, List<Index> loops, Expr body, String note) {
        return new Definition(element.tensor(), element.subscripts(), combine, loops, body, note, user.recurrences());
    }
}
