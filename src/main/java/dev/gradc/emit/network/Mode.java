package dev.gradc.emit.network;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.simplify.Folding;
import java.util.List;

/** Definitions for training only, or for anything but training: the mode is known and with it the side of each selection. */
final class Mode {

    private Mode() {}

    static List<Definition> of(List<Definition> definitions, Tensor mode, boolean training) {
        Expr unknown = Access.of(mode);
        Expr known = training ? Constant.ONE : Constant.ZERO;
        Rewrite rewrite = new Rewrite(node -> node == unknown ? known : Folding.fold(node));
        return definitions.stream()
                .map(definition -> definition.withBody(rewrite.apply(definition.body())))
                .toList();
    }
}
