package dev.gradc.regroup;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sums that some factors take no part in, without these: {@code d[j] = sum[n,i](a[n,i]*w[i,j])} goes over all n for each i and j, where
 * {@code s[i] = sum[n](a[n,i])} and {@code d[j] = sum[i](s[i]*w[i,j])} go over all n once. As in {@link Regrouping}, derivatives only.
 */
public final class PartialSums {

    /** What the size of a loop is taken for that is known only at run time. */
    private static final double TYPICAL = 32;

    private final List<Definition> definitions = new ArrayList<>();

    private PartialSums() {}

    /** A program of a value, which stays as it is, and its derivatives. */
    public static Program of(Program program) {
        if (program.results().size() < 2) {
            return program;
        }
        return of(program, needed(program.definitions(), program.results().get(0)));
    }

    /** @param kept what stays as it is */
    public static Program of(Program program, Set<Tensor> kept) {
        PartialSums sums = new PartialSums();
        for (Definition definition : program.definitions()) {
            sums.add(definition, kept.contains(definition.target()));
        }
        return program.withDefinitions(sums.definitions);
    }

    /** What {@code result} is computed from, and itself. */
    private static Set<Tensor> needed(List<Definition> definitions, Tensor result) {
        Set<Tensor> needed = new HashSet<>(Set.of(result));
        Walk walk = new Walk();
        for (int i = definitions.size() - 1; i >= 0; i--) {
            if (needed.contains(definitions.get(i).target())) {
                walk.nextReads(definitions.get(i)).forEach(read -> needed.add(read.tensor()));
            }
        }
        return needed;
    }

    private void add(Definition definition, boolean kept) {
        Definition rest = definition;
        boolean sums = !kept
                && definition.combine() == Combine.SUM
                && definition.recurrences().isEmpty()
                && !definition.target().isInteger();
        if (sums) {
            Set<Index> choosing = Walk.indices(definition.subscripts());
            for (Index loop : definition.loops()) {
                if (!choosing.contains(loop)) {
                    rest = without(loop, rest).orElse(rest);
                }
            }
        }
        definitions.add(rest);
    }

    /** {@code definition} with a sum over {@code loop} worked out before, if that takes fewer steps. */
    private Optional<Definition> without(Index loop, Definition definition) {
        Split split = split(definition.body(), loop);
        List<Index> loops = definition.loops();
        Set<Index> varying = Walk.indices(List.of(split.varying));
        List<Index> own =
                loops.stream().filter(l -> l == loop || varying.contains(l)).toList();
        List<Index> axes = own.stream().filter(l -> l != loop).toList();
        List<Index> others = loops.stream().filter(l -> l != loop).toList();
        boolean bounds = loops.stream().anyMatch(l -> Walk.indicesOfBounds(l).contains(loop));
        boolean isTensor =
                axes.stream().allMatch(axis -> axis.low() == Constant.ZERO && isFixed(axis)) && isFixed(loop);
        if (bounds || !isTensor || steps(own) + steps(others) >= steps(loops)) {
            return Optional.empty();
        }
        Tensor sum =
                Tensor.derived("sum", new Shape(axes.stream().map(Index::high).toList()));
        definitions.add(new Definition(sum, List.copyOf(axes), Combine.SUM, own, split.varying, ""));
        Expr body = times(split.fixed, Access.of(sum, List.copyOf(axes)));
        return Optional.of(definition.with(definition.subscripts(), others, body));
    }

    /** Whether no other loop bounds it. */
    private static boolean isFixed(Index loop) {
        return Walk.indicesOfBounds(loop).isEmpty();
    }

    private static double steps(List<Index> loops) {
        double steps = 1;
        for (Index loop : loops) {
            boolean known = loop.low() instanceof Constant && loop.high() instanceof Constant;
            steps *= known ? ((Constant) loop.high()).value() - ((Constant) loop.low()).value() : TYPICAL;
        }
        return steps;
    }

    /** A product as that of a factor that depends on a loop and one that does not. */
    private record Split(Expr varying, Expr fixed) {}

    private static Split split(Expr body, Index loop) {
        if (!Walk.indices(List.of(body)).contains(loop)) {
            return new Split(Constant.ONE, body);
        }
        if (body instanceof Select select
                && select.otherwise() == Constant.ZERO
                && !Walk.indices(List.of(select.condition())).contains(loop)) {
            Split then = split(select.then(), loop);
            return new Split(then.varying, Select.of(select.condition(), then.fixed, Constant.ZERO));
        }
        if (body instanceof Call call && call.function() == Operator.NEGATE) {
            Split negated = split(call.argument(0), loop);
            return new Split(negated.varying, Call.of(Operator.NEGATE, negated.fixed));
        }
        if (body instanceof Call call && call.function() == Operator.MULTIPLY) {
            Split left = split(call.argument(0), loop);
            Split right = split(call.argument(1), loop);
            return new Split(times(left.varying, right.varying), times(left.fixed, right.fixed));
        }
        if (body instanceof Call call && call.function() == Operator.DIVIDE) {
            Split divisor = split(call.argument(1), loop);
            Split dividend = split(call.argument(0), loop);
            if (divisor.varying == Constant.ONE) {
                return new Split(dividend.varying, Call.of(Operator.DIVIDE, dividend.fixed, divisor.fixed));
            }
        }
        return new Split(body, Constant.ONE);
    }

    private static Expr times(Expr left, Expr right) {
        return left == Constant.ONE ? right : right == Constant.ONE ? left : Call.of(Operator.MULTIPLY, left, right);
    }
}
