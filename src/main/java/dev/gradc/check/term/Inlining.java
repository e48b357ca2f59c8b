package dev.gradc.check.term;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.Given;
import dev.gradc.check.scope.LayerCalls;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Constant;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A function of tensors or a layer, in the place of a call: its body, with the parameters bound to the arguments. */
final class Inlining {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final Found<Declaration> found;
    private final Name name;
    private final Span call;

    /** The sizes of the dimensions that are names, as far as arguments have fixed them. */
    private final Map<String, Integer> dimensions = new HashMap<>();

    /** What {@code found} gives where {@code call} stands. */
    Inlining(Elaborator elaborator, Found<Declaration> found, Span call) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.found = found;
        this.name = Declarations.name(found.declaration());
        this.call = call;
    }

    /** The result for these arguments of a call in {@code context}. */
    Value result(Map<Parameter, Given> matched, Context context) {
        Declaration declaration = found.declaration();
        boolean owning =
                declaration instanceof Declaration.Layer layer && LayerCalls.ownsParameters(layer, found.home());
        if (owning && !context.owner().exists()) {
            diagnostics.error(call, name.text() + " owns parameters, so it can only be called in a network or a layer");
            return Value.INVALID;
        }
        List<Statement> statements = declaration instanceof Declaration.Layer layer
                ? layer.body()
                : ((Declaration.Function) declaration).body();
        DifferentiatedNames variables = DifferentiatedNames.of(statements);
        Owner owner = owning ? context.owner().call(name.text()) : context.owner();
        Context body = context.inlining(declaration, found.home(), owner);
        for (Parameter parameter : Declarations.parameters(declaration)) {
            Given argument = matched.containsKey(parameter)
                    ? matched.get(parameter)
                    : Given.of(elaborator.value(parameter.defaultValue().orElseThrow(), body), call);
            Value value = argument.value();
            if (value instanceof Array array) {
                if (!parameter.dimensions().isEmpty() && !bindDimensions(parameter, array, argument.span(), body)) {
                    return Value.INVALID;
                }
                String own = parameter.name().text();
                if (variables.needTensor(own, array) || !array.stored() && !array.isScalar()) {
                    value = elaborator.translation().store(array, own, "", context);
                }
            } else if (value == Value.INVALID) {
                return value;
            }
            body.scope().bind(parameter.name().text(), value);
        }
        return new Blocks(elaborator, statements).result(name, body);
    }

    /** Binds the dimension names of {@code x[n]} to what the argument has; false after a message if they do not fit. */
    private boolean bindDimensions(Parameter parameter, Array array, Span argument, Context body) {
        for (int axis = 0; axis < parameter.dimensions().size(); axis++) {
            int actual = array.shape().size(axis);
            Term dimension = parameter.dimensions().get(axis);
            if (dimension instanceof Name size && isFree(size, body)) {
                Integer known = dimensions.putIfAbsent(size.text(), actual);
                if (known != null && known != actual) {
                    diagnostics.error(
                            argument,
                            name.text() + " takes " + parameter.span().text() + " with " + size.text() + " = " + known
                                    + ", not " + Wording.shape(array),
                            "an earlier argument has fixed " + size.text());
                    return false;
                }
                body.scope().bind(size.text(), Array.scalar(Constant.of(actual)));
            } else {
                int wanted = elaborator.extents().size(dimension, body, "a dimension");
                if (wanted < 0) {
                    return false;
                }
                if (wanted != actual) {
                    diagnostics.error(
                            argument,
                            name.text() + " takes " + parameter.name().text() + shape(parameter) + ", not "
                                    + Wording.shape(array));
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether arguments say what the name of a dimension stands for: neither a constant nor a parameter does. */
    private boolean isFree(Name dimension, Context body) {
        return body.declarations().constant(dimension.text(), diagnostics).isEmpty()
                && (dimensions.containsKey(dimension.text())
                        || body.scope().find(dimension.text()).isEmpty());
    }

    private static String shape(Parameter parameter) {
        return parameter.dimensions().stream().map(term -> term.span().text()).collect(joining(",", "[", "]"));
    }
}
