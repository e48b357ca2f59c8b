package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.term.Elaborator;
import dev.gradc.check.term.Starts;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for unknown names in what is understood only where it is used: generic functions, layers, optimizers, initializers. What else
 * can be said of those that nothing uses, {@link Uncalled} says.
 */
final class UnknownNames {

    private final Declarations declarations;
    private final Set<String> known;
    private final Set<String> initializers;
    private final Diagnostics diagnostics;

    UnknownNames(Declarations declarations, Diagnostics diagnostics) {
        this.declarations = declarations;
        Context context = Context.of(declarations, Scope.empty());
        known = new Elaborator(new Translation(diagnostics)).calls().knownNames(context);
        initializers = Initials.known(context);
        this.diagnostics = diagnostics;
    }

    void check(Declaration declaration) {
        if (declaration instanceof Declaration.Function function) {
            new Body(function.parameters(), Set.of()).check(function.body());
        } else if (declaration instanceof Declaration.Layer layer) {
            new Body(layer.parameters(), Set.of("training")).check(layer.body());
        } else if (declaration instanceof Declaration.Optimizer optimizer) {
            new Body(optimizer.parameters(), Optimizers.GIVEN).check(optimizer.body());
        } else if (declaration instanceof Declaration.Initializer initializer) {
            new Body(initializer.parameters(), Set.of()).distribution(initializer.value());
        }
    }

    /** What has one scope. */
    private final class Body {

        private final Set<String> bound = new HashSet<>();

        Body(List<Parameter> parameters, Set<String> given) {
            bound.addAll(given);
            for (Parameter parameter : parameters) {
                bound.add(parameter.name().text());
                // A name that is a dimension is fixed by the argument.
                parameter.dimensions().forEach(dimension -> bound.addAll(FreeNames.of(dimension)));
            }
            for (Parameter parameter : parameters) {
                parameter.integerRange().ifPresent(this::term);
                parameter.defaultValue().ifPresent(this::term);
            }
        }

        void check(List<Statement> body) {
            // All at once: the lines of a recurrence read each other.
            body.forEach(this::bind);
            body.forEach(this::statement);
        }

        private void bind(Statement statement) {
            if (statement instanceof Statement.Definition definition) {
                definition.names().forEach(name -> bound.add(name.text()));
            } else if (statement instanceof Statement.Variable variable) {
                bound.add(variable.name().text());
            } else if (statement instanceof Statement.Draw draw) {
                bound.add(draw.name().text());
            }
        }

        private void statement(Statement statement) {
            if (statement instanceof Statement.Definition definition) {
                within(definition.indices(), () -> {
                    term(definition.value());
                    definition
                            .starts()
                            .forEach(start -> within(Starts.indices(start), () -> {
                                term(start.entry());
                                term(start.value());
                            }));
                });
            } else if (statement instanceof Statement.Variable variable) {
                variable.dimensions().forEach(this::term);
                variable.initial().ifPresent(variable.drawn() ? this::distribution : this::term);
            } else if (statement instanceof Statement.Draw draw) {
                within(draw.indices(), () -> distribution(draw.distribution()));
            } else if (statement instanceof Statement.Update update) {
                term(update.value());
            } else if (statement instanceof Statement.Return returned) {
                returned.values().forEach(this::term);
            }
        }

        private void within(List<Binder> indices, Runnable reading) {
            List<String> inside = new ArrayList<>();
            for (Binder index : indices) {
                index.low().ifPresent(this::term);
                index.high().ifPresent(this::term);
                if (bound.add(index.name().text())) {
                    inside.add(index.name().text());
                }
            }
            reading.run();
            inside.forEach(bound::remove);
        }

        /** {@code glorotUniform}, {@code normal(0, 1)}. */
        void distribution(Term term) {
            if (term instanceof Term.Call call) {
                initializer(call.function());
                call.arguments().forEach(argument -> term(argument.value()));
            } else if (term instanceof Name name) {
                initializer(name);
            }
        }

        private void initializer(Name name) {
            if (!initializers.contains(name.text())) {
                declarations.unknown(name, "initialiser", initializers, diagnostics);
            }
        }

        private void term(Term term) {
            FreeNames names = FreeNames.in(term);
            names.read().forEach(name -> look(name, "name"));
            names.calls().forEach(call -> look(call.function(), "function"));
        }

        private void look(Name name, String what) {
            if (!bound.contains(name.text()) && !known.contains(name.text())) {
                Set<String> all = new HashSet<>(known);
                all.addAll(bound);
                declarations.unknown(name, what, all, diagnostics);
            }
        }
    }
}
