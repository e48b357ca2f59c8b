package dev.gradc.reading;

import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Walk;
import dev.gradc.simplify.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes results that ask which entry they are, {@code i == 1 ? cos(x) : …}, entry by entry, as the Jacobian of a vector of formulas
 * is written; those that are 0 are left out.
 */
final class Entries {

    /** Longer axes stay whole. */
    private static final int MOST = 8;

    private Entries() {}

    static Program apply(Program program) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            boolean whole = program.results().contains(definition.target())
                    && program.soleDefinitions().containsKey(definition.target())
                    && definition.combine() == Combine.ASSIGN;
            definitions.addAll(whole ? entries(definition) : List.of(definition));
        }
        return program.withDefinitions(definitions);
    }

    private static List<Definition> entries(Definition definition) {
        Optional<Index> axis = Walk.postOrder(definition.body()).stream()
                .filter(Select.class::isInstance)
                .flatMap(select -> asked((Select) select).stream())
                .filter(definition.subscripts()::contains)
                .filter(loop ->
                        loop.low() == Constant.ZERO && loop.high() instanceof Constant extent && extent.value() <= MOST)
                .findFirst();
        if (axis.isEmpty()) {
            return List.of(definition);
        }
        List<Definition> entries = new ArrayList<>();
        for (int place = 0; place < ((Constant) axis.get().high()).value(); place++) {
            Rewrite here = Rewrite.substituting(Map.of(axis.get(), Constant.of(place)));
            entries.addAll(entries(new Definition(
                    definition.target(),
                    here.apply(definition.subscripts()),
                    Combine.ASSIGN,
                    definition.loops().stream()
                            .filter(loop -> loop != axis.get())
                            .toList(),
                    new Rewrite(Entries::folded).apply(here.apply(definition.body())),
                    definition.note())));
        }
        List<Definition> some =
                entries.stream().filter(entry -> entry.body() != Constant.ZERO).toList();
        return some.isEmpty() ? List.of(definition.withBody(Constant.ZERO)) : some;
    }

    /** The loop whose place a selection asks for. */
    private static Optional<Index> asked(Select select) {
        return select.condition().isCallOf(Operator.EQUAL)
                        && ((Call) select.condition()).argument(0) instanceof Index loop
                        && ((Call) select.condition()).argument(1) instanceof Constant
                ? Optional.of(loop)
                : Optional.empty();
    }

    /** A number to a reader, also where it is 0 times a function. */
    private static Expr folded(Expr node) {
        boolean vanishes = node.isProduct()
                && (node.children().get(0) == Constant.ZERO
                        || node.isCallOf(Operator.MULTIPLY) && node.children().get(1) == Constant.ZERO);
        if (vanishes || node.isCallOf(Operator.NEGATE) && node.children().get(0) == Constant.ZERO) {
            return Constant.ZERO;
        }
        boolean sum = node.isSum();
        if (sum && node.children().get(1) == Constant.ZERO) {
            return node.children().get(0);
        }
        return node.isCallOf(Operator.ADD) && node.children().get(0) == Constant.ZERO
                ? node.children().get(1)
                : Folding.foldReadably(node);
    }
}
