package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import dev.gradc.lower.code.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many operations statements take: the compiler's one measure of cost.
 *
 * <p>One operation is an addition, subtraction, multiplication, division, remainder or negation of reals, a comparison, a selection, the
 * call of a function of the table (cheap or dear, native or not), or one step of a reduction (its addition, product or
 * comparison). Of the two sides of a selection the dearer one counts. Integer arithmetic, as in subscripts, reads, writes and
 * the loops themselves are free.
 *
 * @param once operations of a call, whatever the size of the batch
 * @param each operations for each example of the batch
 */
public record OperationCount(long once, long each) {

    public static final OperationCount NONE = new OperationCount(0, 0);

    public static OperationCount of(Body body) {
        return new Counter(body.names()).code(body.code());
    }

    public OperationCount plus(OperationCount other) {
        return new OperationCount(once + other.once, each + other.each);
    }

    private OperationCount max(OperationCount other) {
        return new OperationCount(Math.max(once, other.once), Math.max(each, other.each));
    }

    /** How many times the operations of {@code other} these are, as {@code 2.3 times}; for an example, if there is a batch. */
    public String times(OperationCount other) {
        return String.format(Locale.ROOT, "%.1f times", ratio(other));
    }

    /** The same as a number. */
    public double ratio(OperationCount other) {
        boolean batch = each > 0 && other.each > 0;
        return batch ? (double) each / other.each : (double) once / Math.max(1, other.once);
    }

    /** {@code 17 operations}, {@code 21 operations an example and 3 a call}. */
    @Override
    public String toString() {
        if (each == 0) {
            return once == 1 ? "1 operation" : grouped(once) + " operations";
        }
        return grouped(each) + " operations an example" + (once == 0 ? "" : " and " + grouped(once) + " a call");
    }

    /** {@code 1,017}: the operations of a call that has no batch. */
    public String numbers() {
        return grouped(once);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static final class Counter {

        private final Names names;

        Counter(Map<Expr, Local> names) {
            this.names = new Names(names);
        }

        OperationCount code(List<Code> code) {
            OperationCount sum = NONE;
            for (Code item : code) {
                sum = sum.plus(code(item));
            }
            return sum;
        }

        private OperationCount block(List<Code> code) {
            int mark = names.enter();
            OperationCount sum = code(code);
            names.leave(mark);
            return sum;
        }

        private OperationCount code(Code item) {
            if (item instanceof Code.Loop loop) {
                return times(block(loop.body()), loop.index());
            } else if (item instanceof Code.Unrolled unrolled) {
                return code(unrolled.plain());
            } else if (item instanceof Code.When when) {
                return once(1 + cost(when.condition())).plus(block(when.body()));
            } else if (item instanceof Code.Let let) {
                OperationCount count = once(inside(let.value()));
                names.declare(let.value(), let.local());
                return count;
            } else if (item instanceof Code.Choose choose) {
                OperationCount sides = branch(choose.then()).max(branch(choose.otherwise()));
                OperationCount count = once(1 + cost(choose.condition())).plus(sides);
                names.declare(choose.value(), choose.local());
                return count;
            } else if (item instanceof Code.Variable variable) {
                return once(cost(variable.value()));
            } else if (item instanceof Code.Gather gather) {
                return once(1 + cost(gather.value()));
            } else if (item instanceof Code.GatherPosition gather) {
                return once(1 + cost(gather.value()));
            } else if (item instanceof Code.Store store) {
                return once(cost(store.value()) + (store.combine() == Combine.ASSIGN ? 0 : 1));
            } else if (item instanceof Code.Multiply multiply) {
                Contraction product = multiply.contraction();
                return times(once(2), product.loops());
            } else if (item instanceof Code.Apply apply) {
                return times(once(1), apply.application().loops());
            } else if (item instanceof Code.Together together) {
                return code(List.copyOf(together.stores()));
            } else if (item instanceof Code.Vectors vectors) {
                return code(vectors.loop());
            } else if (item instanceof Code.Part part) {
                return code(part.body());
            } else if (item instanceof Code.Return result) {
                return once(cost(result.value()));
            }
            return NONE;
        }

        private OperationCount branch(Code.Branch branch) {
            int mark = names.enter();
            OperationCount count = code(branch.code()).plus(once(cost(branch.value())));
            names.leave(mark);
            return count;
        }

        private static OperationCount once(long operations) {
            return new OperationCount(operations, 0);
        }

        private static OperationCount times(OperationCount body, List<Index> loops) {
            OperationCount count = body;
            for (Index loop : loops) {
                count = times(count, loop);
            }
            return count;
        }

        /** A loop over a size known at run time, or over a multiple of one, makes its operations count for each example. */
        private static OperationCount times(OperationCount body, Index index) {
            for (Map.Entry<Expr, Long> term : Affine.of(index.high()).terms().entrySet()) {
                if (term.getKey() instanceof Access access && access.tensor().role() == Tensor.Role.SIZE) {
                    return new OperationCount(0, saturated(body.once + body.each, term.getValue()));
                }
            }
            long trips = Math.max(
                    0,
                    IntegerRange.of(index.high()).high()
                            - IntegerRange.of(index.low()).low());
            return new OperationCount(saturated(body.once, trips), saturated(body.each, trips));
        }

        private static long saturated(long a, long b) {
            long high = Math.multiplyHigh(a, b);
            return high == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE / 4;
        }

        private long cost(Expr node) {
            return names.get(node) == null ? inside(node) : 0;
        }

        /** The cost of {@code node} itself, even if it has a name. */
        private long inside(Expr node) {
            if (node instanceof Select select) {
                return 1 + cost(select.condition()) + Math.max(cost(select.then()), cost(select.otherwise()));
            }
            if (!(node instanceof Call call) || Types.isInteger(node)) {
                return 0;
            }
            long cost = 1;
            for (Expr argument : call.arguments()) {
                cost += cost(argument);
            }
            return cost;
        }
    }
}
