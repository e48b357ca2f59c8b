package dev.gradc.check.term;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.Given;
import dev.gradc.check.scope.Overloads;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.check.scope.WrongArguments;
import dev.gradc.ir.Call;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies functions, layers, reductions and the built-in shape changers to arguments. */
public final class Calls {

    /** More calls in the bodies of functions are no program: each of forty functions calls the one before it twice. */
    private static final int NESTED = 1_000_000;

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final ShapeChanges shapeChanges;
    private final DerivativeTerms derivatives;

    /** How many calls in the bodies of functions have been worked out. */
    private int nested;

    Calls(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.shapeChanges = new ShapeChanges(elaborator);
        this.derivatives = new DerivativeTerms(elaborator);
    }

    Value call(Term.Call call, Context context) {
        String name = call.function().text();
        boolean declared = context.scope().find(name).isPresent()
                || !context.declarations().callables(name).isEmpty();
        if (!declared && ShapeChanges.names().contains(name)) {
            return shapeChanges.call(call, context);
        }
        if (!declared && Reductions.OVER_BATCH.contains(name)) {
            return elaborator.reductions().overBatch(call, context);
        }
        if (!declared && DifferentiatedNames.OPERATORS.contains(name)) {
            return derivatives.call(call, context);
        }
        List<Given> given = new ArrayList<>();
        boolean valid = true;
        for (Argument argument : call.arguments()) {
            Value value = elaborator.value(argument.value(), context);
            valid &= value != Value.INVALID;
            given.add(new Given(argument.name(), value, argument.value().span()));
        }
        // A wrong name is worth a message of its own even where an argument is in error.
        if (!isCallable(call.function(), context)) {
            context.declarations().unknown(call.function(), "function", knownNames(context), diagnostics);
            return Value.INVALID;
        }
        if (given.stream().anyMatch(g -> g.value() instanceof Value.Unknown)) {
            List<Found<Declaration>> candidates = context.declarations().callables(name);
            return new GuessedCall(elaborator, candidates, given)
                    .result(call.function(), all -> applyGiven(call.function(), all, call.span(), context));
        }
        return valid ? applyGiven(call.function(), given, call.span(), context) : Value.INVALID;
    }

    /** Applies the function that {@code name} stands for to arguments given by position. */
    Value apply(Name name, List<Value> arguments, Span span, Context context) {
        return applyGiven(
                name, arguments.stream().map(value -> Given.of(value, span)).toList(), span, context);
    }

    boolean isFunction(String name, Context context) {
        return !context.declarations().callables(name).isEmpty() || Reductions.isReduction(name);
    }

    /** The value of a declared constant; null if there is none of that name. */
    Value constant(Name name, Context context) {
        Value value = context.declarations().constant(name.text(), diagnostics).orElse(null);
        if (!(value instanceof Array tensor) || tensor.isScalar()) {
            return value;
        }
        // A tensor is written out where it is used, as a function without parameters would be.
        Found<Declaration.Constant> found = context.declarations()
                .find(name.text(), Declaration.Constant.class)
                .orElseThrow();
        Declaration.Constant constant = found.declaration();
        Context home = Context.of(found.home(), Scope.empty());
        return elaborator
                .translation()
                .store((Array) elaborator.value(constant.value(), home), name.text(), "", context);
    }

    public Set<String> knownNames(Context context) {
        Set<String> names = new LinkedHashSet<>(context.scope().names());
        names.addAll(context.declarations().callableNames());
        names.addAll(context.declarations().names(Declaration.Constant.class));
        names.addAll(Reductions.names());
        names.addAll(ShapeChanges.names());
        names.addAll(DifferentiatedNames.OPERATORS);
        names.addAll(Reductions.OVER_BATCH);
        return names;
    }

    private boolean isCallable(Name name, Context context) {
        return context.scope().find(name.text()).isPresent() || isFunction(name.text(), context);
    }

    private Value applyGiven(Name name, List<Given> given, Span span, Context context) {
        Optional<Value> bound = context.scope().find(name.text());
        if (bound.isPresent()) {
            if (bound.get() instanceof Value.Callable callable) {
                return callable.application()
                        .apply(given.stream().map(Given::value).toList(), span, context);
            }
            if (bound.get() instanceof Array array) {
                elaborator.translation().leaveToCalls(array.first());
                diagnostics.error(span, name.text() + " is not a function", "multiply with *: " + name.text() + "*(…)");
            }
            return Value.INVALID;
        }
        List<Found<Declaration>> candidates = context.declarations().callables(name.text());
        Found<Declaration> chosen = Overloads.choose(candidates, given);
        if (chosen != null) {
            return applyDeclared(chosen, given, span, context);
        }
        if (Reductions.isReduction(name.text())) {
            if (given.size() == 1 && given.get(0).value() instanceof Array array) {
                return elaborator.reductions().whole(name.text(), array, context);
            }
            // max and min take two or more: folded from the left, so that of equals the first counts.
            Found<Declaration> pair = given.size() > 2 ? Overloads.choose(candidates, given.subList(0, 2)) : null;
            if (pair != null) {
                Value result = given.get(0).value();
                for (Given next : given.subList(1, given.size())) {
                    result = result == Value.INVALID
                            ? result
                            : applyDeclared(pair, List.of(Given.of(result, span), next), span, context);
                }
                return result;
            }
        }
        new WrongArguments(diagnostics).report(name, candidates, given, span);
        return Value.INVALID;
    }

    private Value applyDeclared(Found<Declaration> found, List<Given> given, Span span, Context context) {
        Declaration declaration = found.declaration();
        found.home().call(declaration);
        Map<Parameter, Given> matched = Overloads.match(declaration, given).orElseThrow();
        if (!context.active().isEmpty() && ++nested >= NESTED) {
            if (nested == NESTED) {
                diagnostics.error(
                        span,
                        "with all that it calls this takes more than " + NESTED + " calls",
                        "work out once what is called again and again, under a name: y = g(x)");
            }
            return Value.INVALID;
        }
        if (context.active().contains(declaration)) {
            recursion(
                    context.active()
                            .subList(
                                    context.active().indexOf(declaration),
                                    context.active().size()),
                    span);
            return Value.INVALID;
        }
        List<Parameter> parameters = Declarations.parameters(declaration);
        boolean scalars = parameters.stream().allMatch(p -> p.dimensions().isEmpty())
                && matched.values().stream().allMatch(g -> g.value() instanceof Array);
        boolean isRow = declaration instanceof Declaration.Native
                || declaration instanceof Declaration.Function function
                        && !function.derivative().isEmpty();
        boolean perEntry = isRow || scalars && declaration instanceof Declaration.Function;
        return diagnostics.placing(
                complaint -> placed(complaint, found, span),
                () -> perEntry
                        ? entryByEntry(found, matched, isRow, span, context)
                        : new Inlining(elaborator, found, span).result(matched, context));
    }

    /** What is wrong in the library is said of the call; what is wrong in another file of the user's names it. */
    private static Diagnostic placed(Diagnostic complaint, Found<Declaration> found, Span call) {
        Name name = Declarations.name(found.declaration());
        Declarations home = found.home();
        if (home.isLibraryWith(name.span())) {
            return home.isLibraryWith(complaint.focus()) && !home.isLibraryWith(call)
                    ? complaint.calledAt(call, name.text())
                    : complaint;
        }
        SourceFile file = name.span().file();
        return complaint.focus().file().equals(file) && !call.file().equals(file)
                ? complaint.calledFrom(call)
                : complaint;
    }

    /** Complains about functions that call each other in a circle: once, wherever the circle was entered. */
    private void recursion(List<Declaration> circle, Span call) {
        List<Name> names = circle.stream()
                .map(Declarations::name)
                .sorted(Comparator.comparing(name -> name.span().start()))
                .toList();
        String others = names.stream().skip(1).map(Name::text).collect(joining(", "));
        diagnostics.error(
                names.size() == 1 ? call : names.get(0).span(),
                names.get(0).text() + " calls itself" + (others.isEmpty() ? "" : " by way of " + others),
                "functions are put in the place of their calls; write a loop as a sum or a recurrence");
    }

    /** A scalar function: a row of the table stays a call, any other is expanded. */
    private Value entryByEntry(
            Found<Declaration> found, Map<Parameter, Given> matched, boolean isRow, Span span, Context context) {
        Context home = context.inlining(found.declaration(), found.home(), context.owner());
        List<Parameter> parameters = Declarations.parameters(found.declaration());
        List<Array> arguments = new ArrayList<>();
        Scope defaults = Scope.empty();
        for (Parameter parameter : parameters) {
            Given argument = matched.get(parameter);
            Value value = argument != null
                    ? argument.value()
                    : elaborator.value(parameter.defaultValue().orElseThrow(), home.within(defaults));
            if (!(value instanceof Array array)) {
                return elaborator.notANumber(parameter.defaultValue().orElse(parameter.name()), value);
            }
            defaults.bind(parameter.name().text(), array);
            arguments.add(array);
        }
        Runnable mismatch = () -> diagnostics.error(
                span,
                "shapes differ: "
                        + matched.values().stream()
                                .map(given -> described(given, span))
                                .collect(joining(", ")),
                "a scalar function takes equal shapes, or scalars with anything");
        if (isRow) {
            TableFunction row = found.home().row(found.declaration());
            return elaborator.entrywise().elementwise(arguments, all -> Call.of(row, all), mismatch);
        }
        return new ScalarInlining(elaborator, (Declaration.Function) found.declaration(), home)
                .of(arguments, span, context, mismatch);
    }

    private static String described(Given given, Span call) {
        Array array = (Array) given.value();
        // What another function passes on has no text of its own.
        return given.span().equals(call) ? Wording.shape(array) : given.span().text() + " is " + Wording.shape(array);
    }
}
