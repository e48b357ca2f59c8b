package dev.gradc.check;

import dev.gradc.check.Value.Array;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Index;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of a function's, layer's or network's body, in their order. */
final class Blocks {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;

    Blocks(Elaborator elaborator) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
    }

    /** What the body of {@code owner} returns, its names bound in the scope of {@code context}. */
    Value result(List<Statement> body, Name owner, Context context) {
        Value result = null;
        for (int i = 0; i < body.size(); i++) {
            Statement statement = body.get(i);
            if (result != null) {
                diagnostics.error(statement.span(), "nothing can follow the return");
                return Value.INVALID;
            }
            if (statement instanceof Statement.Definition) {
                i += define(body, i, context) - 1;
            } else if (statement instanceof Statement.Variable variable) {
                variable(variable, context);
            } else if (statement instanceof Statement.Draw draw) {
                draw(draw, context);
            } else if (statement instanceof Statement.Update update
                    && context.owner().exists()) {
                context.owner().host().update(update, context);
            } else if (statement instanceof Statement.Return returned) {
                result = returned(returned, context);
            } else {
                diagnostics.error(statement.span(), "this cannot stand in the body of a function or layer");
                return Value.INVALID;
            }
        }
        if (result == null) {
            Span last =
                    body.isEmpty() ? owner.span() : body.get(body.size() - 1).span();
            diagnostics.error(last, "the body of " + owner.text() + " ends without a return", "add: return …");
            return Value.INVALID;
        }
        return result;
    }

    private Value returned(Statement.Return returned, Context context) {
        List<Value> values = new ArrayList<>();
        for (Term term : returned.values()) {
            Owner owner = context.owner().result(Layers.calls(term, context.declarations()));
            values.add(elaborator.value(term, context.withOwner(owner)));
        }
        if (values.contains(Value.INVALID)) {
            return Value.INVALID;
        }
        return values.size() == 1 ? values.get(0) : new Value.Several(values);
    }

    /** Makes a parameter or state of a layer or network. */
    void variable(Statement.Variable variable, Context context) {
        if (isNew(variable.name(), context)) {
            if (!context.owner().exists()) {
                diagnostics.error(variable.span(), "only a layer or a network can own parameters");
                context.scope().bind(variable.name().text(), Value.INVALID);
                return;
            }
            context.scope().bind(variable.name().text(), context.owner().make(variable, context));
        }
    }

    /** Makes the random numbers of a layer or network. */
    void draw(Statement.Draw draw, Context context) {
        if (isNew(draw.name(), context)) {
            if (!context.owner().exists()) {
                diagnostics.error(draw.span(), "only a layer or a network can draw random numbers");
                context.scope().bind(draw.name().text(), Value.INVALID);
                return;
            }
            context.scope().bind(draw.name().text(), context.owner().draw(draw, context));
        }
    }

    /** Works out the definition at {@code place}, with those that form a recurrence with it; returns how many these are. */
    int define(List<Statement> body, int place, Context context) {
        List<Statement.Definition> recurrence = Recurrences.starting(body, place);
        if (recurrence.isEmpty()) {
            define((Statement.Definition) body.get(place), context);
            return 1;
        }
        new Recurrences(elaborator, this).define(recurrence, context);
        return recurrence.size();
    }

    /** Works out a definition and binds its name. */
    void define(Statement.Definition definition, Context context) {
        if (definition.names().size() > 1) {
            several(definition, context);
            return;
        }
        Name name = definition.names().get(0);
        if (!isNew(name, context)) {
            return;
        }
        Value value = value(definition, name, context);
        context.scope().bind(name.text(), value);
    }

    private Value value(Statement.Definition definition, Name name, Context context) {
        if (!definition.starts().isEmpty()) {
            diagnostics.error(
                    definition.starts().get(0).entry().span(),
                    name.text() + " does not read its own earlier entries, so it needs no start");
        }
        Owner owner = context.owner().definition(name.text(), Layers.calls(definition.value(), context.declarations()));
        Context inner = context.withOwner(owner);
        Optional<List<Index>> indices =
                new IndexRanges(elaborator).resolve(definition.indices(), definition.value(), context);
        if (indices.isEmpty()) {
            return Value.INVALID;
        }
        if (!indices.get().isEmpty()) {
            Scope scope = context.scope().inner();
            indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
            inner = inner.within(scope).withLoops(indices.get());
        }
        Value value = elaborator.value(definition.value(), inner);
        if (!(value instanceof Array array)) {
            if (value instanceof Value.Several) {
                elaborator.notANumber(definition.value(), value);
                return Value.INVALID;
            }
            // A function may have a name of its own.
            return value;
        }
        if (indices.get().isEmpty() && (array.isScalar() || array.stored()) && context.isInlined()) {
            return array;
        }
        return elaborator
                .translation()
                .define(
                        indices.get(),
                        array.shape(),
                        List.of(),
                        Combine.ASSIGN,
                        at -> array.at(at.subList(indices.get().size(), at.size())),
                        name.text(),
                        note(definition.span()),
                        context,
                        List.of());
    }

    private void several(Statement.Definition definition, Context context) {
        Owner owner = context.owner()
                .definition(definition.names().get(0).text(), Layers.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(definition.value(), context.withOwner(owner));
        List<Value> values = value instanceof Value.Several several ? several.values() : List.of();
        if (value != Value.INVALID && values.size() != definition.names().size()) {
            diagnostics.error(
                    definition.value().span(),
                    "this gives " + Math.max(1, values.size()) + " results, but there are "
                            + definition.names().size() + " names");
        }
        for (int i = 0; i < definition.names().size(); i++) {
            Name name = definition.names().get(i);
            if (isNew(name, context)) {
                Value part = i < values.size() ? values.get(i) : Value.INVALID;
                boolean store = part instanceof Array array && !(array.isScalar() && context.isInlined());
                context.scope()
                        .bind(
                                name.text(),
                                store
                                        ? elaborator
                                                .translation()
                                                .store((Array) part, name.text(), note(definition.span()), context)
                                        : part);
            }
        }
    }

    /** Whether {@code name} is free in its block; otherwise says that it is not. */
    boolean isNew(Name name, Context context) {
        if (context.scope().declaresHere(name.text())) {
            diagnostics.error(name.span(), name.text() + " is declared twice");
            return false;
        }
        return true;
    }

    /** The first line of what was written, for the comments of the generated code. */
    static String note(Span span) {
        return span.text().strip().lines().findFirst().orElse("");
    }
}
