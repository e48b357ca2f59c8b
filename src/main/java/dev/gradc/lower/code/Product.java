package dev.gradc.lower.code;

import dev.gradc.ir.Access;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sum of products of two factors, {@code target[…] = sum[…](left*right)}, whose every loop is one of the target, or reduced and of
 * both factors.
 *
 * @param target the element that it sums into, as it is where the guard holds
 * @param guard where it does not hold, nothing is added; a condition that no loop of the definition decides
 */
public record Product(Definition definition, Access target, Expr left, Expr right, Optional<Expr> guard) {

    public static Optional<Product> of(Definition definition) {
        boolean sums = definition.combine() == Combine.SUM
                && definition.loops().stream().allMatch(loop -> loop.low() instanceof Constant);
        if (!sums) {
            return Optional.empty();
        }
        Optional<Expr> guard = Optional.empty();
        Expr body = definition.body();
        Access target = definition.element();
        if (body instanceof Select select && select.otherwise() == Constant.ZERO) {
            Expr condition = select.condition();
            guard = Optional.of(condition);
            body = select.then();
            target = (Access) new Rewrite(
                            node -> node instanceof Select s && s.condition() == condition ? s.then() : node)
                    .apply(target);
        }
        Set<Index> loops = new HashSet<>(definition.loops());
        if (!(body instanceof Call call && call.function() == Operator.MULTIPLY)
                || guard.map(g -> Walk.indices(List.of(g)).stream().anyMatch(loops::contains))
                        .orElse(false)) {
            return Optional.empty();
        }
        Product product = new Product(definition, target, call.argument(0), call.argument(1), guard);
        return Optional.of(product).filter(Product::isRegular);
    }

    public Product mirrored() {
        return new Product(definition, target, right, left, guard);
    }

    private boolean isRegular() {
        Set<Index> chosen = in(target);
        Set<Index> ofLeft = in(left);
        Set<Index> ofRight = in(right);
        return definition.loops().stream()
                .allMatch(loop -> chosen.contains(loop)
                        ? ofLeft.contains(loop) || ofRight.contains(loop)
                        : ofLeft.contains(loop) && ofRight.contains(loop));
    }

    private static Set<Index> in(Expr expression) {
        return Walk.indices(List.of(expression));
    }

    /** The loops of the target that only the left factor has. */
    public List<Index> rows() {
        return loops(true, true, false);
    }

    /** The loops of the target that only the right factor has. */
    public List<Index> columns() {
        return loops(true, false, true);
    }

    /** The loops that both factors have, but not the target. */
    public List<Index> depth() {
        return loops(false, true, true);
    }

    /** The loops that all three have. */
    public List<Index> shared() {
        return loops(true, true, true);
    }

    private List<Index> loops(boolean ofTarget, boolean ofLeft, boolean ofRight) {
        Set<Index> inTarget = in(target);
        Set<Index> inLeft = in(left);
        Set<Index> inRight = in(right);
        return definition.loops().stream()
                .filter(loop -> inTarget.contains(loop) == ofTarget
                        && inLeft.contains(loop) == ofLeft
                        && inRight.contains(loop) == ofRight)
                .toList();
    }
}
