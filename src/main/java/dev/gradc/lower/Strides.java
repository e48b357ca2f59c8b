package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How far apart in an array the elements are that successive iterations of loops reach. */
public final class Strides {

    /** What a size that is known only at run time is taken for. */
    private static final long TYPICAL_BATCH = 32;

    /** So many values are data. */
    private static final long LONG = 512;

    private Strides() {}

    /**
     * The stride of each of {@code loops} that the place of an element depends on; null if it does not depend on them as a sum of
     * multiples, or if its rows are arrays of their own.
     */
    static Map<Index, Long> of(Buffer buffer, List<Expr> subscripts, Set<Index> loops) {
        if (buffer.inRows() || !buffer.extents().stream().skip(1).allMatch(Constant.class::isInstance)) {
            return null;
        }
        Map<Index, Long> strides = new LinkedHashMap<>();
        List<Expr> kept = buffer.axes().stream().map(subscripts::get).toList();
        for (Map.Entry<Expr, Long> term :
                Affine.offset(kept, buffer.extents()).terms().entrySet()) {
            if (term.getKey() instanceof Index index && loops.contains(index)) {
                strides.put(index, term.getValue());
            } else if (Walk.indices(List.of(term.getKey())).stream().anyMatch(loops::contains)) {
                return null;
            }
        }
        return strides;
    }

    /** The same in an array that holds all of the tensor. */
    static Map<Index, Long> of(Access access, Set<Index> loops) {
        return of(Buffer.whole(access.tensor()), access.subscripts(), loops);
    }

    /** The stride of the innermost of {@code run}; 0 if there is none or the place does not depend on it. */
    public static long of(Buffer buffer, List<Expr> subscripts, List<Index> run) {
        if (run.isEmpty()) {
            return 0;
        }
        Index innermost = run.get(run.size() - 1);
        return of(buffer, subscripts, Set.of(innermost)).getOrDefault(innermost, 0L);
    }

    public static long extent(Index loop) {
        return (long) (((Constant) loop.high()).value() - ((Constant) loop.low()).value());
    }

    /** The iterations of nested loops, where a size that is known at run time counts once. */
    static long extent(List<Index> loops) {
        return loops.stream()
                .filter(loop -> loop.high() instanceof Constant)
                .mapToLong(Strides::extent)
                .reduce(1, Math::multiplyExact);
    }

    /** How often a loop runs, on average over the loops around it; 1 if that depends on data. */
    static double trips(Index loop) {
        boolean known =
                Walk.postOrder(List.of(loop.low(), loop.high())).stream().noneMatch(Access.class::isInstance);
        IntegerRange low = IntegerRange.of(loop.low());
        IntegerRange high = IntegerRange.of(loop.high());
        return known ? (high.low() + high.high() - low.low() - low.high()) / 2.0 : 1;
    }

    /** Whether a loop has at most {@code limit} iterations, as is known when the code is generated. */
    public static boolean isWithin(Index loop, long limit) {
        return loop.high() instanceof Constant && loop.low() instanceof Constant && extent(loop) <= limit;
    }

    /** Whether a loop rather goes over data, as over the examples of a batch, than over the parts of a thing. */
    static boolean isLong(Index loop) {
        return !(loop.high() instanceof Constant && loop.low() instanceof Constant) || extent(loop) >= LONG;
    }

    /** Whether a loop has the stride 1 in all of these. */
    @SafeVarargs
    static Predicate<Index> contiguous(Map<Index, Long>... arrays) {
        return loop -> Stream.of(arrays).allMatch(strides -> strides.get(loop) == 1);
    }

    /**
     * The loop of {@code loops} that {@code innermost} accepts, and before it those that continue it: with them it walks through all
     * of {@code arrays} as one loop would.
     */
    static List<Index> run(List<Index> loops, List<Map<Index, Long>> arrays, Predicate<Index> innermost) {
        List<Index> run = new ArrayList<>();
        Optional<Index> next = loops.stream().filter(innermost).findFirst();
        while (next.isPresent()) {
            Index inner = next.get();
            run.add(0, inner);
            next = inner.high() instanceof Constant
                    ? loops.stream()
                            // A loop of one iteration would continue itself.
                            .filter(outer -> !run.contains(outer))
                            .filter(outer -> arrays.stream()
                                    .allMatch(strides -> strides.get(outer) == extent(inner) * strides.get(inner)))
                            .findFirst()
                    : Optional.empty();
        }
        return run;
    }

    /** The longest run of them all. */
    static List<Index> longestRun(List<Index> loops, List<Map<Index, Long>> arrays) {
        List<Index> longest = List.of();
        for (Index innermost : loops) {
            List<Index> run = run(loops, arrays, loop -> loop == innermost);
            if (length(run) > length(longest)) {
                longest = run;
            }
        }
        return longest;
    }

    /** How many iterations a run has, about. */
    static long length(List<Index> run) {
        long length = run.isEmpty() ? 0 : 1;
        for (Index loop : run) {
            length *= loop.high() instanceof Constant ? extent(loop) : TYPICAL_BATCH;
        }
        return length;
    }
}
