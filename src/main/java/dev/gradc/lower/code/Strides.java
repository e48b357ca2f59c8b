package dev.gradc.lower.code;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
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

    /** Of a loop that the place does not depend on. */
    public static final Affine NONE = Affine.of(0);

    /** Of neighbours. */
    public static final Affine ONE = Affine.of(1);

    private Strides() {}

    /**
     * The stride of each of {@code loops} that the place of an element depends on; null if it does not depend on them as a sum of
     * multiples, or if its rows are arrays of their own. A stride is a number, or one of sizes that are known only at run time.
     */
    public static Map<Index, Affine> of(Buffer buffer, List<Expr> subscripts, Set<Index> loops) {
        if (buffer.inRows()) {
            return null;
        }
        Map<Index, Affine> strides = new LinkedHashMap<>();
        for (Map.Entry<Expr, Long> term :
                Offsets.place(buffer, subscripts).terms().entrySet()) {
            Expr place = term.getKey();
            Affine stride = Affine.of(term.getValue());
            while (place instanceof Call call
                    && call.function() == Operator.MULTIPLY
                    && isSteady(call.argument(1), loops)) {
                place = call.argument(0);
                stride = stride.times(call.argument(1));
            }
            if (place instanceof Index index && loops.contains(index)) {
                strides.merge(index, stride, Affine::plus);
            } else if (!isSteady(place, loops)) {
                return null;
            }
        }
        return strides;
    }

    private static boolean isSteady(Expr place, Set<Index> loops) {
        return Walk.indices(List.of(place)).stream().noneMatch(loops::contains);
    }

    /** The same in an array that holds all of the tensor. */
    public static Map<Index, Affine> of(Access access, Set<Index> loops) {
        return of(Buffer.whole(access.tensor()), access.subscripts(), loops);
    }

    /** The stride of the innermost of {@code run}; 0 if there is none or the place does not depend on it. */
    public static Affine of(Buffer buffer, List<Expr> subscripts, List<Index> run) {
        if (run.isEmpty()) {
            return NONE;
        }
        Index innermost = run.get(run.size() - 1);
        return of(buffer, subscripts, Set.of(innermost)).getOrDefault(innermost, NONE);
    }

    public static long extent(Index loop) {
        return (long) (((Constant) loop.high()).value() - ((Constant) loop.low()).value());
    }

    /** The iterations of nested loops, where a size that is known at run time counts once. */
    public static long extent(List<Index> loops) {
        return loops.stream()
                .filter(loop -> loop.high() instanceof Constant)
                .mapToLong(Strides::extent)
                .reduce(1, Math::multiplyExact);
    }

    /** How often a loop runs, on average over the loops around it; where that depends on data or sizes, as often as it does at least. */
    public static double trips(Index loop) {
        if (loop.low() == Constant.ZERO && Affine.of(loop.high()).isOfSizes()) {
            return Affine.of(loop.high()).divisor();
        }
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
    public static boolean isLong(Index loop) {
        return !(loop.high() instanceof Constant && loop.low() instanceof Constant) || extent(loop) >= LONG;
    }

    /** Whether a loop has the stride 1 in all of these. */
    @SafeVarargs
    static Predicate<Index> contiguous(Map<Index, Affine>... arrays) {
        return loop -> Stream.of(arrays).allMatch(strides -> ONE.equals(strides.get(loop)));
    }

    /**
     * The loop of {@code loops} that {@code innermost} accepts, and before it those that continue it: with them it walks through all
     * of {@code arrays} as one loop would.
     */
    static List<Index> run(List<Index> loops, List<Map<Index, Affine>> arrays, Predicate<Index> innermost) {
        List<Index> run = new ArrayList<>();
        Optional<Index> next = loops.stream().filter(innermost).findFirst();
        while (next.isPresent()) {
            Index inner = next.get();
            run.add(0, inner);
            next = loops.stream()
                    // A loop of one iteration would continue itself.
                    .filter(outer -> !run.contains(outer))
                    .filter(outer -> arrays.stream().allMatch(strides -> continues(strides, outer, inner)))
                    .findFirst();
        }
        return run;
    }

    /** Whether a step of {@code outer} is as long as all of {@code inner}. */
    public static boolean continues(Map<Index, Affine> strides, Index outer, Index inner) {
        return strides.getOrDefault(inner, NONE).times(Offsets.extent(inner)).equals(strides.getOrDefault(outer, NONE));
    }

    /** About how many numbers it is. */
    public static long typical(Affine stride) {
        return stride.constant()
                + stride.terms().values().stream().mapToLong(Long::longValue).sum() * TYPICAL_BATCH;
    }

    /** The longest run of them all. */
    static List<Index> longestRun(List<Index> loops, List<Map<Index, Affine>> arrays) {
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
