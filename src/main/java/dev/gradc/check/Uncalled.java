package dev.gradc.check;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.term.Elaborator;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Call;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Numeral;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries functions, layers and optimizers that nothing calls, so that nothing has fixed their sizes: in a network that only calls them,
 * with one choice of arguments after the other. What works with none is wrong, such as a call with too many arguments, or a matrix in
 * the place of a vector. A choice that fails says nothing by itself, for sizes may have to be related.
 */
final class Uncalled {

    /** What an open dimension may be: small, of many divisors, large. */
    private static final List<String> SIZES =
            List.of("2", "3", "4", "6", "12", "1", "40", "5", "7", "8", "9", "10", "16", "28", "840");

    /** What a parameter without dimensions may be: data, a number that is known when compiling, a function. */
    private static final List<String> SCALARS = List.of("data", "2", "identity", "3", "4", "6", "12", "0.5");

    private static final int CHOICES = 500;

    private final Declarations declarations;

    Uncalled(Declarations declarations) {
        this.declarations = declarations;
    }

    /** What is wrong with {@code declaration} whatever it is called with. */
    List<Diagnostic> check(Declaration declaration) {
        return declaration instanceof Declaration.Optimizer optimizer ? optimizer(optimizer) : callable(declaration);
    }

    /** Of the choices, the one that fails least tells, and of several the one that fails last. */
    private List<Diagnostic> callable(Declaration declaration) {
        List<Diagnostic> least = List.of();
        for (Map<String, String> choice : choices(declaration)) {
            Trial trial = new Trial(declaration, choice);
            List<Diagnostic> found = trial.run();
            if (trial.isCalled() && found.isEmpty()) {
                return List.of();
            } else if (!found.isEmpty() && (least.isEmpty() || isBetter(found, least))) {
                least = found;
            }
        }
        return least;
    }

    private static boolean isBetter(List<Diagnostic> found, List<Diagnostic> least) {
        return found.size() < least.size()
                || found.size() == least.size()
                        && found.get(0).focus().start() > least.get(0).focus().start();
    }

    private List<Diagnostic> optimizer(Declaration.Optimizer optimizer) {
        Diagnostics diagnostics = new Diagnostics();
        Span span = optimizer.name().span();
        List<Argument> arguments = optimizer.parameters().stream()
                .filter(parameter -> parameter.defaultValue().isEmpty())
                .map(parameter -> new Argument(Optional.of(parameter.name()), new Numeral(0.5, span)))
                .toList();
        new Optimizers(new Elaborator(new Translation(diagnostics)))
                .resolve(new Call(optimizer.name(), arguments, span), Context.of(declarations, Scope.empty()));
        return diagnostics.list();
    }

    /** What to try for the names that are open, the simplest first. */
    private List<Map<String, String>> choices(Declaration declaration) {
        List<String> names = new ArrayList<>();
        List<List<String>> options = new ArrayList<>();
        for (Parameter parameter : Declarations.parameters(declaration)) {
            Stream.concat(parameter.dimensions().stream(), parameter.integerRange().stream())
                    .flatMap(term -> FreeNames.of(term).stream())
                    .filter(name -> !names.contains(name)
                            && declarations.constant(name, new Diagnostics()).isEmpty())
                    .forEach(name -> {
                        // Each begins with another one, so that a message tells them apart.
                        List<String> sizes = new ArrayList<>(SIZES);
                        Collections.rotate(sizes, -options.size());
                        names.add(name);
                        options.add(sizes);
                    });
            if (isOpenScalar(parameter)) {
                names.add(parameter.name().text());
                options.add(SCALARS);
            }
        }
        List<List<Integer>> places = new ArrayList<>(List.of(Collections.nCopies(names.size(), 0)));
        List<Map<String, String>> choices = new ArrayList<>();
        for (int i = 0; i < places.size() && i < CHOICES; i++) {
            List<Integer> place = places.get(i);
            Map<String, String> choice = new LinkedHashMap<>();
            for (int k = 0; k < place.size(); k++) {
                choice.put(names.get(k), options.get(k).get(place.get(k)));
            }
            choices.add(choice);
            // Only what stands behind the last one that has been raised is raised, so that each choice is met once.
            boolean raised = false;
            for (int k = place.size() - 1; k >= 0 && !raised; k--) {
                raised = place.get(k) > 0;
                if (place.get(k) + 1 < options.get(k).size()) {
                    List<Integer> next = new ArrayList<>(place);
                    next.set(k, place.get(k) + 1);
                    places.add(next);
                }
            }
        }
        return choices;
    }

    private static boolean isOpenScalar(Parameter parameter) {
        return parameter.dimensions().isEmpty()
                && parameter.integerRange().isEmpty()
                && parameter.defaultValue().isEmpty();
    }

    /** A network with one call. */
    private final class Trial {

        private final Declaration declaration;
        private final Map<String, String> choice;
        private final Span place;
        private final List<Parameter> sizes = new ArrayList<>();
        private final List<Statement> body = new ArrayList<>();
        private boolean called = true;

        Trial(Declaration declaration, Map<String, String> choice) {
            this.declaration = declaration;
            this.choice = choice;
            this.place = Declarations.name(declaration).span();
        }

        /** Whether the arguments were taken. */
        boolean isCalled() {
            return called;
        }

        /** What is wrong with the body. */
        List<Diagnostic> run() {
            choice.forEach((name, value) -> {
                if (Character.isDigit(value.charAt(0))) {
                    Term size = new Numeral(Double.parseDouble(value), place);
                    sizes.add(new Parameter(
                            new Name(name, place), List.of(), Optional.empty(), Optional.of(size), place));
                }
            });
            List<Argument> arguments = new ArrayList<>();
            for (Parameter parameter : Declarations.parameters(declaration)) {
                if (parameter.defaultValue().isEmpty()) {
                    arguments.add(new Argument(Optional.empty(), argument(parameter)));
                }
            }
            int results = statements().stream()
                    .filter(Statement.Return.class::isInstance)
                    .mapToInt(
                            statement -> ((Statement.Return) statement).values().size())
                    .findFirst()
                    .orElse(1);
            List<Name> names = new ArrayList<>();
            for (int i = 0; i < results; i++) {
                names.add(new Name(Declarations.name(declaration).text() + ".result" + i, place));
            }
            Term call = new Call(new Name(Declarations.name(declaration).text(), place), arguments, place);
            body.add(new Statement.Definition("", names, List.of(), call, List.of(), false, place));
            body.add(new Statement.Loss("", Optional.empty(), new Numeral(0, place), List.of(), place));
            Diagnostics diagnostics = new Diagnostics();
            Declaration.Network trial = new Declaration.Network("", new Name("Trial", place), sizes, body, place);
            new Networks(trial, declarations, diagnostics, Map.of()).check();
            called =
                    diagnostics.list().stream().noneMatch(found -> found.focus().equals(place));
            return diagnostics.list().stream()
                    .filter(found -> isInside(found.focus()))
                    .map(this::withSizes)
                    .toList();
        }

        /** A message that shows a shape says where it comes from. */
        private Diagnostic withSizes(Diagnostic found) {
            boolean shows = found.message().contains("[") && !sizes.isEmpty();
            String with = sizes.stream()
                    .map(size ->
                            size.name().text() + " = " + choice.get(size.name().text()))
                    .collect(joining(", ", " (with ", ")"));
            String message = found.message() + (shows ? with : "");
            return new Diagnostic(found.severity(), found.span(), found.focus(), message, found.hint());
        }

        private Term argument(Parameter parameter) {
            String value = choice.get(parameter.name().text());
            if (value != null && value.equals("identity")) {
                return new Name(value, place);
            }
            if (!isOpenScalar(parameter) || "data".equals(value)) {
                body.add(new Statement.Data(
                        "",
                        Statement.Role.INPUT,
                        new Name(parameter.name().text(), place),
                        parameter.dimensions(),
                        parameter.integerRange(),
                        place));
            }
            return new Name(parameter.name().text(), place);
        }

        private List<Statement> statements() {
            return declaration instanceof Declaration.Layer layer
                    ? layer.body()
                    : ((Declaration.Function) declaration).body();
        }

        private boolean isInside(Span focus) {
            return !focus.equals(place)
                    && focus.file() == declaration.span().file()
                    && focus.start() >= declaration.span().start()
                    && focus.end() <= declaration.span().end();
        }
    }
}
