package dev.gradc.check.term;

import dev.gradc.check.index.LoopOrder;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.LayerCalls;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Definitions that read their own or each other's earlier entries: {@code h[t] = f(W@x[t] + U@h[t-1] + b) from h[-1] = 0}. The
 * first index is the time; what does not depend on the recurrence is worked out for all times before it.
 */
final class Recurrences {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final Blocks blocks;
    private final Translation translation;

    Recurrences(Elaborator elaborator, Blocks blocks) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.blocks = blocks;
        this.translation = elaborator.translation();
    }

    /**
     * The definitions from {@code place} on that form one recurrence; none if the one there reads only what stands before it.
     *
     * @param scope what has been defined so far
     */
    static List<Statement.Definition> starting(List<Statement> body, int place, Scope scope) {
        // Most read only such names, and the rest of a long body need not be looked at each time.
        if (body.get(place) instanceof Statement.Definition first
                && FreeNames.of(first.value()).stream().allMatch(scope::declaresHere)) {
            return List.of();
        }
        Map<String, Integer> defined = new HashMap<>();
        for (int i = place; i < body.size() && body.get(i) instanceof Statement.Definition definition; i++) {
            int where = i;
            if (!definition.indices().isEmpty()) {
                definition.names().forEach(name -> defined.putIfAbsent(name.text(), where));
            }
        }
        int end = place;
        boolean recurs = false;
        for (int i = place;
                i < body.size() && i <= end && body.get(i) instanceof Statement.Definition definition;
                i++) {
            for (String name : FreeNames.of(definition.value())) {
                Integer where = defined.get(name);
                if (where != null && where >= i) {
                    recurs = true;
                    end = Math.max(end, where);
                }
            }
        }
        List<Statement.Definition> group = new ArrayList<>();
        for (int i = place; recurs && i <= end; i++) {
            group.add((Statement.Definition) body.get(i));
        }
        return group;
    }

    /** Works out a group and binds its names. */
    void define(List<Statement.Definition> group, Context context) {
        for (Statement.Definition definition : group) {
            if (definition.indices().isEmpty()) {
                diagnostics.error(
                        definition.names().get(0).span(),
                        "what stands in a recurrence has its index: "
                                + definition.names().get(0).text() + "[t] = …");
            }
        }
        boolean valid =
                group.stream().noneMatch(definition -> definition.indices().isEmpty());
        Optional<Index> time = valid ? time(group, context) : Optional.empty();
        Optional<Map<String, Shape>> shapes =
                time.flatMap(index -> new RecurrenceShapes(elaborator, group, index, context).find());
        if (shapes.isEmpty()) {
            group.forEach(d -> d.names().forEach(name -> {
                if (!context.scope().declaresHere(name.text())) {
                    context.scope().bind(name.text(), Value.INVALID);
                }
            }));
            return;
        }
        elaborate(group, time.get(), shapes.get(), context);
    }

    /** The index of time: of the first definition that tells its range. */
    private Optional<Index> time(List<Statement.Definition> group, Context context) {
        for (Statement.Definition definition : group) {
            Optional<List<Index>> indices = diagnostics.muted(() -> translation.speculate(() ->
                    new IndexRanges(elaborator).resolve(definition.indices().subList(0, 1), definition, context)));
            if (indices.isPresent()) {
                return Optional.of(indices.get().get(0));
            }
        }
        // None does: the first says why.
        new IndexRanges(elaborator).resolve(group.get(0).indices().subList(0, 1), group.get(0), context);
        return Optional.empty();
    }

    /** The indices beside that of time. */
    static List<Binder> others(Statement.Definition definition) {
        return definition.indices().subList(1, definition.indices().size());
    }

    private void elaborate(List<Statement.Definition> group, Index time, Map<String, Shape> shapes, Context context) {
        int mark = translation.definitions().size();
        Map<String, Tensor> targets = new LinkedHashMap<>();
        Scope scope = context.scope().inner();
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                if (!blocks.isNew(name, context) || targets.containsKey(name.text())) {
                    return;
                }
                List<Expr> extents = new ArrayList<>();
                context.loops().forEach(loop -> extents.add(Translation.extent(loop)));
                extents.add(Translation.extent(time));
                extents.addAll(shapes.get(name.text()).extents());
                String fresh = translation.fresh(name.text(), context);
                targets.put(name.text(), Tensor.derived(fresh, new Shape(extents)));
            }
        }
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                Tensor target = targets.get(name.text());
                Shape shape = shapes.get(name.text()).within(Translation.extent(time));
                Value array = new Starts(elaborator, definition, name)
                        .of(shape, time, at -> element(target, context, at), context);
                context.scope().bind(name.text(), array);
                scope.bind(name.text(), array);
            }
        }
        List<LoopOrder.Step> finals = new ArrayList<>();
        translation.whileGrowing(targets.values(), () -> {
            for (Statement.Definition definition : group) {
                finals.addAll(body(definition, targets, shapes, time, scope, context));
            }
        });
        arrange(mark, finals, group);
    }

    private static Expr element(Tensor target, Context context, List<Expr> at) {
        List<Expr> subscripts = new ArrayList<>(context.loops());
        subscripts.addAll(at);
        return Access.of(target, subscripts);
    }

    private List<LoopOrder.Step> body(
            Statement.Definition definition,
            Map<String, Tensor> targets,
            Map<String, Shape> shapes,
            Index time,
            Scope scope,
            Context context) {
        Scope own = scope.inner();
        own.bind(definition.indices().get(0).name().text(), Array.scalar(time));
        Context inner = context.within(own).withLoops(List.of(time));
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(others(definition), definition, inner);
        if (indices.isEmpty()) {
            return List.of();
        }
        indices.get().forEach(index -> own.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner()
                .definition(
                        definition.names().get(0).text(), LayerCalls.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        List<LoopOrder.Step> steps = new ArrayList<>();
        List<Value> values = blocks.values(definition, value);
        for (int i = 0; i < values.size(); i++) {
            Name name = definition.names().get(i);
            if (values.get(i) instanceof Array array) {
                Tensor target = targets.get(name.text());
                entry(definition, name, array, indices.get(), target, shapes.get(name.text()), time, context)
                        .ifPresent(steps::add);
            } else {
                elaborator.notANumber(definition.value(), values.get(i));
            }
        }
        return steps;
    }

    /** The definition of {@code target}, whose entries at one time are {@code array} for all {@code indices}. */
    private Optional<LoopOrder.Step> entry(
            Statement.Definition definition,
            Name name,
            Array array,
            List<Index> indices,
            Tensor target,
            Shape row,
            Index time,
            Context context) {
        List<Index> loops = new ArrayList<>(context.loops());
        List<Expr> subscripts = new ArrayList<>(context.loops());
        loops.add(time);
        subscripts.add(time);
        List<Index> inside = new ArrayList<>(indices);
        for (Expr extent : array.shape().extents()) {
            inside.add(Index.ofAxis(inside.size(), extent));
        }
        loops.addAll(inside);
        subscripts.addAll(inside);
        if (subscripts.size() != target.rank() || !row.equals(shapeOf(inside))) {
            diagnostics.error(
                    name.span(),
                    name.text() + " starts with shape " + row + " but its entries are " + Wording.shape(array));
            return Optional.empty();
        }
        Expr entry = array.at(inside.subList(indices.size(), inside.size()));
        Map<Integer, Index> times = new TreeMap<>(Map.of(0, time));
        for (Index index : indices) {
            times.put(times.size(), index);
        }
        String note = Blocks.note(definition.span());
        return Optional.of(
                new LoopOrder.Step(new Definition(target, subscripts, Combine.ASSIGN, loops, entry, note), times));
    }

    private static Shape shapeOf(List<Index> inside) {
        List<Expr> extents = new ArrayList<>();
        inside.forEach(index -> extents.add(Translation.extent(index)));
        return new Shape(extents);
    }

    /** Puts what does not read the group before it, and the rest into loops through time. */
    private void arrange(int mark, List<LoopOrder.Step> finals, List<Statement.Definition> group) {
        List<Definition> made = new ArrayList<>(translation
                .definitions()
                .subList(mark, translation.definitions().size()));
        translation
                .definitions()
                .subList(mark, translation.definitions().size())
                .clear();
        Set<Tensor> inside = new LinkedHashSet<>();
        finals.forEach(step -> inside.add(step.definition().target()));
        for (boolean more = true; more; ) {
            more = false;
            for (Definition definition : made) {
                if (!inside.contains(definition.target())
                        && reads(definition).stream().anyMatch(inside::contains)) {
                    inside.add(definition.target());
                    more = true;
                }
            }
        }
        Map<Index, Integer> places = new HashMap<>();
        finals.forEach(step -> step.times().forEach((place, index) -> places.put(index, place)));
        List<LoopOrder.Step> steps = new ArrayList<>();
        for (Definition definition : made) {
            if (inside.contains(definition.target())) {
                Map<Integer, Index> times = new TreeMap<>();
                definition.loops().stream()
                        .filter(loop -> places.containsKey(translation.origin(loop)))
                        .forEach(loop -> times.put(places.get(translation.origin(loop)), loop));
                steps.add(new LoopOrder.Step(definition, times));
            } else {
                translation.definitions().add(definition);
            }
        }
        steps.addAll(finals);
        LoopOrder.of(steps).ifPresentOrElse(ordered -> ordered.forEach(translation::add), () -> tooLate(group));
    }

    private void tooLate(List<Statement.Definition> group) {
        diagnostics.error(
                group.get(0).names().get(0).span(),
                "a recurrence may read only entries that are known by then",
                "read h[t-1], or what does not itself need h[t]");
    }

    private static Set<Tensor> reads(Definition definition) {
        Set<Tensor> reads = new HashSet<>();
        Walk.accesses(definition.body()).forEach(access -> reads.add(access.tensor()));
        return reads;
    }
}
