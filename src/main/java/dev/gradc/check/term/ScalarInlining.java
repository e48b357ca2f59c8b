package dev.gradc.check.term;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Shape;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A function of scalars that is not a row of the table, in the place of a call: its body, and for tensors the body of each entry. */
final class ScalarInlining {

    private final Elaborator elaborator;
    private final Translation translation;
    private final Declaration.Function function;
    private final Blocks blocks;
    private final Context home;

    /** Whether the body has given something else than a scalar. */
    private boolean failed;

    ScalarInlining(Elaborator elaborator, Declaration.Function function, Context home) {
        this.elaborator = elaborator;
        this.translation = elaborator.translation();
        this.function = function;
        this.blocks = new Blocks(elaborator, function.body());
        this.home = home;
    }

    /** What a call in {@code context} gives; {@code mismatch} is run if the arguments' shapes differ. */
    Value of(List<Array> given, Span span, Context context, Runnable mismatch) {
        DifferentiatedNames variables = DifferentiatedNames.of(function.body());
        List<Array> arguments = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Array argument = given.get(i);
            String name = function.parameters().get(i).name().text();
            arguments.add(
                    variables.needTensor(name, argument) ? translation.store(argument, name, "", context) : argument);
        }
        if (arguments.stream().allMatch(Array::isScalar)) {
            // Of scalars the result may be anything: a tensor, several results.
            return body(arguments, home);
        }
        Value result = elaborator.entrywise().elementwise(arguments, all -> entry(all, home), mismatch);
        if (!(result instanceof Array array)) {
            return result;
        }
        boolean defines = translation.speculate(() -> {
            int before = translation.definitions().size();
            array.first();
            return translation.definitions().size() > before;
        });
        if (failed) {
            elaborator
                    .diagnostics()
                    .error(
                            span,
                            function.name().text() + " does not give a scalar, so it does not apply entry by entry",
                            "declare its parameters with brackets if they are tensors");
            return Value.INVALID;
        }
        return defines ? defined(arguments, array.shape(), context) : array;
    }

    /** The entries of a body that has definitions, such as sums: each of these is one for every entry. */
    private Array defined(List<Array> arguments, Shape shape, Context context) {
        List<Index> axes = shape.indices();
        List<Expr> entries = arguments.stream()
                .map(argument -> argument.isScalar() ? argument.scalar() : argument.at(axes))
                .toList();
        Expr entry = entry(entries, home.withLoops(axes));
        String name = function.name().text();
        return translation.define(axes, Shape.SCALAR, at -> entry, name, "", context);
    }

    private Expr entry(List<Expr> arguments, Context context) {
        Value value = body(arguments.stream().map(Array::scalar).toList(), context);
        if (value instanceof Array array && array.isScalar()) {
            return array.scalar();
        }
        failed = true;
        return Constant.of(Double.NaN);
    }

    private Value body(List<Array> arguments, Context context) {
        Scope scope = Scope.empty();
        List<Parameter> parameters = function.parameters();
        for (int i = 0; i < arguments.size(); i++) {
            scope.bind(parameters.get(i).name().text(), arguments.get(i));
        }
        return blocks.result(function.name(), context.within(scope));
    }
}
