package dev.gradc.reading;

import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says for readers where a recurrence begins: {@code t - 1 < 0} is {@code t == 0}, what is not so is {@code t > 0}, and a sum over t of
 * what is 0 at the beginning is one from 1 on.
 */
public final class LoopGuards {

    private LoopGuards() {}

    static Program apply(Program program) {
        Rewrite conditions = new Rewrite(LoopGuards::plain);
        return program.withDefinitions(program.definitions().stream()
                .map(definition -> definition.rewritten(conditions))
                .toList());
    }

    /**
     * Loops and times that leave out where nothing is added, in a program that {@link Reading} has made. Only to be printed: a
     * statement of a recurrence has times of its own then.
     */
    public static Program narrowed(Program program) {
        return program.withDefinitions(
                program.definitions().stream().map(LoopGuards::narrowed).toList());
    }

    private static Expr plain(Expr node) {
        if (node instanceof Select select) {
            boolean begins = select.condition().isCallOf(Operator.EQUAL) && select.then() == Constant.ZERO;
            return begins
                    ? negated(select.condition())
                            .map(rest -> (Expr) Select.of(rest, select.otherwise(), select.then()))
                            .orElse(select)
                    : select;
        }
        if (!(node instanceof Call call) || !(call.function() instanceof Operator operator)) {
            return node;
        }
        return switch (operator) {
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                comparison(operator, call).orElse(node);
            case NOT -> negated(call.argument(0)).orElse(node);
            default -> node;
        };
    }

    /** {@code loop + by} compared with a number. */
    private static Optional<Expr> comparison(Operator operator, Call call) {
        if (!(call.argument(1) instanceof Constant number) || !number.isInteger()) {
            return Optional.empty();
        }
        return Gathering.shift(call.argument(0)).map(shift -> {
            long bound = (long) number.value() - shift.by();
            boolean below = operator == Operator.LESS || operator == Operator.LESS_EQUAL;
            boolean inclusive = operator == Operator.LESS_EQUAL || operator == Operator.GREATER;
            return below
                    ? below(shift.loop(), inclusive ? bound + 1 : bound)
                    : from(shift.loop(), inclusive ? bound + 1 : bound);
        });
    }

    private static Expr below(Index loop, long bound) {
        return bound == first(loop) + 1
                ? Call.of(Operator.EQUAL, loop, Constant.of(bound - 1))
                : Call.of(Operator.LESS, loop, Constant.of(bound));
    }

    private static Expr from(Index loop, long bound) {
        return bound == first(loop) + 1
                ? Call.of(Operator.GREATER, loop, Constant.of(bound - 1))
                : Call.of(Operator.GREATER_EQUAL, loop, Constant.of(bound));
    }

    private static long first(Index loop) {
        return IntegerRange.of(loop).low();
    }

    /** What is true where a plain condition on a loop is not. */
    private static Optional<Expr> negated(Expr condition) {
        if (!(condition instanceof Call call)
                || call.arguments().size() != 2
                || !(call.argument(0) instanceof Index loop)
                || !(call.argument(1) instanceof Constant number)) {
            return Optional.empty();
        }
        long bound = (long) number.value();
        return Optional.ofNullable(
                call.function() == Operator.LESS
                        ? from(loop, bound)
                        : call.function() == Operator.EQUAL && bound == first(loop)
                                ? from(loop, bound + 1)
                                : call.function() == Operator.GREATER && bound == first(loop)
                                        ? below(loop, bound + 1)
                                        : call.function() == Operator.GREATER_EQUAL ? below(loop, bound) : null);
    }

    private static Definition narrowed(Definition definition) {
        if (definition.combine() != Combine.SUM
                || !(definition.body() instanceof Select select)
                || select.otherwise() != Constant.ZERO
                || !(select.condition() instanceof Call condition)
                || !(condition.argument(0) instanceof Index loop)) {
            return definition;
        }
        Rewrite there = new Rewrite(
                node -> node instanceof Select inner && inner.condition() == condition ? inner.then() : node);
        boolean time = definition.recurrences().stream().anyMatch(steps -> steps.time() == loop);
        boolean bound = definition.loops().stream()
                .anyMatch(other ->
                        Walk.indices(List.of(other.low(), other.high())).contains(loop));
        boolean begins = condition.function() == Operator.GREATER;
        if (!begins || bound || !time && !definition.reduced().contains(loop)) {
            return definition.with(there.apply(definition.subscripts()), definition.loops(), select);
        }
        Index rest = new Index(loop.name(), Constant.of(first(loop) + 1), loop.high());
        Rewrite renamed = Rewrite.substituting(Map.of(loop, rest));
        return definition
                .with(
                        renamed.apply(there.apply(definition.subscripts())),
                        definition.loops().stream()
                                .map(other -> other == loop ? rest : other)
                                .toList(),
                        renamed.apply(there.apply(select.then())))
                .within(definition.recurrences().stream()
                        .map(steps -> steps.time() == loop ? new Recurrence(rest, steps.descending()) : steps)
                        .toList());
    }
}
