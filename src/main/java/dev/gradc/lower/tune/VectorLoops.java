package dev.gradc.lower.tune;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import dev.gradc.lower.code.Types;
import dev.gradc.lower.code.Variance;
import dev.gradc.lower.code.VectorLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the innermost loops that can be written with vectors: arithmetic on neighbouring entries of arrays, each iteration by itself. Left
 * to the virtual machine, rows as short as those of a recurrence are mostly worked out one by one, as it makes vectors only of what
 * is left between an aligned beginning and an end, many vectors at a time. Each entry gets the value that it would have got.
 */
public final class VectorLoops {

    /** Fewer iterations in all are not worth a method. */
    private static final double WORK = 1 << 7;

    private static final Set<Operator> ARITHMETIC =
            EnumSet.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.NEGATE);

    private final Body body;
    private final Names names;

    private VectorLoops(Body body) {
        this.body = body;
        names = new Names(body.names());
    }

    public static Body of(Body body) {
        VectorLoops loops = new VectorLoops(body);
        return new Body(Loops.change(body.code(), loops::vectors), body.names(), body.buffers());
    }

    private Optional<Code> vectors(Code.Loop loop, double trips) {
        return trips >= WORK && loop.step() == 1 && VectorLimits.isRow(loop.index()) && new Row(loop).isOfVectors()
                ? Optional.of(new Code.Vectors(loop))
                : Optional.empty();
    }

    /** One loop. */
    private final class Row {

        private final Code.Loop loop;
        private final Variance variance;

        /** The tensors of which each iteration reads the same entries. */
        private final Set<Tensor> still = new HashSet<>();

        private final List<Access> loaded = new ArrayList<>();
        private final List<Access> stored = new ArrayList<>();
        private int operations;

        Row(Code.Loop loop) {
            this.loop = loop;
            variance = new Variance(loop, names);
        }

        boolean isOfVectors() {
            return are(loop.body())
                    && !stored.isEmpty()
                    && size() <= VectorLimits.MOST
                    && stored.stream().allMatch(this::isApart);
        }

        private int size() {
            return loaded.size() + stored.size() + operations;
        }

        private boolean are(List<Code> code) {
            int mark = names.enter();
            boolean all = code.stream().allMatch(this::is);
            names.leave(mark);
            return all;
        }

        private boolean is(Code item) {
            if (item instanceof Code.Let let) {
                boolean fits = is(let);
                names.declare(let.value(), let.local());
                return fits;
            } else if (item instanceof Code.Store store) {
                return is(store);
            } else if (item instanceof Code.When when) {
                return isStill(when.condition()) && are(when.body());
            }
            return item instanceof Code.Heading;
        }

        private boolean is(Code.Let let) {
            if (!variance.isInside(let.value())) {
                return isStill(let.value());
            }
            variance.add(let.local());
            return let.local().type() == Local.Type.REAL && isVectorInside(let.value());
        }

        private boolean is(Code.Store store) {
            stored.add(store.element());
            if (store.combine() == Combine.SUM) {
                loaded.add(store.element());
                operations++;
            }
            return (store.combine() == Combine.ASSIGN || store.combine() == Combine.SUM)
                    && isRow(store.element())
                    && isVector(store.value());
        }

        /** Whether {@code value} is the same number in all iterations, or a vector of such. */
        private boolean isVector(Expr value) {
            return isStill(value) || names.get(value) != null || isVectorInside(value);
        }

        private boolean isStill(Expr value) {
            if (variance.isIn(value)) {
                return false;
            }
            Walk.accesses(value).forEach(access -> still.add(access.tensor()));
            return true;
        }

        private boolean isVectorInside(Expr value) {
            if (value instanceof Access access) {
                loaded.add(access);
                return isRow(access);
            }
            operations++;
            if (size() > VectorLimits.MOST) {
                return false;
            }
            if (value instanceof Select select) {
                return isStill(select.condition()) && isVector(select.then()) && isVector(select.otherwise());
            }
            return value instanceof Call call
                    && call.function() instanceof Operator operator
                    && ARITHMETIC.contains(operator)
                    && call.arguments().stream().allMatch(this::isVector);
        }

        /** Whether the loop walks through neighbours. */
        private boolean isRow(Access access) {
            var strides = Strides.of(body.buffer(access.tensor()), access.subscripts(), Set.of(loop.index()));
            return !Types.isInteger(access.tensor())
                    && strides != null
                    && Strides.ONE.equals(strides.get(loop.index()));
        }

        /** Whether no other iteration touches what {@code target} is in one. */
        private boolean isApart(Access target) {
            return !still.contains(target.tensor())
                    && loaded.stream().allMatch(access -> isApart(target, access))
                    && stored.stream().allMatch(access -> isApart(target, access));
        }

        private boolean isApart(Access target, Access access) {
            if (access.tensor() != target.tensor()) {
                return true;
            }
            Affine distance = place(target).plus(place(access).times(-1));
            Affine extent = Affine.of(loop.index().high());
            return distance.equals(Strides.NONE)
                    || isAtLeast(distance, extent)
                    || isAtLeast(distance.times(-1), extent);
        }

        /** Whether this is so for all sizes, of which each is 1 or more. */
        private static boolean isAtLeast(Affine distance, Affine extent) {
            Affine more = distance.plus(extent.times(-1));
            return more.isOfSizes()
                    && more.terms().values().stream().allMatch(factor -> factor > 0)
                    && more.terms().values().stream().mapToLong(Long::longValue).sum() + more.constant() >= 0;
        }

        private Affine place(Access access) {
            return Offsets.place(body.buffer(access.tensor()), access.subscripts());
        }
    }
}
