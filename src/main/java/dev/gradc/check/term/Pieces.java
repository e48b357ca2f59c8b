package dev.gradc.check.term;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tensors that are put together from several: each piece is a definition that fills its part. */
final class Pieces {

    private final Elaborator elaborator;

    Pieces(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    /** The entries one after the other along a new first axis. */
    Array stack(List<Array> entries, Context context) {
        List<Array> rows = entries.stream()
                .map(entry -> new Array(
                        entry.shape().within(Constant.ONE), at -> entry.at(at.subList(1, at.size())), entry.stored()))
                .toList();
        return concatenate(rows, 0, "stack", context);
    }

    /** The pieces, which have equal extents along all other axes, one after the other along {@code axis}. */
    Array concatenate(List<Array> pieces, int axis, String name, Context context) {
        int total = 0;
        for (Array piece : pieces) {
            total += piece.shape().size(axis);
        }
        List<Expr> extents = new ArrayList<>(pieces.get(0).shape().extents());
        extents.set(axis, Constant.of(total));
        return fill(new Shape(extents), pieces, axis, 0, name, context);
    }

    /** A tensor of {@code shape}, 0 but for the pieces, the first of which starts at {@code offset} along {@code axis}. */
    Array fill(Shape shape, List<Array> pieces, int axis, int offset, String name, Context context) {
        Translation translation = elaborator.translation();
        Set<Index> used = new LinkedHashSet<>();
        List<List<Index>> loops = new ArrayList<>();
        List<Expr> bodies = new ArrayList<>();
        for (Array piece : pieces) {
            List<Index> own = piece.shape().indices();
            Expr body = translation.guard(piece.at(own), Combine.ASSIGN, context);
            loops.add(own);
            bodies.add(body);
            used.addAll(translation.free(body, List.of(), context));
        }
        List<Index> free = context.loops().stream().filter(used::contains).toList();
        List<Expr> extents = new ArrayList<>();
        free.forEach(loop -> extents.add(Translation.extent(loop)));
        extents.addAll(shape.extents());
        Tensor target = Tensor.derived(translation.fresh(name, context), new Shape(extents));
        int start = offset;
        for (int p = 0; p < pieces.size(); p++) {
            List<Index> own = loops.get(p);
            List<Expr> subscripts = new ArrayList<>(free);
            List<Index> all = new ArrayList<>(free);
            int size = pieces.get(p).shape().size(axis);
            for (int k = 0; k < own.size(); k++) {
                boolean single = k == axis && size == 1;
                Expr index = single ? Constant.ZERO : own.get(k);
                if (!single) {
                    all.add(own.get(k));
                }
                subscripts.add(k == axis && start > 0 ? shifted(index, start) : index);
            }
            Expr body = size == 1
                    ? Rewrite.substituting(Map.of(own.get(axis), Constant.ZERO)).apply(bodies.get(p))
                    : bodies.get(p);
            translation.add(new Definition(target, subscripts, Combine.ASSIGN, all, body, ""));
            start += size;
        }
        return Array.of(target, free);
    }

    private static Expr shifted(Expr index, int offset) {
        return index == Constant.ZERO ? Constant.of(offset) : Call.of(Operator.ADD, index, Constant.of(offset));
    }
}
