package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a tensor to each value of an iteration that stands still in a loop inside it, and works it out before that loop. In a loop of its
 * own a variable would do, and {@link Placement} makes it; but where several iterations go on together, there are several values.
 */
final class Standing {

    private final Index iteration;

    private Standing(Index iteration) {
        this.iteration = iteration;
    }

    /** {@code loop} with such tensors. */
    static NestedLoop before(NestedLoop loop) {
        return new Standing(loop.index).inside(loop, List.of());
    }

    private NestedLoop inside(NestedLoop loop, List<Index> around) {
        List<Index> loops = new ArrayList<>(around);
        loops.add(loop.index);
        NestedLoop result = new NestedLoop(loop.index, loop.order);
        for (Item item : loop.items) {
            if (item instanceof NestedLoop inner) {
                Map<Expr, Expr> values = new LinkedHashMap<>();
                Inside inside = new Inside(inner);
                inside.values.forEach(value -> {
                    Tensor tensor = Tensor.derived("t", new Shape(List.of(iteration.high())));
                    Definition definition =
                            new Definition(tensor, List.of(iteration), Combine.ASSIGN, loops, value, "");
                    result.items.add(new Step(Step.Kind.STORE, definition, List.of()));
                    values.put(value, definition.element());
                });
                result.items.add(
                        inside(values.isEmpty() ? inner : replaced(inner, Rewrite.substituting(values)), loops));
            } else {
                result.items.add(item);
            }
        }
        return result;
    }

    private static NestedLoop replaced(NestedLoop loop, Rewrite rewrite) {
        NestedLoop result = new NestedLoop(loop.index, loop.order);
        for (Item item : loop.items) {
            if (item instanceof NestedLoop inner) {
                result.items.add(replaced(inner, rewrite));
            } else {
                Step step = (Step) item;
                Definition definition = step.definition();
                result.items.add(new Step(
                        step.kind(),
                        definition.withBody(rewrite.apply(definition.body())),
                        step.prefix(),
                        step.block()));
            }
        }
        return result;
    }

    /** What stands still in a loop. */
    private final class Inside {
        final Set<Expr> values = new LinkedHashSet<>();
        private final Set<Index> loops = new HashSet<>();
        private final Set<Tensor> written = new HashSet<>();
        private final Walk walk = new Walk();
        private final ExprTable<Variation> variations = new ExprTable<>();

        Inside(NestedLoop loop) {
            collect(loop);
            find(loop);
        }

        private void collect(NestedLoop loop) {
            loops.add(loop.index);
            for (Item item : loop.items) {
                if (item instanceof NestedLoop inner) {
                    collect(inner);
                } else {
                    written.add(((Step) item).definition().target());
                }
            }
        }

        private void find(NestedLoop loop) {
            // Of a loop that may not run, what it reads may not be there.
            if (IntegerRange.of(loop.index.low()).high()
                    >= IntegerRange.of(loop.index.high()).low()) {
                return;
            }
            for (Item item : loop.items) {
                if (item instanceof NestedLoop inner) {
                    find(inner);
                } else {
                    find(((Step) item).definition().body());
                }
            }
        }

        /** Of the sides of a selection only one is worked out, and that where the condition is. */
        private void find(Expr node) {
            if (stands(node)) {
                values.add(node);
            } else if (node instanceof Call call && call.function() != Operator.AND && call.function() != Operator.OR) {
                call.children().forEach(this::find);
            }
        }

        private boolean stands(Expr node) {
            boolean computed = node instanceof Call || node instanceof Select;
            return computed && Types.of(node) == Local.Type.REAL && variation(node) == Variation.ITERATION;
        }

        private Variation variation(Expr node) {
            for (Expr part : walk.next(List.of(node))) {
                Variation variation = part == iteration ? Variation.ITERATION : Variation.NONE;
                if (part instanceof Access access && written.contains(access.tensor()) || loops.contains(part)) {
                    variation = Variation.LOOP;
                }
                for (Expr child : part.children()) {
                    variation = variation.and(variations.get(child));
                }
                variations.put(part, variation);
            }
            return variations.get(node);
        }
    }

    /** With what a value varies. */
    private enum Variation {
        NONE,
        ITERATION,
        LOOP;

        Variation and(Variation other) {
            return compareTo(other) > 0 ? this : other;
        }
    }
}
