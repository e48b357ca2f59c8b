package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the values that {@link Placement} has placed between the statements that use them. */
final class PlacedCode {

    private final Map<Expr, Local> hints;
    private final Map<Expr, Access> elements;
    private final Map<Code, Scope> scopes;

    /**
     * @param hints the variables that values get if they get one
     * @param elements the elements that take values
     * @param scopes the blocks of loops and conditions
     */
    PlacedCode(Map<Expr, Local> hints, Map<Expr, Access> elements, Map<Code, Scope> scopes) {
        this.hints = hints;
        this.elements = elements;
        this.scopes = scopes;
    }

    /** {@code code}, which stands in {@code scope}. */
    List<Code> of(List<Code> code, Scope scope) {
        List<Code> result = new ArrayList<>();
        for (int position = 0; position < code.size(); position++) {
            result.addAll(lets(scope, position));
            Code item = code.get(position);
            if (item instanceof Code.Loop loop) {
                result.add(loop.around(of(loop.body(), scopes.get(item))));
            } else if (item instanceof Code.When when) {
                result.add(new Code.When(when.condition(), of(when.body(), scopes.get(item))));
            } else {
                result.add(item);
            }
        }
        return result;
    }

    private List<Code> lets(Scope scope, int position) {
        return scope.before(position).stream().map(value -> let(value, scope)).toList();
    }

    private Code let(Value value, Scope scope) {
        Expr node = value.node;
        Local local = hints.get(node);
        if (local == null) {
            local = scope.repeated && value.isMask()
                    ? new Local("mask", Local.Type.MASK, List.of())
                    : new Local(Hints.of(value, Optional.ofNullable(elements.get(node))), Types.of(node), List.of());
        }
        value.local = local;
        if (!value.hasBlocks(scope)) {
            return new Code.Let(local, node);
        }
        Value.Sides sides = value.sides(scope);
        if (node instanceof Select select) {
            return new Code.Choose(
                    local,
                    node,
                    select.condition(),
                    branch(sides.then(), select.then()),
                    branch(sides.otherwise(), select.otherwise()));
        }
        Call call = (Call) node;
        Code.Branch second = branch(sides.then(), call.argument(1));
        return call.function() == Operator.AND
                ? new Code.Choose(local, node, call.argument(0), second, new Code.Branch(List.of(), Constant.ZERO))
                : new Code.Choose(local, node, call.argument(0), new Code.Branch(List.of(), Constant.ONE), second);
    }

    private Code.Branch branch(Scope scope, Expr value) {
        return new Code.Branch(lets(scope, 0), value);
    }
}
