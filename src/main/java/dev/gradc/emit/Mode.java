package dev.gradc.emit;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import java.util.List;

/** Definitions for training only, or for anything but training: the mode is known and with it the side of each selection. */
final class Mode {

    private final Expr mode;
    private final Constant value;

    private Mode(Tensor mode, boolean training) {
        this.mode = Access.of(mode);
        value = training ? Constant.ONE : Constant.ZERO;
    }

    static List<Definition> of(List<Definition> definitions, Tensor mode, boolean training) {
        Rewrite rewrite = new Rewrite(new Mode(mode, training)::decide);
        return definitions.stream()
                .map(definition -> definition.withBody(rewrite.apply(definition.body())))
                .toList();
    }

    private Expr decide(Expr node) {
        if (node == mode) {
            return value;
        }
        if (node instanceof Select select && select.condition() instanceof Constant condition) {
            return condition.value() != 0 ? select.then() : select.otherwise();
        }
        if (node instanceof Call call && call.function() instanceof Operator operator) {
            return connected(call, operator);
        }
        return node;
    }

    /** Connections of which one operand is decided. */
    private static Expr connected(Call call, Operator operator) {
        Expr first = call.argument(0);
        if (operator == Operator.NOT && first instanceof Constant constant) {
            return constant.value() != 0 ? Constant.ZERO : Constant.ONE;
        }
        if (operator == Operator.AND || operator == Operator.OR) {
            Expr second = call.argument(1);
            boolean and = operator == Operator.AND;
            if (first instanceof Constant constant) {
                return (constant.value() != 0) == and ? second : constant;
            }
            if (second instanceof Constant constant) {
                return (constant.value() != 0) == and ? first : constant;
            }
        }
        return call;
    }
}
