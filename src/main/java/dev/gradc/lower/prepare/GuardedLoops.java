package dev.gradc.lower.prepare;

import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A guarded sum without the guard, where that only excludes the first or the last values of a loop: {@code sum[k:20](k >= 1 ? … : 0)}
 * is {@code sum[k:1..20](…)}.
 */
public final class GuardedLoops {

    private final Definition definition;
    private final Expr guard;
    private final Map<Index, Long> lows = new HashMap<>();
    private final Map<Index, Long> highs = new HashMap<>();
    private final List<Expr> others = new ArrayList<>();

    private GuardedLoops(Definition definition, Expr guard) {
        this.definition = definition;
        this.guard = guard;
    }

    public static Definition of(Definition definition) {
        return definition.combine() == Combine.SUM
                        && definition.body() instanceof Select select
                        && select.otherwise() == Constant.ZERO
                ? new GuardedLoops(definition, select.condition()).result()
                : definition;
    }

    private Definition result() {
        narrow(guard, true);
        if (lows.isEmpty() && highs.isEmpty()) {
            return definition;
        }
        Map<Expr, Expr> renewed = new HashMap<>();
        List<Index> loops = new ArrayList<>();
        for (Index loop : definition.loops()) {
            Index narrower = narrower(loop);
            loops.add(narrower);
            renewed.put(loop, narrower);
        }
        Rewrite renaming = Rewrite.substituting(renewed);
        Optional<Expr> rest = others.stream().reduce((a, b) -> Call.of(Operator.AND, a, b));
        // Subscripts are guarded, too: where the rest does not hold, the place may not be there.
        Rewrite unguarded = new Rewrite(node -> node instanceof Select s && s.condition() == guard
                ? rest.<Expr>map(condition -> Select.of(condition, s.then(), s.otherwise()))
                        .orElse(s.then())
                : node);
        return definition.withLoops(loops).rewritten(unguarded).rewritten(renaming);
    }

    private Index narrower(Index loop) {
        Long low = lows.get(loop);
        Long high = highs.get(loop);
        return low == null && high == null
                ? loop
                : new Index(
                        loop.name(),
                        low == null ? loop.low() : Constant.of(Math.max(low, value(loop.low()))),
                        high == null ? loop.high() : Constant.of(Math.min(high, value(loop.high()))));
    }

    private static long value(Expr constant) {
        return (long) ((Constant) constant).value();
    }

    /** Takes in that {@code condition} {@code holds}, or remembers it as one of those that remain. */
    private void narrow(Expr condition, boolean holds) {
        if (condition instanceof Call call && call.function() == Operator.NOT) {
            narrow(call.argument(0), !holds);
        } else if (holds && condition instanceof Call call && call.function() == Operator.AND) {
            narrow(call.argument(0), true);
            narrow(call.argument(1), true);
        } else if (!(condition instanceof Call call && compares(call, holds))) {
            others.add(holds ? condition : Call.of(Operator.NOT, condition));
        }
    }

    private boolean compares(Call call, boolean holds) {
        if (!(call.function() instanceof Operator operator)
                || !isOrder(operator)
                || !Types.isInteger(call.argument(0))
                || !Types.isInteger(call.argument(1))) {
            return false;
        }
        // As difference < 0 or difference <= 0.
        Affine difference =
                Affine.of(call.argument(0)).plus(Affine.of(call.argument(1)).times(-1));
        boolean less = operator == Operator.LESS || operator == Operator.LESS_EQUAL;
        boolean strict = operator == Operator.LESS || operator == Operator.GREATER;
        if (less != holds) {
            difference = difference.times(-1);
        }
        long limit = -difference.constant() - (strict == holds ? 1 : 0);
        if (difference.terms().size() != 1) {
            return false;
        }
        Map.Entry<Expr, Long> term = difference.terms().entrySet().iterator().next();
        if (!(term.getKey() instanceof Index loop) || !isFree(loop) || Math.abs(term.getValue()) != 1) {
            return false;
        }
        if (term.getValue() == 1) {
            highs.merge(loop, limit + 1, Math::min);
        } else {
            lows.merge(loop, -limit, Math::max);
        }
        return true;
    }

    private static boolean isOrder(Operator operator) {
        return operator == Operator.LESS
                || operator == Operator.LESS_EQUAL
                || operator == Operator.GREATER
                || operator == Operator.GREATER_EQUAL;
    }

    /** Whether it is a loop of the definition between constants that bounds no other. */
    private boolean isFree(Index loop) {
        return definition.loops().contains(loop)
                && loop.low() instanceof Constant
                && loop.high() instanceof Constant
                && definition.loops().stream()
                        .noneMatch(other -> Walk.indicesOfBounds(other).contains(loop));
    }
}
