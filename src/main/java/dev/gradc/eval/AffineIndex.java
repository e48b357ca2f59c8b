package dev.gradc.eval;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An integer that is linear in the indices of the loops: {@code constant + Σ factors[k]*index[k]}. Kept in {@code long}, so that
 * the numbers of a program, which are {@code int}s, cannot overflow unnoticed.
 */
record AffineIndex(long constant, long[] factors) {

    /** {@code expression} as a linear one, if it is. */
    static Optional<AffineIndex> of(Expr expression, List<Index> loops, ToDoubleFunction<Tensor> sizes) {
        try {
            return Optional.ofNullable(reduce(expression, loops, sizes));
        } catch (ArithmeticException overflow) {
            return Optional.empty();
        }
    }

    private static AffineIndex reduce(Expr expression, List<Index> loops, ToDoubleFunction<Tensor> sizes) {
        if (expression instanceof Constant constant) {
            return constant.isInteger() ? number((long) constant.value(), loops) : null;
        }
        if (expression instanceof Index index) {
            int loop = loops.indexOf(index);
            if (loop < 0) {
                throw new EvaluationException("the index " + index + " stands outside its loop");
            }
            AffineIndex result = number(0, loops);
            result.factors[loop] = 1;
            return result;
        }
        if (expression instanceof Access access && access.tensor().role() == Tensor.Role.SIZE) {
            return number((long) sizes.applyAsDouble(access.tensor()), loops);
        }
        if (!(expression instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return null;
        }
        AffineIndex left = reduce(call.argument(0), loops, sizes);
        AffineIndex right = left == null || operator.arity() < 2 ? left : reduce(call.argument(1), loops, sizes);
        if (right == null) {
            return null;
        }
        return switch (operator) {
            case NEGATE -> left.times(-1);
            case ADD -> left.plus(right);
            case SUBTRACT -> left.plus(right.times(-1));
            case MULTIPLY ->
                left.isConstant() ? right.times(left.constant) : right.isConstant() ? left.times(right.constant) : null;
            default -> null;
        };
    }

    private static AffineIndex number(long value, List<Index> loops) {
        return new AffineIndex(value, new long[loops.size()]);
    }

    boolean isConstant() {
        for (long factor : factors) {
            if (factor != 0) {
                return false;
            }
        }
        return true;
    }

    AffineIndex times(long factor) {
        long[] results = new long[factors.length];
        for (int k = 0; k < results.length; k++) {
            results[k] = Math.multiplyExact(factors[k], factor);
        }
        return new AffineIndex(Math.multiplyExact(constant, factor), results);
    }

    AffineIndex plus(AffineIndex other) {
        long[] results = new long[factors.length];
        for (int k = 0; k < results.length; k++) {
            results[k] = Math.addExact(factors[k], other.factors[k]);
        }
        return new AffineIndex(Math.addExact(constant, other.constant), results);
    }

    /** The values that it takes while each index stays within its range; empty if an index has no known range. */
    Optional<Range> within(List<Optional<Range>> ranges) {
        long low = constant;
        long high = constant;
        for (int k = 0; k < factors.length; k++) {
            if (factors[k] != 0) {
                if (ranges.get(k).isEmpty()) {
                    return Optional.empty();
                }
                Range range = ranges.get(k).get();
                long first = Math.multiplyExact(factors[k], range.low());
                long last = Math.multiplyExact(factors[k], range.high());
                low = Math.addExact(low, Math.min(first, last));
                high = Math.addExact(high, Math.max(first, last));
            }
        }
        return Optional.of(new Range(low, high));
    }

    /** Whether the constant and all factors lie in {@code range}. */
    boolean isOf(Range range) {
        return range.holds(constant) && Arrays.stream(factors).allMatch(range::holds);
    }

    /** All integers from {@code low} to {@code high}, both included. */
    record Range(long low, long high) {
        boolean holds(Range other) {
            return low <= other.low && other.high <= high;
        }

        boolean holds(long value) {
            return low <= value && value <= high;
        }
    }

    /** Code for a linear expression whose values and partial sums all fit an {@code int}. */
    Code.Whole code() {
        int base = Math.toIntExact(constant);
        int[] places =
                IntStream.range(0, factors.length).filter(k -> factors[k] != 0).toArray();
        int[] steps =
                Arrays.stream(places).map(k -> Math.toIntExact(factors[k])).toArray();
        return switch (places.length) {
            case 0 -> frame -> base;
            case 1 -> {
                int p = places[0];
                int s = steps[0];
                yield base == 0 && s == 1 ? frame -> frame.index[p] : frame -> base + s * frame.index[p];
            }
            case 2 -> {
                int p = places[0];
                int q = places[1];
                int s = steps[0];
                int t = steps[1];
                yield frame -> base + s * frame.index[p] + t * frame.index[q];
            }
            default ->
                frame -> {
                    int sum = base;
                    for (int k = 0; k < places.length; k++) {
                        sum += steps[k] * frame.index[places[k]];
                    }
                    return sum;
                };
        };
    }
}
