package dev.gradc.check.term;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Guess;
import dev.gradc.check.scope.LayerCalls;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Shape;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the shapes of what a recurrence defines, by trials in which those that are still sought take any shape. */
final class RecurrenceShapes {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final List<Statement.Definition> group;
    private final Index time;
    private final Context context;

    /** The shapes that have been found: of the entries at one time. */
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    RecurrenceShapes(Elaborator elaborator, List<Statement.Definition> group, Index time, Context context) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.group = group;
        this.time = time;
        this.context = context;
    }

    /** The shapes of the entries at one time, by name; empty, after a message, if nothing tells one of them. */
    Optional<Map<String, Shape>> find() {
        trials(false);
        // What is still unknown has the shape of its start, which may tell those of the rest.
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                if (!shapes.containsKey(name.text())) {
                    startingShape(definition, name).ifPresent(start -> shapes.put(name.text(), start));
                }
            }
        }
        trials(false);
        // What has no start and meets only scalars is one.
        trials(true);
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                if (!shapes.containsKey(name.text())) {
                    unknownShape(definition, name);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(shapes);
    }

    /** Works out {@code attempt} without messages and forgets what it has defined. */
    private <T> T quietly(Supplier<T> attempt) {
        return diagnostics.muted(() -> elaborator.translation().speculate(attempt));
    }

    /** Learns what trials tell, until they tell nothing new. */
    private void trials(boolean scalarIfUnknown) {
        for (boolean progress = true; progress; ) {
            progress = false;
            for (Statement.Definition definition : group) {
                if (definition.names().stream().allMatch(name -> shapes.containsKey(name.text()))) {
                    continue;
                }
                Map<String, Shape> found = quietly(() -> trial(definition, scalarIfUnknown));
                for (Map.Entry<String, Shape> entry : found.entrySet()) {
                    progress |= shapes.putIfAbsent(entry.getKey(), entry.getValue()) == null;
                }
            }
        }
    }

    /** The shapes of what one definition gives at one time, if what is known so far tells them. */
    private Map<String, Shape> trial(Statement.Definition definition, boolean scalarIfUnknown) {
        Scope scope = trialScope();
        Context inner = context.within(scope).withLoops(List.of(time));
        Optional<List<Index>> indices =
                new IndexRanges(elaborator).resolve(Recurrences.others(definition), definition, inner);
        if (indices.isEmpty()) {
            return Map.of();
        }
        indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner()
                .definition(
                        definition.names().get(0).text(), LayerCalls.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        if (value instanceof Value.Unknown && (scalarIfUnknown || !indices.get().isEmpty())) {
            value = Guess.of(Shape.SCALAR);
        }
        List<Value> parts = value instanceof Value.Several several ? several.values() : List.of(value);
        if (parts.size() != definition.names().size()) {
            return Map.of();
        }
        Map<String, Shape> found = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Array array) {
                List<Expr> extents = new ArrayList<>();
                indices.get().forEach(index -> extents.add(Translation.extent(index)));
                extents.addAll(array.shape().extents());
                found.put(definition.names().get(i).text(), new Shape(extents));
            }
        }
        return found;
    }

    /** The names of the recurrence, each of its shape as far as that is known. */
    private Scope trialScope() {
        Scope scope = context.scope().inner();
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                Shape known = shapes.get(name.text());
                Shape row = known != null
                        ? known
                        : startingShape(definition, name)
                                .filter(shape -> shape.rank()
                                        > Recurrences.others(definition).size())
                                .orElse(null);
                List<Integer> before = new Starts(elaborator, definition, name).before(context);
                scope.bind(
                        name.text(),
                        row == null
                                ? new Value.Unknown()
                                : new Array(row.within(time.high()), at -> Constant.ZERO, true, before));
            }
            scope.bind(definition.indices().get(0).name().text(), Array.scalar(time));
        }
        return scope;
    }

    /** The shape of the entries at one time as far as what stands before entry 0 tells it. */
    private Optional<Shape> startingShape(Statement.Definition definition, Name name) {
        Starts starts = new Starts(elaborator, definition, name);
        return quietly(() -> {
            Scope scope = context.scope().inner();
            scope.bind(definition.indices().get(0).name().text(), Array.scalar(time));
            List<Index> indices = new ArrayList<>(List.of(time));
            new IndexRanges(elaborator)
                    .resolve(
                            Recurrences.others(definition),
                            definition,
                            context.within(scope).withLoops(indices))
                    .ifPresent(indices::addAll);
            return starts.shape(indices, context);
        });
    }

    /** Says what is wrong: the body, worked out once more and aloud, or that nothing tells the shape. */
    private void unknownShape(Statement.Definition definition, Name name) {
        Scope scope = trialScope();
        Context inner = context.within(scope).withLoops(List.of(time));
        new IndexRanges(elaborator)
                .resolve(Recurrences.others(definition), definition, inner)
                .ifPresent(indices -> {
                    indices.forEach(index -> scope.bind(index.name(), Array.scalar(index)));
                    elaborator.value(definition.value(), inner.withLoops(indices));
                });
        diagnostics.error(
                name.span(),
                "the shape of " + name.text() + " cannot be known from this recurrence",
                "let it start from a tensor of its shape");
    }
}
