package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.DifferentiatedNames;
import dev.gradc.check.scope.LayerCalls;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The statements of a function's, layer's or network's body, in their order. */
public final class Blocks {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final List<Statement> body;
    private final DifferentiatedNames variables;

    public Blocks(Elaborator elaborator, List<Statement> body) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.body = body;
        this.variables = DifferentiatedNames.of(body);
    }

    /** What the body of {@code owner} returns, its names bound in the scope of {@code context}. */
    public Value result(Name owner, Context context) {
        Value result = null;
        for (int i = 0; i < body.size(); i++) {
            Statement statement = body.get(i);
            if (result != null) {
                diagnostics.error(statement.span(), "nothing can follow the return");
                return Value.INVALID;
            }
            if (statement instanceof Statement.Definition) {
                i += define(i, context) - 1;
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
        if (result == null && context.declarations().isIncomplete()) {
            return Value.INVALID;
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
            Owner owner = context.owner().result(LayerCalls.calls(term, context.declarations()));
            values.add(elaborator.value(term, context.withOwner(owner)));
        }
        if (values.contains(Value.INVALID)) {
            return Value.INVALID;
        }
        return values.size() == 1 ? values.get(0) : new Value.Several(values);
    }

    /** Makes a parameter or state of a layer or network. */
    public void variable(Statement.Variable variable, Context context) {
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
    public void draw(Statement.Draw draw, Context context) {
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
    public int define(int place, Context context) {
        List<Statement.Definition> recurrence = Recurrences.starting(body, place, context.scope());
        if (recurrence.isEmpty()) {
            define((Statement.Definition) body.get(place), context);
            return 1;
        }
        new Recurrences(elaborator, this).define(recurrence, context);
        return recurrence.size();
    }

    /** Works out a definition and binds its name. */
    public void define(Statement.Definition definition, Context context) {
        Name first = definition.names().get(0);
        if (!definition.starts().isEmpty()) {
            diagnostics.error(
                    definition.starts().get(0).entry().span(),
                    first.text() + " does not read its own earlier entries, so it needs no start");
        }
        Owner owner =
                context.owner().definition(first.text(), LayerCalls.calls(definition.value(), context.declarations()));
        Context inner = context.withOwner(owner);
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(definition.indices(), definition, context);
        if (indices.isEmpty()) {
            definition.names().forEach(name -> bind(name, Value.INVALID, context));
            return;
        }
        if (!indices.get().isEmpty()) {
            Scope scope = context.scope().inner();
            indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
            inner = inner.within(scope).withLoops(indices.get());
        }
        List<Value> values = values(definition, elaborator.value(definition.value(), inner));
        for (int i = 0; i < definition.names().size(); i++) {
            Name name = definition.names().get(i);
            bind(name, stored(definition, name, values.get(i), indices.get(), context), context);
        }
    }

    private void bind(Name name, Value value, Context context) {
        if (isNew(name, context)) {
            context.scope().bind(name.text(), value);
        }
    }

    /** What each name of {@code definition} gets of its value; what is invalid after a message if their numbers differ. */
    List<Value> values(Statement.Definition definition, Value value) {
        int names = definition.names().size();
        if (value instanceof Value.Several several && several.values().size() == names) {
            return several.values();
        } else if (names == 1 && !(value instanceof Value.Several)) {
            return List.of(value);
        } else if (names == 1) {
            elaborator.notANumber(definition.value(), value);
        } else if (value != Value.INVALID) {
            int results =
                    value instanceof Value.Several several ? several.values().size() : 1;
            diagnostics.error(
                    definition.value().span(), "this gives " + results + " results, but there are " + names + " names");
        }
        return Collections.nCopies(names, Value.INVALID);
    }

    /** A part of a definition's value for all indices, stored under its name unless it is a scalar of something inlined. */
    private Value stored(Statement.Definition definition, Name name, Value part, List<Index> indices, Context context) {
        // A function may have a name of its own.
        if (!(part instanceof Array array)) {
            return part;
        }
        boolean variable = variables.needTensor(name.text(), array);
        if (indices.isEmpty() && (array.isScalar() || array.stored()) && context.isInlined() && !variable) {
            return array;
        }
        // An integer that is known when compiling may be a size.
        if (!variable
                && indices.isEmpty()
                && array.isScalar()
                && Constants.fold(array.scalar()) instanceof Constant constant
                && constant.isInteger()) {
            return Array.scalar(constant);
        }
        return elaborator
                .translation()
                .define(
                        indices,
                        array.shape(),
                        at -> array.at(at.subList(indices.size(), at.size())),
                        name.text(),
                        note(definition.span()),
                        context);
    }

    /** The names that the statements of {@code body} declare. */
    public static List<String> declared(List<Statement> body) {
        List<Name> names = new ArrayList<>();
        for (Statement statement : body) {
            if (statement instanceof Statement.Definition definition) {
                names.addAll(definition.names());
            } else if (statement instanceof Statement.Variable variable) {
                names.add(variable.name());
            } else if (statement instanceof Statement.Data data) {
                names.add(data.name());
            } else if (statement instanceof Statement.Draw draw) {
                names.add(draw.name());
            }
        }
        return names.stream().map(Name::text).toList();
    }

    /** Whether {@code name} is free in its block; otherwise says that it is not. */
    public boolean isNew(Name name, Context context) {
        if (context.scope().declaresHere(name.text())) {
            diagnostics.error(name.span(), name.text() + " is declared twice");
            return false;
        }
        return true;
    }

    /** The first line of what was written, for the comments of the generated code. */
    public static String note(Span span) {
        return span.text().strip().lines().findFirst().orElse("");
    }
}
