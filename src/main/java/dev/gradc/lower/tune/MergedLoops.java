package dev.gradc.lower.tune;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Two loops as one that walks through the same elements: {@code for i < 24, for j < 24: y[24*i+j] = …} as {@code for j < 576: y[j] = …}.
 * The virtual machine works out several elements at once only within the innermost loop, and not its first and last ones.
 */
public final class MergedLoops {

    private final Body body;

    /** The variables of reductions, by what they are called in merged loops too. */
    private final Map<Expr, Local> names;

    private MergedLoops(Body body) {
        this.body = body;
        names = new HashMap<>(body.names());
    }

    public static Body of(Body body) {
        MergedLoops merged = new MergedLoops(body);
        List<Code> code = merged.block(body.code());
        return new Body(code, merged.names, body.buffers());
    }

    private List<Code> block(List<Code> code) {
        return code.stream().map(this::item).toList();
    }

    private Code item(Code item) {
        if (item instanceof Code.When when) {
            return new Code.When(when.condition(), block(when.body()));
        }
        if (!(item instanceof Code.Loop loop)) {
            return item;
        }
        Code.Loop outer = loop.around(block(loop.body()));
        return outer.body().size() == 1 && outer.body().get(0) instanceof Code.Loop inner && areOne(outer, inner)
                ? merged(outer.index(), inner)
                : outer;
    }

    private boolean areOne(Code.Loop outer, Code.Loop inner) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return outer.step() == 1
                && inner.step() == 1
                && outer.index().low() == Constant.ZERO
                && inner.index().low() == Constant.ZERO
                && inner.index().high() instanceof Constant
                && all(inner.body(), expression -> walks(expression, outer.index(), inner.index(), seen));
    }

    private Code merged(Index outer, Code.Loop inner) {
        Index index = new Index(
                inner.index().name(),
                Constant.ZERO,
                Offsets.product(inner.index().high(), outer.high()));
        Rewrite rewrite = Rewrite.substituting(Map.of(outer, Constant.ZERO, inner.index(), index));
        body.names().forEach((element, local) -> names.putIfAbsent(rewrite.apply(element), local));
        return new Code.Loop(index, 1, rewritten(inner.body(), rewrite));
    }

    /**
     * Whether {@code expression} depends on the loops only through elements that one loop would reach in the same order.
     *
     * @param seen what need not be looked at again: values of variables contain those of others
     */
    private boolean walks(Expr expression, Index outer, Index inner, Set<Expr> seen) {
        if (!seen.add(expression)) {
            return true;
        }
        if (expression instanceof Access access) {
            Map<Index, Affine> strides =
                    Strides.of(body.buffer(access.tensor()), access.subscripts(), Set.of(outer, inner));
            return strides != null && Strides.continues(strides, outer, inner);
        }
        return expression != outer
                && expression != inner
                && expression.children().stream().allMatch(child -> walks(child, outer, inner, seen));
    }

    /** Whether {@code test} holds for all expressions of these statements, which are of the kinds that may be merged. */
    private static boolean all(List<Code> code, Predicate<Expr> test) {
        return code.stream().allMatch(item -> {
            if (item instanceof Code.Let let) {
                return test.test(let.value());
            } else if (item instanceof Code.Store store) {
                return test.test(store.element()) && test.test(store.value());
            } else if (item instanceof Code.Gather gather) {
                return test.test(gather.value());
            } else if (item instanceof Code.When when) {
                return test.test(when.condition()) && all(when.body(), test);
            }
            return item instanceof Code.Heading;
        });
    }

    private static List<Code> rewritten(List<Code> code, Rewrite rewrite) {
        List<Code> result = new ArrayList<>();
        for (Code item : code) {
            if (item instanceof Code.Let let) {
                result.add(new Code.Let(let.local(), rewrite.apply(let.value())));
            } else if (item instanceof Code.Store store) {
                result.add(new Code.Store(
                        (Access) rewrite.apply(store.element()), store.combine(), rewrite.apply(store.value())));
            } else if (item instanceof Code.Gather gather) {
                result.add(new Code.Gather(gather.local(), gather.combine(), rewrite.apply(gather.value())));
            } else if (item instanceof Code.When when) {
                result.add(new Code.When(rewrite.apply(when.condition()), rewritten(when.body(), rewrite)));
            } else {
                result.add(item);
            }
        }
        return result;
    }
}
