package dev.gradc.algebra;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import java.util.List;
import java.util.Optional;

/** Simplifies selections, whose conditions are compared as they are written. */
final class Selections {

    /** Longer branches are not searched for selections that are decided. */
    private static final int SHORT_BRANCH = 500;

    private Selections() {}

    /** {@code a ? (b ? x : 0) : 0} as {@code a && b ? x : 0}. */
    static Expr bothAtOnce(Select select) {
        return select.otherwise() == Constant.ZERO
                        && select.then() instanceof Select inner
                        && inner.otherwise() == Constant.ZERO
                ? Select.of(Call.of(Operator.AND, select.condition(), inner.condition()), inner.then(), Constant.ZERO)
                : select;
    }

    /** {@code x > 0 ? (x > 0 ? a : b) : c} is {@code x > 0 ? a : c}, also where the inner one is a part of a sum or product. */
    static Select chosenOnce(Select select) {
        return Select.of(
                select.condition(),
                where(select.condition(), true, select.then()),
                where(select.condition(), false, select.otherwise()));
    }

    private static Expr where(Expr condition, boolean holds, Expr branch) {
        List<Expr> nodes = Walk.postOrder(branch);
        boolean chooses = nodes.stream().anyMatch(node -> node instanceof Select s && s.condition() == condition);
        return chooses && nodes.size() <= SHORT_BRANCH
                ? new Rewrite(node -> node instanceof Select s && s.condition() == condition
                                ? holds ? s.then() : s.otherwise()
                                : node)
                        .apply(branch)
                : branch;
    }

    /** What {@code select} only keeps from being 0 times infinity. */
    static Optional<Expr> guarded(Select select) {
        if (select.otherwise() == Constant.ZERO && Guards.vanishes(select.then(), select.condition())) {
            return Optional.of(select.then());
        }
        boolean otherwise =
                select.then() == Constant.ZERO && Guards.vanishes(select.otherwise(), Guards.not(select.condition()));
        return otherwise ? Optional.of(select.otherwise()) : Optional.empty();
    }
}
