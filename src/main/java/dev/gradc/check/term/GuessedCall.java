package dev.gradc.check.term;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Given;
import dev.gradc.check.scope.Guess;
import dev.gradc.check.scope.Overloads;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A call some of whose arguments have no known shape: what it gives is known if it has the same shape whatever theirs is. */
final class GuessedCall {

    /** Two sizes for what is not known; heads, groups and pieces go into them. */
    private static final List<Expr> TRIED = List.of(Constant.of(24), Constant.of(48));

    private final Elaborator elaborator;
    private final List<Found<Declaration>> candidates;
    private final List<Given> given;

    /** A call of one of the {@code candidates}, or of a reduction. */
    GuessedCall(Elaborator elaborator, List<Found<Declaration>> candidates, List<Given> given) {
        this.elaborator = elaborator;
        this.candidates = candidates;
        this.given = given;
    }

    /** What the call of {@code function} gives, where {@code application} tells it for arguments of known shapes. */
    Value result(Name function, Function<List<Given>, Value> application) {
        List<Value> results = new ArrayList<>();
        for (Expr size : TRIED) {
            arguments(size).ifPresent(arguments -> results.add(application.apply(arguments)));
        }
        if (results.size() == TRIED.size()
                && results.stream().map(Guess::shapes).distinct().count() == 1) {
            return results.get(0);
        }
        return Reductions.isReduction(function.text()) && given.size() == 1
                ? Guess.of(Shape.SCALAR)
                : Guess.elementwise(given.stream().map(Given::value).toList());
    }

    /** Arguments whose unknown ones have the ranks of their parameters, and the sizes that others tell, or else {@code size}. */
    private Optional<List<Given>> arguments(Expr size) {
        for (Found<Declaration> candidate : candidates) {
            Optional<Map<Parameter, Given>> matched = Overloads.match(candidate.declaration(), given);
            if (matched.isPresent() && fits(matched.get())) {
                Map<String, Expr> sizes = sizes(matched.get());
                return Optional.of(matched.get().entrySet().stream()
                        .map(entry -> guessed(entry.getKey(), entry.getValue(), sizes, size, candidate.home()))
                        .toList());
            }
        }
        return Optional.empty();
    }

    /** Whether the known arguments have the ranks of their parameters: a function of scalars would apply to unknown tensors, too. */
    private static boolean fits(Map<Parameter, Given> matched) {
        boolean takesTensors = matched.keySet().stream()
                .anyMatch(parameter -> !parameter.dimensions().isEmpty());
        return takesTensors
                && matched.entrySet().stream().allMatch(entry -> {
                    int rank = entry.getKey().dimensions().size();
                    Value value = entry.getValue().value();
                    return value instanceof Value.Unknown
                            || value instanceof Array array && array.shape().rank() == rank;
                });
    }

    /** What the known arguments tell of the dimensions that are names. */
    private static Map<String, Expr> sizes(Map<Parameter, Given> matched) {
        Map<String, Expr> sizes = new HashMap<>();
        matched.forEach((parameter, argument) -> {
            for (int axis = 0; axis < parameter.dimensions().size(); axis++) {
                if (parameter.dimensions().get(axis) instanceof Name dimension
                        && argument.value() instanceof Array array) {
                    sizes.putIfAbsent(dimension.text(), array.shape().extent(axis));
                }
            }
        });
        return sizes;
    }

    /** {@code argument}; an unknown one with the shape of its parameter, with these {@code sizes} and otherwise {@code size}. */
    private Given guessed(Parameter parameter, Given argument, Map<String, Expr> sizes, Expr size, Declarations home) {
        if (!(argument.value() instanceof Value.Unknown)) {
            return argument;
        }
        Scope scope = Scope.empty();
        for (Term dimension : parameter.dimensions()) {
            FreeNames.of(dimension).stream()
                    .filter(name ->
                            home.constant(name, elaborator.diagnostics()).isEmpty())
                    .forEach(name -> scope.bind(name, Array.scalar(sizes.getOrDefault(name, size))));
        }
        Shape shape = elaborator.extents().shape(parameter.dimensions(), Context.of(home, scope));
        return new Given(argument.name(), shape == null ? Value.INVALID : Guess.of(shape), argument.span());
    }
}
