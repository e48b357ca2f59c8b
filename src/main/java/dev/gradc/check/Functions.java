package dev.gradc.check;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.NotFound;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.check.term.Blocks;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Derive;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands a function that is compiled to a method: one whose dimensions are all known. */
final class Functions {

    /** What the parameters may take of the 255 slots of a method; the rest is for results, and for what its parts hand on. */
    static final int SLOTS = 200;

    private final Declarations declarations;
    private final Diagnostics diagnostics;
    private final Map<String, Shape> given;
    private final Map<String, Integer> sizes;

    /**
     * @param given the shapes of arguments, by the names of their parameters: they fix dimensions that are names
     * @param sizes the values of arguments that are sizes, by the names of their parameters
     */
    Functions(
            Declarations declarations, Diagnostics diagnostics, Map<String, Shape> given, Map<String, Integer> sizes) {
        this.declarations = declarations;
        this.diagnostics = diagnostics;
        this.given = given;
        this.sizes = sizes;
    }

    /**
     * What became of a function.
     *
     * @param unit its program; empty if it is generic or in error
     * @param diagnostics what there is to say about it
     * @param leftToCalls the parameters that stand where an integer or a function must: an error, but calls may still give them one
     */
    record Outcome(Optional<FunctionUnit> unit, List<Diagnostic> diagnostics, Set<String> leftToCalls) {

        /** Whether its callers fix its dimensions. */
        boolean isGeneric() {
            return unit.isEmpty() && diagnostics.isEmpty();
        }
    }

    Outcome check(Declaration.Function function) {
        Translation translation = new Translation(diagnostics);
        Optional<FunctionUnit> unit = check(function, translation);
        return new Outcome(unit, diagnostics.list(), translation.leftToCalls());
    }

    private Optional<FunctionUnit> check(Declaration.Function function, Translation translation) {
        TableRows.check(function, declarations, diagnostics);
        Elaborator elaborator = new Elaborator(translation);
        Scope scope = Scope.empty();
        Context context = Context.of(declarations, scope);
        function.parameters().forEach(parameter -> fixDimensions(parameter, context));
        if (isGeneric(function, context)) {
            return Optional.empty();
        }
        translation.reserve(Blocks.declared(function.body()));
        translation.reserve(
                function.parameters().stream().map(p -> p.name().text()).toList());
        List<Tensor> arguments = new ArrayList<>();
        for (Parameter parameter : function.parameters()) {
            String name = parameter.name().text();
            if (scope.declaresHere(name)) {
                diagnostics.error(parameter.name().span(), name + " is declared twice");
                continue;
            }
            Shape shape = elaborator.extents().shape(parameter.dimensions(), context);
            Optional<Expr> limit = parameter
                    .integerRange()
                    .map(term -> Constant.of(elaborator.extents().size(term, context, "the range of an integer")));
            if (shape == null) {
                scope.bind(name, Value.INVALID);
                continue;
            }
            String fresh = translation.fresh(name);
            Integer size = sizes.get(name);
            if (size != null) {
                arguments.add(Tensor.integers(fresh, Tensor.Role.INPUT, Constant.of(size + 1L), shape));
                scope.bind(name, Array.scalar(Constant.of(size)));
                continue;
            }
            Tensor tensor = limit.map(l -> Tensor.integers(fresh, Tensor.Role.INPUT, l, shape))
                    .orElseGet(() -> new Tensor(fresh, Tensor.Role.INPUT, false, shape));
            arguments.add(tensor);
            scope.bind(name, Array.of(tensor, List.of()));
        }
        Value value = byRule(function, arguments)
                .orElseGet(() -> new Blocks(elaborator, function.body()).result(function.name(), context));
        List<Value> values = value instanceof Value.Several several ? several.values() : List.of(value);
        List<Tensor> results = new ArrayList<>();
        for (Value result : values) {
            if (result instanceof Array array) {
                Array stored = translation.store(array, "value", "", context);
                results.add(translation
                        .definitions()
                        .get(translation.definitions().size() - 1)
                        .target());
                if (stored.shape().rank() != array.shape().rank()) {
                    throw new IllegalStateException("a result of " + function.name() + " depends on an index");
                }
            } else if (result != Value.INVALID) {
                diagnostics.error(function.name().span(), function.name().text() + " must give a number or a tensor");
            }
        }
        if (diagnostics.hasErrors() || values.contains(Value.INVALID)) {
            return Optional.empty();
        }
        Program program = new Program(arguments, translation.definitions(), results);
        List<Request> requests = new ArrayList<>();
        for (Derive derive : function.derives()) {
            requests.addAll(requests(derive, program, elaborator, context));
        }
        if (slots(arguments, requests) > SLOTS) {
            diagnostics.error(
                    function.name().span(),
                    "too many parameters: a method in Java takes at most " + SLOTS / 2 + " numbers, tangents included",
                    "make them the entries of a tensor, as in f(x[" + arguments.size() + "])");
            return Optional.empty();
        }
        return Optional.of(new FunctionUnit(
                function.name().text(),
                function.documentation(),
                function.span().text(),
                program,
                requests));
    }

    /** How many of the 255 slots that a method has for parameters are taken: two by a number, one by an array. */
    private static int slots(List<Tensor> arguments, List<Request> requests) {
        int tangents = requests.stream()
                .filter(request -> request.kind() == Kind.JVP || request.kind() == Kind.HVP)
                .mapToInt(request -> slots(request.wrt()))
                .max()
                .orElse(0);
        return slots(arguments) + tangents;
    }

    private static int slots(List<Tensor> tensors) {
        return tensors.stream()
                .mapToInt(tensor -> tensor.rank() == 0 && !tensor.isInteger() ? 2 : 1)
                .sum();
    }

    /** A function that is differentiated by a rule of its own is a call of its row in the table. */
    private Optional<Value> byRule(Declaration.Function function, List<Tensor> arguments) {
        if (function.derivative().isEmpty() || function.derives().isEmpty() || diagnostics.hasErrors()) {
            return Optional.empty();
        }
        List<Access> elements =
                arguments.stream().map(argument -> Access.of(argument)).toList();
        return Optional.of(Array.scalar(Call.of(declarations.row(function), elements)));
    }

    /** Binds the names among the dimensions to what the argument has. */
    private void fixDimensions(Parameter parameter, Context context) {
        Shape shape = given.get(parameter.name().text());
        if (shape != null && shape.rank() == parameter.dimensions().size()) {
            for (int axis = 0; axis < shape.rank(); axis++) {
                if (parameter.dimensions().get(axis) instanceof Name name && isOpen(name, context)) {
                    context.scope().bind(name.text(), Array.scalar(shape.extent(axis)));
                }
            }
        }
    }

    /** Whether a dimension is a name that nothing fixes, or a parameter must be a function. */
    private boolean isGeneric(Declaration.Function function, Context context) {
        return function.parameters().stream()
                .flatMap(parameter -> parameter.dimensions().stream())
                .anyMatch(dimension -> dimension instanceof Name name && isOpen(name, context));
    }

    private boolean isOpen(Name dimension, Context context) {
        return context.declarations().constant(dimension.text(), diagnostics).isEmpty()
                && context.scope().find(dimension.text()).isEmpty();
    }

    private List<Request> requests(Derive derive, Program program, Elaborator elaborator, Context context) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        program.arguments().forEach(tensor -> parameters.put(tensor.name(), tensor));
        List<Tensor> wrt = new ArrayList<>();
        for (Name name : derive.wrt()) {
            Tensor tensor = parameters.get(name.text());
            if (tensor == null) {
                diagnostics.report(NotFound.unknown(name, "parameter", parameters.keySet()));
            } else if (tensor.isInteger()) {
                diagnostics.error(name.span(), name.text() + " is an integer: it has no derivative");
            } else {
                wrt.add(tensor);
            }
        }
        List<Tensor> ordered = program.arguments().stream()
                .filter(tensor -> derive.wrt().isEmpty() ? !tensor.isInteger() : wrt.contains(tensor))
                .toList();
        Map<Tensor, Expr> at = new HashMap<>();
        for (Argument argument : derive.at()) {
            Tensor tensor =
                    argument.name().map(name -> parameters.get(name.text())).orElse(null);
            if (argument.name().isEmpty()) {
                diagnostics.error(argument.value().span(), "at takes parameters with values", "as at (d = 0)");
            } else if (tensor == null) {
                diagnostics.report(NotFound.unknown(argument.name().get(), "parameter", parameters.keySet()));
            } else if (at.containsKey(tensor)) {
                diagnostics.error(argument.name().get().span(), tensor.name() + " is fixed twice");
            } else {
                double value = Initials.number(elaborator, argument.value(), context, "a fixed value");
                if (tensor.isInteger() && !(value == Math.rint(value) && 0 <= value && value < tensor.bound())) {
                    diagnostics.error(
                            argument.value().span(),
                            tensor.name() + " takes integers from 0 to " + (tensor.bound() - 1));
                }
                at.put(tensor, Constant.of(value));
            }
        }
        boolean scalar =
                program.results().size() == 1 && program.results().get(0).rank() == 0;
        List<Request> requests = new ArrayList<>();
        if (derive.kinds().isEmpty()) {
            requests.add(new Request(
                    !scalar ? Kind.JACOBIAN : derive.sparse() ? Kind.HESSIAN : Kind.GRADIENT,
                    ordered,
                    at,
                    derive.sparse()));
        }
        for (Name name : derive.kinds()) {
            Optional<Kind> kind = kind(name.text());
            if (kind.isEmpty()) {
                diagnostics.report(NotFound.unknown(
                        name,
                        "derivative",
                        Arrays.stream(Kind.values())
                                .map(k -> k.name().toLowerCase(Locale.ROOT))
                                .toList()));
            } else if (!scalar
                    && (kind.get() == Kind.GRADIENT || kind.get() == Kind.HESSIAN || kind.get() == Kind.HVP)) {
                diagnostics.error(
                        name.span(),
                        "only a scalar has a " + name.text() + ": the result is "
                                + program.results().stream()
                                        .map(tensor -> Wording.shape(Array.of(tensor, List.of())))
                                        .collect(joining(", ")),
                        "derive jacobian");
            } else if (derive.sparse() && kind.get() != Kind.JACOBIAN && kind.get() != Kind.HESSIAN) {
                diagnostics.error(
                        name.span(),
                        "only a matrix has a sparse form, and a " + name.text() + " is none",
                        "derive " + name.text() + "  derive " + (scalar ? "hessian" : "jacobian") + " sparse");
            } else {
                requests.add(new Request(kind.get(), ordered, at, derive.sparse()));
            }
        }
        return requests;
    }

    private static Optional<Kind> kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
