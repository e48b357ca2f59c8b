package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceException;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.SourceUnit;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The door of this package: surface tree in, programs or diagnostics out.
 *
 * <p>Every function, layer and network of a file is checked, also if an earlier one is in error.
 */
public final class Checker {

    private final Diagnostics diagnostics;
    private final List<Rule> rules = new ArrayList<>();
    private final List<TableFunction> rows = new ArrayList<>();
    private Optional<String> called = Optional.empty();
    private Map<String, Shape> arguments = Map.of();
    private Map<String, Integer> integers = Map.of();
    private Set<String> lost = Set.of();

    /** Whether something has not been worked out, as nothing calls it, so that what it calls is not known. */
    private boolean generic;

    public Checker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /**
     * Lets the arguments of a call fix what a function leaves open.
     *
     * @param function its name; empty for the only function of a file
     * @param shapes fix the dimensions that are names
     * @param values of arguments that are integers from 0: they fix parameters that stand where an integer must
     */
    public Checker calling(String function, Map<String, Shape> shapes, Map<String, Integer> values) {
        called = Optional.of(function);
        arguments = Map.copyOf(shapes);
        integers = Map.copyOf(values);
        return this;
    }

    /** Lets names pass that stand for nothing: they stand in lines that could not be read. */
    public Checker without(Set<String> names) {
        lost = Set.copyOf(names);
        return this;
    }

    /**
     * The programs of a file. What is in error is missing from the result: ask the diagnostics.
     *
     * @param unit the file
     * @param imports the files it imports, directly or not
     * @param settings network sizes that replace the defaults, by name
     */
    public Unit check(SourceUnit unit, List<SourceUnit> imports, Map<String, Double> settings) {
        Declarations declarations = StandardLibrary.declarations().inner();
        imports.forEach(imported -> declarations.add(imported, diagnostics));
        declarations.add(unit, diagnostics);
        declarations.lose(lost);
        unit.packageName()
                .filter(name -> !SourceVersion.isName(name.text(), SourceVersion.RELEASE_17))
                .ifPresent(name -> diagnostics.error(name.span(), "Java can have no package " + name.text()));
        List<FunctionUnit> functions = new ArrayList<>();
        List<NetworkUnit> networks = new ArrayList<>();
        List<Declaration> untried = new ArrayList<>();
        Map<Declaration.Function, List<Diagnostic>> open = new LinkedHashMap<>();
        if (unit.declarations().isEmpty() && !diagnostics.hasErrors()) {
            diagnostics.error(
                    unit.file().span(),
                    "the file declares nothing",
                    "it may hold functions and networks: function f(x) = x^2");
        }
        // First, so that a trial, which reports nothing, never meets a mistake in one.
        declarations.checkConstants(diagnostics);
        for (Declaration declaration : unit.declarations()) {
            if (declaration instanceof Declaration.Function function) {
                Functions.Outcome outcome = outcome(function, isCalled(function, unit), declarations);
                outcome.unit().ifPresentOrElse(functions::add, () -> untried.add(function));
                generic |= outcome.isGeneric();
                if (outcome.isGeneric() && isCalled(function, unit)) {
                    sizesAreOpen(function);
                }
                // What is to be compiled must be compiled; another function may leave something to its callers.
                if (!outcome.leftToCalls().isEmpty() && function.derives().isEmpty()) {
                    open.put(function, outcome.diagnostics());
                } else {
                    outcome.diagnostics().forEach(diagnostics::report);
                }
                if (!function.derivative().isEmpty() && !diagnostics.hasErrors()) {
                    rows.add(declarations.row(function));
                }
            } else if (declaration instanceof Declaration.Native row) {
                TableRows.check(row, declarations, diagnostics);
                if (!diagnostics.hasErrors()) {
                    rows.add(declarations.row(row));
                }
            } else if (declaration instanceof Declaration.Layer) {
                generic = true;
                untried.add(declaration);
            } else if (declaration instanceof Declaration.Optimizer) {
                untried.add(declaration);
            } else if (declaration instanceof Declaration.Network network) {
                networks.add(new Networks(network, declarations, diagnostics, settings).check());
            } else if (declaration instanceof Declaration.Rule rule) {
                rule(rule, declarations);
            }
        }
        open.forEach((function, complaints) -> {
            // A call from outside may give one function its sizes: the others wait for theirs.
            boolean missed = called.isEmpty() ? !generic && !declarations.isCalled(function) : isCalled(function, unit);
            if (missed) {
                complaints.forEach(diagnostics::report);
            }
        });
        imports.stream()
                .flatMap(imported -> imported.declarations().stream())
                .filter(declaration -> declaration instanceof Declaration.Native && declarations.isCalled(declaration))
                .forEach(row -> TableRows.mistake((Declaration.Native) row).ifPresent(diagnostics::report));
        // Last, so that where a use has told more, that stands.
        UnknownNames unknown = new UnknownNames(declarations, diagnostics);
        unit.declarations().forEach(unknown::check);
        if (!diagnostics.hasErrors()) {
            Uncalled uncalled = new Uncalled(declarations);
            untried.stream()
                    .filter(declaration -> !declarations.isCalled(declaration))
                    .forEach(declaration -> uncalled.check(declaration).forEach(diagnostics::report));
        }
        return new Unit(stem(unit), unit.packageName().map(Name::text), functions, networks);
    }

    private void rule(Declaration.Rule rule, Declarations declarations) {
        try {
            rules.add(StandardLibrary.rule(rule, "identities", declarations, new Diagnostics()));
        } catch (SourceException e) {
            e.diagnostics().forEach(diagnostics::report);
        }
    }

    /** What becomes of a function; of one that is called with the sizes that turn out to be needed. */
    private Functions.Outcome outcome(Declaration.Function function, boolean isCalled, Declarations declarations) {
        Map<String, Integer> sizes = new HashMap<>();
        while (true) {
            Functions.Outcome outcome = new Functions(
                            declarations, new Diagnostics(), isCalled ? arguments : Map.of(), sizes)
                    .check(function);
            boolean more = false;
            for (String name : outcome.leftToCalls()) {
                more |= isCalled && integers.containsKey(name) && sizes.put(name, integers.get(name)) == null;
            }
            if (!more) {
                return outcome;
            }
        }
    }

    private void sizesAreOpen(Declaration.Function function) {
        String tensors = function.parameters().stream()
                .filter(parameter -> !parameter.dimensions().isEmpty())
                .map(parameter -> parameter.span().text())
                .collect(Collectors.joining(", "));
        diagnostics.error(
                function.name().span(),
                "the sizes of " + tensors + " are not known",
                "they are those of the values or shapes that are given");
    }

    private boolean isCalled(Declaration.Function function, SourceUnit unit) {
        if (called.equals(Optional.of(""))) {
            return unit.declarations().stream()
                    .noneMatch(other -> other != function
                            && (other instanceof Declaration.Function || other instanceof Declaration.Network));
        }
        return called.equals(Optional.of(function.name().text()));
    }

    /** The rows that the checked files add to the derivative table. */
    public List<TableFunction> rows() {
        return List.copyOf(rows);
    }

    /** The identities that the checked files declare. */
    public List<Rule> rules() {
        return List.copyOf(rules);
    }

    /**
     * An expression as a function of its free names.
     *
     * @param shapes the shapes of names that are not scalars
     * @param first names that come first among the arguments, whether they occur or not
     */
    public Optional<FunctionUnit> check(Term term, List<String> first, Map<String, Shape> shapes) {
        Declarations declarations = StandardLibrary.declarations();
        Translation translation = new Translation(diagnostics);
        Elaborator elaborator = new Elaborator(translation);
        Scope scope = Scope.empty();
        Set<String> names = new LinkedHashSet<>(first);
        names.addAll(FreeNames.of(term));
        Map<String, Tensor> arguments = new LinkedHashMap<>();
        for (String name : names) {
            boolean variable = first.contains(name)
                    || shapes.containsKey(name)
                    || declarations.constant(name, diagnostics).isEmpty()
                            && declarations.callables(name).isEmpty();
            if (variable) {
                Tensor tensor = new Tensor(
                        translation.fresh(name), Tensor.Role.INPUT, false, shapes.getOrDefault(name, Shape.SCALAR));
                arguments.put(name, tensor);
                scope.bind(name, Value.Array.of(tensor, List.of()));
            }
        }
        Context context = Context.of(declarations, scope);
        Value value = elaborator.value(term, context);
        if (!(value instanceof Value.Array array)) {
            elaborator.notANumber(term, value);
            return Optional.empty();
        }
        translation.store(array, "value", "", context);
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        Tensor result = translation
                .definitions()
                .get(translation.definitions().size() - 1)
                .target();
        Program program = new Program(new ArrayList<>(arguments.values()), translation.definitions(), List.of(result));
        return Optional.of(new FunctionUnit("f", "", term.span().text(), program, List.of()));
    }

    private static String stem(SourceUnit unit) {
        String name = unit.file().name().replace('\\', '/');
        name = name.substring(name.lastIndexOf('/') + 1);
        return name.endsWith(".nn") ? name.substring(0, name.length() - 3) : name;
    }
}
