package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.NotFound;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Blocks;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.ir.Unit.Update;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Argument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands {@code optimizer adam(lr = 0.02)}: what happens to one entry of a parameter in one step. */
final class Optimizers {

    private static final String VALUE = "value";
    private static final String GRADIENT = "grad";
    private static final String STEP = "step";

    /** What an optimizer finds without declaring it. */
    static final Set<String> GIVEN = Set.of(VALUE, GRADIENT, STEP);

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    Optimizers(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    /** The optimiser that {@code call} names, with its arguments; empty after a message. */
    Optional<OptimizerUnit> resolve(Term.Call call, Context context) {
        Optional<Found<Declaration.Optimizer>> found =
                context.declarations().find(call.function().text(), Declaration.Optimizer.class);
        if (found.isEmpty()) {
            Declarations declarations = context.declarations();
            Set<String> known = Set.copyOf(declarations.names(Declaration.Optimizer.class));
            declarations.unknown(call.function(), "optimizer", known, diagnostics);
            return Optional.empty();
        }
        Declaration.Optimizer optimizer = found.get().declaration();
        Scope scope = Scope.empty();
        Context body = Context.of(found.get().home(), Scope.empty())
                .inlining(optimizer, found.get().home(), Owner.NONE)
                .within(scope);
        Map<Tensor, Double> hyperparameters = hyperparameters(call, optimizer, context, body);
        hyperparameters.keySet().forEach(tensor -> bind(scope, tensor));
        Tensor value = TableRows.formal(VALUE);
        Tensor gradient = TableRows.formal(GRADIENT);
        Tensor step = new Tensor(STEP, Tensor.Role.SIZE, true, Shape.SCALAR);
        for (Tensor tensor : List.of(value, gradient, step)) {
            bind(scope, tensor);
        }
        Map<Tensor, Double> states = new LinkedHashMap<>();
        Map<String, Tensor> targets = new LinkedHashMap<>(Map.of(VALUE, value));
        List<Update> updates = new ArrayList<>();
        for (Statement statement : optimizer.body()) {
            if (statement instanceof Statement.Variable state && !state.trainable()) {
                Tensor tensor = new Tensor(state.name().text(), Tensor.Role.STATE, false, Shape.SCALAR);
                double start = state.initial()
                        .map(term -> Initials.number(elaborator, term, body, "the start of a state"))
                        .orElse(0.0);
                states.put(tensor, start);
                targets.put(state.name().text(), tensor);
                bind(scope, tensor);
            } else if (statement instanceof Statement.Definition definition
                    && targets.containsKey(definition.names().get(0).text())) {
                Term.Name name = definition.names().get(0);
                diagnostics.error(
                        name.span(), name.text() + " is declared twice", "its next value: " + name.text() + " <- …");
            } else if (statement instanceof Statement.Definition definition) {
                new Blocks(elaborator, optimizer.body()).define(definition, body);
            } else if (statement instanceof Statement.Update update) {
                Tensor target = targets.get(update.name().text());
                Expr expression = elaborator.scalar(update.value(), body, "an update");
                if (target == null) {
                    diagnostics.report(NotFound.unknown(update.name(), "state", targets.keySet()));
                } else if (expression != null) {
                    updates.add(new Update(target, expression, Blocks.note(update.span())));
                }
            } else {
                diagnostics.error(statement.span(), "an optimizer holds states, definitions and updates: v <- …");
            }
        }
        return Optional.of(new OptimizerUnit(
                optimizer.name().text(),
                optimizer.documentation(),
                hyperparameters,
                states,
                value,
                gradient,
                step,
                updates));
    }

    private Map<Tensor, Double> hyperparameters(
            Term.Call call, Declaration.Optimizer optimizer, Context context, Context body) {
        Map<String, Double> given = new LinkedHashMap<>();
        int position = 0;
        boolean misspelt = false;
        Set<String> known = new LinkedHashSet<>();
        optimizer.parameters().forEach(parameter -> known.add(parameter.name().text()));
        for (Argument argument : call.arguments()) {
            String name;
            if (argument.name().isPresent()) {
                name = argument.name().get().text();
                if (!known.contains(name)) {
                    diagnostics.report(NotFound.unknownParameter(
                            argument.name().get(), call.function().text(), known));
                    // What it was meant to be is given, so nothing is missing.
                    misspelt = true;
                    continue;
                }
            } else if (position < optimizer.parameters().size()) {
                name = optimizer.parameters().get(position++).name().text();
            } else {
                diagnostics.error(
                        argument.value().span(),
                        call.function().text() + " takes no more than " + known.size()
                                + (known.size() == 1 ? " argument" : " arguments"),
                        "there is " + String.join(", ", known));
                continue;
            }
            given.put(name, Initials.number(elaborator, argument.value(), context, name));
        }
        Map<Tensor, Double> all = new LinkedHashMap<>();
        Scope earlier = Scope.empty();
        for (Parameter parameter : optimizer.parameters()) {
            String name = parameter.name().text();
            Double value = given.get(name);
            if (value == null && parameter.defaultValue().isEmpty()) {
                if (!misspelt) {
                    diagnostics.error(
                            call.span(),
                            call.function().text() + " needs " + name,
                            call.function().text() + "(" + name + " = 0.01)");
                }
                value = Double.NaN;
            } else if (value == null) {
                value = Initials.number(elaborator, parameter.defaultValue().get(), body.within(earlier), name);
            }
            earlier.bind(name, Array.scalar(Constant.of(value)));
            all.put(TableRows.formal(name), value);
        }
        return all;
    }

    private static void bind(Scope scope, Tensor tensor) {
        scope.bind(tensor.name(), Array.scalar(Access.of(tensor)));
    }
}
