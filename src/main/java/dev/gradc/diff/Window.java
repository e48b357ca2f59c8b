package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way back through the extremum of a few entries that belong to no other extremum, as in pooling. Each entry says by itself what it
 * gets: the first that has reached the extremum all that comes in, the others 0. So every entry is assigned once, where looking up the
 * place of the extremum takes longer, and zeros everywhere before. If one of the entries is NaN, none reaches anything and the last one
 * gets what comes in.
 */
final class Window {

    /** The statements grow with the entries; more of them are better looked up. */
    private static final int MOST = 9;

    /** Whether {@code definition} is such an extremum, and the only one to read its entries by the count of {@code readers}. */
    static boolean isOne(Definition definition, Map<Tensor, Integer> readers) {
        return (definition.combine() == Combine.MAX || definition.combine() == Combine.MIN)
                && definition.body() instanceof Access read
                && isSmall(definition)
                && isApart(read, definition)
                && readers.get(read.tensor()) == 1;
    }

    private static boolean isSmall(Definition definition) {
        double entries = 1;
        for (Index index : definition.reduced()) {
            entries *= index.low() == Constant.ZERO && index.high() instanceof Constant high ? high.value() : MOST + 1;
        }
        return entries > 1 && entries <= MOST;
    }

    /** Whether no entry is read twice. */
    private static boolean isApart(Access read, Definition definition) {
        Definition reached =
                new Definition(read.tensor(), read.subscripts(), Combine.ASSIGN, definition.loops(), Constant.ONE, "");
        return Filling.of(List.of(reached)).isOnce(read.tensor());
    }

    /**
     * The way back through {@code extremum}, which {@link #isOne}.
     *
     * @param incoming its adjoint
     * @param directions the axes that all adjoints have outermost
     */
    static Line line(Definition extremum, Expr incoming, List<Index> directions, FreshNames names) {
        List<Index> loops = extremum.loops().stream()
                .filter(extremum.subscripts()::contains)
                .toList();
        List<Expr> extents = Adjoints.join(
                directions.stream().map(Index::high).toList(),
                extremum.target().shape().extents());
        List<Expr> place = Adjoints.join(directions, extremum.subscripts());
        Operator comparison = extremum.combine() == Combine.MAX ? Operator.GREATER_EQUAL : Operator.LESS_EQUAL;
        List<Definition> remainders = new ArrayList<>();
        Map<Access, Adjoint> reads = new LinkedHashMap<>();
        List<Access> entries = entries(extremum);
        Expr left = incoming;
        for (Access entry : entries.subList(0, entries.size() - 1)) {
            Expr reaches = Call.of(comparison, entry, extremum.element());
            reads.put(entry, new Adjoint(reaches, left));
            Tensor remainder = Tensor.derived(names.fresh("left"), new Shape(extents));
            remainders.add(new Definition(
                    remainder,
                    place,
                    Combine.ASSIGN,
                    Adjoints.join(directions, loops),
                    Select.of(reaches, Constant.ZERO, left),
                    extremum.note()));
            left = Access.of(remainder, place);
        }
        reads.put(entries.get(entries.size() - 1), Adjoint.of(left));
        return new Line(extremum, new Linearization.Linear(loops, extremum.body(), null, remainders), incoming, reads);
    }

    /** What {@code extremum} reads, in the order of its loops. */
    private static List<Access> entries(Definition extremum) {
        List<Access> entries = List.of((Access) extremum.body());
        for (Index index : extremum.reduced()) {
            List<Access> further = new ArrayList<>();
            for (Access entry : entries) {
                for (int place = 0; place < ((Constant) index.high()).value(); place++) {
                    further.add(at(entry, index, place));
                }
            }
            entries = further;
        }
        return entries;
    }

    private static Access at(Access entry, Index index, int place) {
        Rewrite here = Rewrite.substituting(Map.of(index, Constant.of(place)));
        List<Expr> subscripts = entry.subscripts().stream()
                .map(subscript -> Affine.of(here.apply(subscript)).toExpr())
                .toList();
        return Access.of(entry.tensor(), subscripts);
    }
}
