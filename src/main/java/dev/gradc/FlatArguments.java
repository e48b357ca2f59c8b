package dev.gradc;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program that takes all its arguments in one array, one after the other, tensors row by row. */
final class FlatArguments {

    private FlatArguments() {}

    static Program of(Program program) {
        Map<Tensor, Integer> offsets = new LinkedHashMap<>();
        int size = 0;
        for (Tensor argument : program.arguments()) {
            offsets.put(argument, size);
            size += argument.shape().size();
        }
        Tensor all = new Tensor("x", Tensor.Role.INPUT, false, Shape.of(size));
        Rewrite rewrite = new Rewrite(node -> node instanceof Access access && offsets.containsKey(access.tensor())
                ? Access.of(all, List.of(place(access, offsets.get(access.tensor()))))
                : node);
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            definitions.add(definition.withBody(rewrite.apply(definition.body())));
        }
        return new Program(List.of(all), definitions, program.results());
    }

    private static Expr place(Access access, int offset) {
        Expr row = Constant.ZERO;
        Shape shape = access.tensor().shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Expr scaled = axis == 0 ? Constant.ZERO : Call.of(Operator.MULTIPLY, row, shape.extent(axis));
            row = sum(scaled, access.subscripts().get(axis));
        }
        return sum(row, Constant.of(offset));
    }

    private static Expr sum(Expr first, Expr second) {
        if (first instanceof Constant a && second instanceof Constant b) {
            return Constant.of(a.value() + b.value());
        }
        if (first == Constant.ZERO) {
            return second;
        }
        return second == Constant.ZERO ? first : Call.of(Operator.ADD, first, second);
    }
}
