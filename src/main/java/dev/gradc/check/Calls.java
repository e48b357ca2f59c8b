package dev.gradc.check;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.Declarations.Found;
import dev.gradc.check.Value.Array;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies functions, layers, reductions and the built-in shape changers to arguments. */
final class Calls {

    /** More calls in the bodies of functions are no program: each of forty functions calls the one before it twice. */
    private static final int NESTED = 1_000_000;

    /** Two sizes for what is not known; heads, groups and pieces go into them. */
    private static final List<Expr> TRIED = List.of(Constant.of(24), Constant.of(48));

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final Structure structure;
    private final DerivativeTerms derivatives;

    /** How many calls in the bodies of functions have been worked out. */
    private int nested;

    Calls(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.structure = new Structure(elaborator);
        this.derivatives = new DerivativeTerms(elaborator);
    }

    /** An argument that has been worked out. */
    record Given(Optional<Name> name, Value value, Span span) {}

    Value call(Term.Call call, Context context) {
        String name = call.function().text();
        boolean declared = context.scope().find(name).isPresent()
                || !context.declarations().callables(name).isEmpty();
        if (!declared && structure.isStructural(name)) {
            return structure.call(call, context);
        }
        if (!declared && Reductions.OVER_BATCH.contains(name)) {
            return overBatch(call, context);
        }
        if (!declared && DerivativeTerms.names().contains(name)) {
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
            diagnostics.report(Names.unknown(call.function(), "function", knownNames(context)));
            return Value.INVALID;
        }
        if (given.stream().anyMatch(g -> g.value() instanceof Value.Unknown)) {
            return guess(call, given, context);
        }
        return valid ? applyGiven(call.function(), given, call.span(), context) : Value.INVALID;
    }

    /** What a call gives some of whose arguments have no known shape: of the shape that it has whatever theirs is. */
    private Value guess(Term.Call call, List<Given> given, Context context) {
        List<Value> results = new ArrayList<>();
        for (Expr size : TRIED) {
            guessed(call.function(), given, size, context)
                    .ifPresent(all -> results.add(applyGiven(call.function(), all, call.span(), context)));
        }
        if (results.size() == TRIED.size()
                && results.stream().map(Guess::shapes).distinct().count() == 1) {
            return results.get(0);
        }
        return Reductions.isReduction(call.function().text()) && given.size() == 1
                ? Guess.of(Shape.SCALAR)
                : Guess.elementwise(given.stream().map(Given::value).toList());
    }

    /** Arguments whose unknown ones have the ranks of their parameters, and the sizes that others tell, or else {@code size}. */
    private Optional<List<Given>> guessed(Name name, List<Given> given, Expr size, Context context) {
        for (Found<Declaration> candidate : context.declarations().callables(name.text())) {
            Optional<Map<Parameter, Given>> matched = match(candidate.declaration(), given);
            if (matched.isEmpty()) {
                continue;
            }
            Map<String, Expr> dimensions = new HashMap<>();
            boolean fits = true;
            for (Map.Entry<Parameter, Given> entry : matched.get().entrySet()) {
                List<Term> declared = entry.getKey().dimensions();
                fits &= entry.getValue().value() instanceof Value.Unknown
                        ? !declared.isEmpty()
                        : entry.getValue().value() instanceof Array array
                                && array.shape().rank() == declared.size();
                for (int axis = 0; fits && axis < declared.size(); axis++) {
                    if (declared.get(axis) instanceof Name dimension
                            && entry.getValue().value() instanceof Array array) {
                        dimensions.putIfAbsent(dimension.text(), array.shape().extent(axis));
                    }
                }
            }
            if (fits) {
                Map<Given, Parameter> parameters = new HashMap<>();
                matched.get().forEach((parameter, argument) -> parameters.put(argument, parameter));
                return Optional.of(given.stream()
                        .map(argument -> argument.value() instanceof Value.Unknown
                                ? guessed(argument, parameters.get(argument), dimensions, size, candidate.home())
                                : argument)
                        .toList());
            }
        }
        return Optional.empty();
    }

    /** An argument of the shape of its parameter, with these {@code dimensions} and otherwise {@code size}. */
    private Given guessed(
            Given argument, Parameter parameter, Map<String, Expr> dimensions, Expr size, Declarations home) {
        Scope scope = Scope.empty();
        for (Term dimension : parameter.dimensions()) {
            FreeNames.of(dimension).stream()
                    .filter(name -> home.constant(name, diagnostics).isEmpty())
                    .forEach(name -> scope.bind(name, Array.scalar(dimensions.getOrDefault(name, size))));
        }
        Shape shape = Networks.shape(elaborator, parameter.dimensions(), Context.of(home, scope));
        return new Given(argument.name(), shape == null ? Value.INVALID : Guess.of(shape), argument.span());
    }

    private Value overBatch(Term.Call call, Context context) {
        String name = call.function().text();
        if (!context.owner().exists()) {
            diagnostics.error(call.span(), name + " reaches across a batch, which only a network has");
            return Value.INVALID;
        }
        if (call.arguments().size() != 1) {
            diagnostics.error(
                    call.span(),
                    name + " takes 1 tensor, not " + call.arguments().size() + " arguments");
            return Value.INVALID;
        }
        Term term = call.arguments().get(0).value();
        Value value = elaborator.value(term, context);
        return value instanceof Array array
                ? elaborator.reductions().overBatch(name, array, context)
                : elaborator.notANumber(term, value);
    }

    /** Applies the function that {@code name} stands for to arguments given by position. */
    Value apply(Name name, List<Value> arguments, Span span, Context context) {
        return applyGiven(
                name,
                arguments.stream()
                        .map(value -> new Given(Optional.empty(), value, span))
                        .toList(),
                span,
                context);
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

    Set<String> knownNames(Context context) {
        Set<String> names = new LinkedHashSet<>(context.scope().names());
        names.addAll(context.declarations().callableNames());
        names.addAll(context.declarations().names(Declaration.Constant.class));
        names.addAll(Reductions.names());
        names.addAll(structure.names());
        names.addAll(DerivativeTerms.names());
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
        Found<Declaration> chosen = choose(candidates, given);
        if (chosen != null) {
            return applyDeclared(chosen, given, span, context);
        }
        if (Reductions.isReduction(name.text())) {
            if (given.size() == 1 && given.get(0).value() instanceof Array array) {
                return elaborator.reductions().whole(name.text(), array, context);
            }
            // max and min take two or more: folded from the left, so that of equals the first counts.
            Found<Declaration> pair = given.size() > 2 ? choose(candidates, given.subList(0, 2)) : null;
            if (pair != null) {
                Value result = given.get(0).value();
                for (Given next : given.subList(1, given.size())) {
                    Given left = new Given(Optional.empty(), result, span);
                    result = result == Value.INVALID ? result : applyDeclared(pair, List.of(left, next), span, context);
                }
                return result;
            }
        }
        wrongArguments(name, candidates, given, span);
        return Value.INVALID;
    }

    private void wrongArguments(Name name, List<Found<Declaration>> candidates, List<Given> given, Span span) {
        if (candidates.isEmpty()) {
            diagnostics.error(span, name.text() + " takes 1 tensor, not " + given.size() + " arguments");
            return;
        }
        List<Parameter> parameters = Declarations.parameters(candidates.get(0).declaration());
        for (Given argument : given) {
            if (argument.name().isPresent()
                    && parameters.stream()
                            .noneMatch(p ->
                                    p.name().text().equals(argument.name().get().text()))) {
                diagnostics.report(Names.unknownParameter(
                        argument.name().get(),
                        name.text(),
                        parameters.stream().map(p -> p.name().text()).toList()));
                return;
            }
        }
        String signature = signature(name.text(), parameters);
        Optional<Given> again = givenTwice(parameters, given);
        if (again.isPresent()) {
            Name twice = again.get().name().orElseThrow();
            diagnostics.error(twice.span(), twice.text() + " is given twice", "it is " + signature);
            return;
        }
        long required =
                parameters.stream().filter(p -> p.defaultValue().isEmpty()).count();
        if (given.size() < required || given.size() > parameters.size()) {
            String count = required == parameters.size() ? "" + required : required + " to " + parameters.size();
            diagnostics.error(
                    span,
                    name.text() + " takes " + count + (count.equals("1") ? " argument" : " arguments") + ", not "
                            + given.size(),
                    "it is " + signature);
        } else if (candidates.size() > 1 || !wrongRank(name.text(), parameters, given)) {
            diagnostics.error(span, "the arguments do not fit " + signature, shapes(given));
        }
    }

    /** An argument with the name of a parameter that another one has taken. */
    private static Optional<Given> givenTwice(List<Parameter> parameters, List<Given> given) {
        Set<String> taken = new HashSet<>();
        int position = 0;
        for (Given argument : given) {
            boolean named = argument.name().isPresent();
            if (!named && position == parameters.size()) {
                return Optional.empty();
            }
            String parameter = named
                    ? argument.name().get().text()
                    : parameters.get(position++).name().text();
            if (!taken.add(parameter) && named) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    /** Says which of the arguments given by position has too many or too few axes; false if none has. */
    private boolean wrongRank(String function, List<Parameter> parameters, List<Given> given) {
        for (int i = 0; i < given.size() && given.get(i).name().isEmpty(); i++) {
            if (given.get(i).value() instanceof Array array
                    && array.shape().rank() != parameters.get(i).dimensions().size()) {
                diagnostics.error(
                        given.get(i).span(),
                        function + " takes " + parameters.get(i).span().text() + ", not "
                                + Elaborator.shapeText(array));
                return true;
            }
        }
        return false;
    }

    private static String shapes(List<Given> given) {
        List<String> texts = new ArrayList<>();
        for (Given argument : given) {
            texts.add(argument.value() instanceof Array array ? Elaborator.shapeText(array) : "a function");
        }
        return "given: " + String.join(", ", texts);
    }

    private static String described(Given given, Span call) {
        Array array = (Array) given.value();
        // What another function passes on has no text of its own.
        return given.span().equals(call)
                ? Elaborator.shapeText(array)
                : given.span().text() + " is " + Elaborator.shapeText(array);
    }

    private static String signature(String name, List<Parameter> parameters) {
        return name + parameters.stream().map(p -> p.span().text()).collect(joining(", ", "(", ")"));
    }

    /** The first declaration whose ranks fit exactly, else the first that applies entry by entry; null if none takes them. */
    private static Found<Declaration> choose(List<Found<Declaration>> candidates, List<Given> given) {
        Found<Declaration> entryByEntry = null;
        for (Found<Declaration> candidate : candidates) {
            Optional<Map<Parameter, Given>> matched = match(candidate.declaration(), given);
            if (matched.isEmpty()) {
                continue;
            }
            boolean exact = true;
            boolean possible = true;
            boolean layer = candidate.declaration() instanceof Declaration.Layer;
            boolean scalars = Declarations.parameters(candidate.declaration()).stream()
                    .allMatch(p -> p.dimensions().isEmpty());
            for (Map.Entry<Parameter, Given> entry : matched.get().entrySet()) {
                int rank = entry.getKey().dimensions().size();
                if (entry.getValue().value() instanceof Array array) {
                    boolean integer = entry.getKey().integerRange().isPresent();
                    boolean fits = array.shape().rank() == rank && (!integer || isInteger(array));
                    exact &= fits || layer && rank == 0;
                    possible &= fits || rank == 0 && (layer || scalars) && !integer;
                } else {
                    possible &= rank == 0 && !(candidate.declaration() instanceof Declaration.Native);
                }
            }
            if (possible && exact) {
                return candidate;
            }
            if (possible && entryByEntry == null) {
                entryByEntry = candidate;
            }
        }
        return entryByEntry;
    }

    private static boolean isInteger(Array array) {
        return Subscripts.isInteger(array.first());
    }

    /** Brings parameters and arguments together by position and name; empty if they do not fit. */
    private static Optional<Map<Parameter, Given>> match(Declaration declaration, List<Given> given) {
        List<Parameter> parameters = Declarations.parameters(declaration);
        Map<Parameter, Given> matched = new LinkedHashMap<>();
        int position = 0;
        for (Given argument : given) {
            Optional<Parameter> parameter = argument.name().isPresent()
                    ? parameters.stream()
                            .filter(p ->
                                    p.name().text().equals(argument.name().get().text()))
                            .findFirst()
                    : position < parameters.size() ? Optional.of(parameters.get(position++)) : Optional.empty();
            if (parameter.isEmpty() || matched.put(parameter.get(), argument) != null) {
                return Optional.empty();
            }
        }
        boolean complete = parameters.stream()
                .allMatch(p -> matched.containsKey(p) || p.defaultValue().isPresent());
        return complete ? Optional.of(matched) : Optional.empty();
    }

    private Value applyDeclared(Found<Declaration> found, List<Given> given, Span span, Context context) {
        Declaration declaration = found.declaration();
        found.home().call(declaration);
        Map<Parameter, Given> matched = match(declaration, given).orElseThrow();
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
        Context home = context.inlining(declaration, found.home(), context.owner());
        boolean isRow = declaration instanceof Declaration.Native
                || declaration instanceof Declaration.Function function
                        && !function.derivative().isEmpty();
        boolean perEntry = isRow || scalars && declaration instanceof Declaration.Function;
        return diagnostics.placing(
                complaint -> placed(complaint, found, span),
                () -> perEntry
                        ? entryByEntry(found, matched, isRow, span, context, home)
                        : inline(found, matched, span, context, home));
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
            Found<Declaration> found,
            Map<Parameter, Given> matched,
            boolean isRow,
            Span span,
            Context context,
            Context home) {
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
            return elaborator.elementwise(arguments, all -> Call.of(row, all), mismatch);
        }
        return new Expansion(elaborator, (Declaration.Function) found.declaration(), home)
                .of(arguments, span, context, mismatch);
    }

    /** A function of tensors or a layer: its body, with the parameters bound to the arguments. */
    private Value inline(
            Found<Declaration> found, Map<Parameter, Given> matched, Span span, Context context, Context home) {
        Declaration declaration = found.declaration();
        String name = Declarations.name(declaration).text();
        boolean owning = declaration instanceof Declaration.Layer layer && Layers.ownsParameters(layer, found.home());
        if (owning && !context.owner().exists()) {
            diagnostics.error(span, name + " owns parameters, so it can only be called in a network or a layer");
            return Value.INVALID;
        }
        List<Statement> statements = declaration instanceof Declaration.Layer layer
                ? layer.body()
                : ((Declaration.Function) declaration).body();
        Variables variables = Variables.of(statements);
        Scope scope = Scope.empty();
        Context body = home.within(scope).withOwner(owning ? context.owner().call(name) : context.owner());
        Map<String, Integer> dimensions = new LinkedHashMap<>();
        for (Parameter parameter : Declarations.parameters(declaration)) {
            Given argument = matched.get(parameter);
            Value value = argument == null
                    ? elaborator.value(parameter.defaultValue().orElseThrow(), body)
                    : argument.value();
            if (value instanceof Array array) {
                if (!parameter.dimensions().isEmpty()
                        && !bindDimensions(parameter, array, dimensions, scope, name, argument, span, body)) {
                    return Value.INVALID;
                }
                String own = parameter.name().text();
                if (variables.needTensor(own, array) || !array.stored() && !array.isScalar()) {
                    value = elaborator.translation().store(array, own, "", context);
                }
            } else if (value == Value.INVALID) {
                return value;
            }
            scope.bind(parameter.name().text(), value);
        }
        return new Blocks(elaborator, statements).result(Declarations.name(declaration), body);
    }

    /** Binds the dimension names of {@code x[n]} to what the argument has; false after a message if they do not fit. */
    private boolean bindDimensions(
            Parameter parameter,
            Array array,
            Map<String, Integer> dimensions,
            Scope scope,
            String function,
            Given argument,
            Span span,
            Context body) {
        Span place = argument == null ? span : argument.span();
        for (int axis = 0; axis < parameter.dimensions().size(); axis++) {
            int actual = array.shape().size(axis);
            Term dimension = parameter.dimensions().get(axis);
            if (dimension instanceof Name name
                    && body.declarations().constant(name.text(), diagnostics).isEmpty()
                    && (dimensions.containsKey(name.text())
                            || body.scope().find(name.text()).isEmpty())) {
                Integer known = dimensions.putIfAbsent(name.text(), actual);
                if (known != null && known != actual) {
                    diagnostics.error(
                            place,
                            function + " takes " + parameter.span().text() + " with " + name.text() + " = " + known
                                    + ", not " + Elaborator.shapeText(array),
                            "an earlier argument has fixed " + name.text());
                    return false;
                }
                scope.bind(name.text(), Array.scalar(Constant.of(actual)));
            } else {
                int wanted = elaborator.size(dimension, body, "a dimension");
                if (wanted < 0) {
                    return false;
                }
                if (wanted != actual) {
                    diagnostics.error(
                            place,
                            function + " takes " + parameter.name().text() + shape(parameter, body) + ", not "
                                    + Elaborator.shapeText(array));
                    return false;
                }
            }
        }
        return true;
    }

    private static String shape(Parameter parameter, Context body) {
        return parameter.dimensions().stream().map(term -> term.span().text()).collect(joining(",", "[", "]"));
    }
}
