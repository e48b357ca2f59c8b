package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings reductions to a form that the chain rule can walk through: at which of the reduced entries the derivative counts, and what
 * it is multiplied with there.
 */
final class Linearization {

    private final FreshNames names;

    Linearization(FreshNames names) {
        this.names = names;
    }

    /**
     * A definition as a sum: its value changes as that of {@code sum[loops](factor*body)}.
     *
     * @param factor what the entry of the body is multiplied with; null for 1
     * @param helpers definitions that {@code factor} and {@code body} read
     */
    record Linear(List<Index> loops, Expr body, Expr factor, List<Definition> helpers) {}

    Linear of(Definition definition) {
        return switch (definition.combine()) {
            case ASSIGN, SUM -> new Linear(definition.loops(), definition.body(), null, List.of());
            case MAX, MIN -> extremum(definition);
            case PRODUCT -> product(definition);
            case ARGMAX -> new Linear(definition.loops(), Constant.ZERO, null, List.of());
        };
    }

    /** Of an extremum only the first of the extreme entries counts, the one that argmax names; of nothing, none does. */
    private Linear extremum(Definition definition) {
        List<Index> reduced = definition.reduced();
        List<Index> kept = definition.loops().stream()
                .filter(loop -> !reduced.contains(loop))
                .toList();
        Expr size = Constant.ONE;
        List<Expr> extents = new ArrayList<>();
        for (Index index : reduced) {
            Expr extent = extent(index);
            extents.add(extent);
            size = times(size, extent);
        }
        Tensor position = Tensor.integers(
                names.fresh("arg" + definition.target().name()),
                Tensor.Role.DERIVED,
                size,
                definition.target().shape());
        Expr key =
                definition.combine() == Combine.MAX ? definition.body() : Call.of(Operator.NEGATE, definition.body());
        Definition argmax = new Definition(
                position, definition.subscripts(), Combine.ARGMAX, definition.loops(), key, definition.note());
        Map<Expr, Expr> places = new HashMap<>();
        Expr rest = Access.of(position, definition.subscripts());
        for (int k = reduced.size() - 1; k >= 0; k--) {
            Expr place = k == 0 ? rest : Call.of(Operator.REMAINDER, rest, extents.get(k));
            if (k > 0) {
                rest = Call.of(Operator.DIVIDE, Call.of(Operator.SUBTRACT, rest, place), extents.get(k));
            }
            Expr low = reduced.get(k).low();
            places.put(reduced.get(k), low == Constant.ZERO ? place : Call.of(Operator.ADD, place, low));
        }
        Expr there = Rewrite.substituting(places).apply(definition.body());
        for (int k = 0; k < reduced.size(); k++) {
            if (IntegerRange.of(extents.get(k)).low() < 1) {
                Index index = reduced.get(k);
                there = Select.of(Call.of(Operator.LESS, index.low(), index.high()), there, Constant.ZERO);
            }
        }
        return new Linear(kept, there, null, List.of(argmax));
    }

    /** In a product every entry counts with the product of the others, which is right also where one of them is 0. */
    private Linear product(Definition definition) {
        List<Index> reduced = definition.reduced();
        Map<Expr, Expr> renaming = new HashMap<>();
        List<Index> others = new ArrayList<>();
        Expr same = null;
        for (Index index : reduced) {
            Rewrite rewrite = Rewrite.substituting(renaming);
            Index other = new Index(index.name() + "o", rewrite.apply(index.low()), rewrite.apply(index.high()));
            renaming.put(index, other);
            others.add(other);
            Expr equal = Call.of(Operator.EQUAL, other, index);
            same = same == null ? equal : Call.of(Operator.AND, same, equal);
        }
        if (same == null) {
            return new Linear(definition.loops(), definition.body(), null, List.of());
        }
        List<Expr> extents = new ArrayList<>(definition.target().shape().extents());
        reduced.forEach(index -> extents.add(bound(index)));
        Tensor rest = Tensor.derived(names.fresh("others" + definition.target().name()), new Shape(extents));
        List<Expr> subscripts = new ArrayList<>(definition.subscripts());
        subscripts.addAll(reduced);
        List<Index> loops = new ArrayList<>(definition.loops());
        loops.addAll(others);
        Expr body = Select.of(same, Constant.ONE, Rewrite.substituting(renaming).apply(definition.body()));
        Definition helper = new Definition(rest, subscripts, Combine.PRODUCT, loops, body, definition.note());
        return new Linear(definition.loops(), definition.body(), Access.of(rest, subscripts), List.of(helper));
    }

    /** What an index stays below, whatever the loops around it are. */
    private static Expr bound(Index index) {
        return Walk.indices(List.of(index.high())).isEmpty()
                ? index.high()
                : Constant.of(IntegerRange.of(index).high() + 1);
    }

    private static Expr extent(Index index) {
        return index.low() == Constant.ZERO ? index.high() : Call.of(Operator.SUBTRACT, index.high(), index.low());
    }

    private static Expr times(Expr a, Expr b) {
        return a == Constant.ONE
                ? b
                : a instanceof Constant x && b instanceof Constant y
                        ? Constant.of(x.value() * y.value())
                        : Call.of(Operator.MULTIPLY, a, b);
    }
}
