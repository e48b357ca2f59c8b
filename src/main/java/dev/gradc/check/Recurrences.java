package dev.gradc.check;

import dev.gradc.check.Value.Array;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Subscript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions that read their own or each other's earlier entries: {@code h[t] = f(W@x[t] + U@h[t-1] + b) from h[-1] = 0}. The
 * first index is the time; what does not depend on the recurrence is worked out for all times before it.
 */
final class Recurrences {

    private final Elaborator elaborator;
    private final Blocks blocks;
    private final Translation translation;

    Recurrences(Elaborator elaborator, Blocks blocks) {
        this.elaborator = elaborator;
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
                elaborator
                        .diagnostics()
                        .error(
                                definition.names().get(0).span(),
                                "what stands in a recurrence has its index: "
                                        + definition.names().get(0).text() + "[t] = …");
            }
        }
        boolean valid =
                group.stream().noneMatch(definition -> definition.indices().isEmpty());
        Optional<Index> time = valid ? time(group, context) : Optional.empty();
        Optional<Map<String, Shape>> shapes = time.flatMap(index -> shapes(group, index, context));
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
            Optional<List<Index>> indices = elaborator
                    .diagnostics()
                    .muted(() -> translation.speculate(() -> new IndexRanges(elaborator)
                            .resolve(definition.indices().subList(0, 1), definition.value(), context)));
            if (indices.isPresent()) {
                return Optional.of(indices.get().get(0));
            }
        }
        // None does: the first says why.
        new IndexRanges(elaborator)
                .resolve(group.get(0).indices().subList(0, 1), group.get(0).value(), context);
        return Optional.empty();
    }

    /** The shapes of the entries at one time, found by trials in which those that are still sought take any shape. */
    private Optional<Map<String, Shape>> shapes(List<Statement.Definition> group, Index time, Context context) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        trials(group, time, shapes, context);
        // What is still unknown has the shape of its start, which may tell those of the rest.
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                if (!shapes.containsKey(name.text())) {
                    startingShape(definition, name, context).ifPresent(start -> shapes.put(name.text(), start));
                }
            }
        }
        trials(group, time, shapes, context);
        for (Statement.Definition definition : group) {
            for (Name name : definition.names()) {
                if (!shapes.containsKey(name.text())) {
                    unknownShape(definition, name, group, time, shapes, context);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(shapes);
    }

    /** Adds to {@code shapes} what trials tell, until they tell nothing new. */
    private void trials(List<Statement.Definition> group, Index time, Map<String, Shape> shapes, Context context) {
        for (boolean progress = true; progress; ) {
            progress = false;
            for (Statement.Definition definition : group) {
                if (definition.names().stream().allMatch(name -> shapes.containsKey(name.text()))) {
                    continue;
                }
                Map<String, Shape> found = elaborator
                        .diagnostics()
                        .muted(() -> translation.speculate(() -> trial(definition, group, time, shapes, context)));
                for (Map.Entry<String, Shape> entry : found.entrySet()) {
                    progress |= shapes.putIfAbsent(entry.getKey(), entry.getValue()) == null;
                }
            }
        }
    }

    /** Says what is wrong: the body, worked out once more and aloud, or that nothing tells the shape. */
    private void unknownShape(
            Statement.Definition definition,
            Name name,
            List<Statement.Definition> group,
            Index time,
            Map<String, Shape> shapes,
            Context context) {
        Scope scope = trialScope(group, time, shapes, context);
        Context inner = context.within(scope).withLoops(List.of(time));
        new IndexRanges(elaborator)
                .resolve(others(definition), definition.value(), inner)
                .ifPresent(indices -> {
                    indices.forEach(index -> scope.bind(index.name(), Array.scalar(index)));
                    elaborator.value(definition.value(), inner.withLoops(indices));
                });
        elaborator
                .diagnostics()
                .error(
                        name.span(),
                        "the shape of " + name.text() + " cannot be known from this recurrence",
                        "let it start from a tensor of its shape");
    }

    /** The indices beside that of time. */
    private static List<Binder> others(Statement.Definition definition) {
        return definition.indices().subList(1, definition.indices().size());
    }

    /** The starts of one of the names of a definition. */
    private static List<Statement.Start> starts(Statement.Definition definition, Name name) {
        return definition.starts().stream()
                .filter(start -> ((Name) start.entry().tensor()).text().equals(name.text()))
                .toList();
    }

    private Optional<Shape> startingShape(Statement.Definition definition, Name name, Context context) {
        List<Statement.Start> starts = starts(definition, name);
        return starts.isEmpty()
                ? Optional.empty()
                : elaborator
                        .diagnostics()
                        .muted(() -> translation.speculate(
                                () -> value(starts.get(0), definition, context) instanceof Array array
                                        ? Optional.of(array.shape())
                                        : Optional.empty()));
    }

    /** What an entry starts from: {@code h[-1] = s}, or entry by entry, {@code h[-1,j] = s[j]}. */
    private Value value(Statement.Start start, Statement.Definition definition, Context context) {
        List<Binder> binders = new ArrayList<>();
        for (Subscript subscript :
                start.entry().subscripts().subList(1, start.entry().subscripts().size())) {
            if (!(subscript instanceof At at && at.index() instanceof Name name)) {
                return Value.INVALID;
            }
            binders.add(others(definition).stream()
                    .filter(binder -> binder.name().text().equals(name.text()))
                    .findFirst()
                    .orElse(new Binder(name, Optional.empty(), Optional.empty())));
        }
        if (binders.isEmpty()) {
            return elaborator.value(start.value(), context);
        }
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(binders, start.value(), context);
        if (indices.isEmpty()) {
            return Value.INVALID;
        }
        Scope scope = context.scope().inner();
        indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
        Value entry = elaborator.value(start.value(), context.within(scope).withLoops(indices.get()));
        return entry instanceof Array array
                ? translation.define(
                        indices.get(),
                        array.shape(),
                        List.of(),
                        Combine.ASSIGN,
                        at -> array.at(at.subList(binders.size(), at.size())),
                        "start",
                        "",
                        context,
                        List.of())
                : entry;
    }

    private Scope trialScope(List<Statement.Definition> group, Index time, Map<String, Shape> shapes, Context context) {
        Scope scope = context.scope().inner();
        for (Statement.Definition other : group) {
            for (Name name : other.names()) {
                Shape known = shapes.get(name.text());
                Shape row = known != null
                        ? known
                        : startingShape(other, name, context)
                                .filter(shape -> shape.rank() > 0)
                                .orElse(null);
                int before = starts(other, name).size();
                scope.bind(
                        name.text(),
                        row == null
                                ? new Value.Unknown()
                                : new Array(row.within(time.high()), at -> Constant.ZERO, true, before));
            }
            scope.bind(other.indices().get(0).name().text(), Array.scalar(time));
        }
        return scope;
    }

    /** The shapes of what one definition gives at one time, if what is known so far tells them. */
    private Map<String, Shape> trial(
            Statement.Definition definition,
            List<Statement.Definition> group,
            Index time,
            Map<String, Shape> known,
            Context context) {
        Scope scope = trialScope(group, time, known, context);
        Context inner = context.within(scope).withLoops(List.of(time));
        Optional<List<Index>> indices =
                new IndexRanges(elaborator).resolve(others(definition), definition.value(), inner);
        if (indices.isEmpty()) {
            return Map.of();
        }
        indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner()
                .definition(definition.names().get(0).text(), Layers.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        if (value instanceof Value.Unknown && !indices.get().isEmpty()) {
            value = Guess.of(Shape.SCALAR);
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<Value> parts = value instanceof Value.Several several ? several.values() : List.of(value);
        for (int i = 0;
                i < definition.names().size()
                        && parts.size() == definition.names().size();
                i++) {
            if (parts.get(i) instanceof Array array) {
                List<Expr> extents = new ArrayList<>();
                indices.get().forEach(index -> extents.add(Translation.extent(index)));
                extents.addAll(array.shape().extents());
                shapes.put(definition.names().get(i).text(), new Shape(extents));
            }
        }
        return shapes;
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
                Value array = array(definition, name, targets.get(name.text()), shapes.get(name.text()), time, context);
                context.scope().bind(name.text(), array);
                scope.bind(name.text(), array);
            }
        }
        List<Definition> finals = new ArrayList<>();
        for (Statement.Definition definition : group) {
            finals.addAll(body(definition, targets, shapes, time, scope, context));
        }
        arrange(mark, finals, time, group, context);
    }

    /** What a name of the group means: the stored entries, and before them its starts. */
    private Value array(
            Statement.Definition definition, Name name, Tensor target, Shape row, Index time, Context context) {
        Map<Integer, Array> starts = new LinkedHashMap<>();
        for (Statement.Start start : starts(definition, name)) {
            Expr place = start.entry().subscripts().get(0) instanceof At at
                    ? elaborator.scalar(at.index(), context, "the place of a start")
                    : null;
            Value value = value(start, definition, context);
            if (!(place != null && Constants.fold(place) instanceof Constant constant && constant.value() < 0)
                    || !(value instanceof Array array)
                    || !array.isScalar() && !array.shape().equals(row)) {
                elaborator
                        .diagnostics()
                        .error(
                                start.entry().span(),
                                "a start gives an entry before 0 a scalar or a tensor of shape " + row,
                                "from " + name.text() + "[-1] = 0");
                return Value.INVALID;
            }
            starts.put((int) constant.value(), array);
        }
        int before = -starts.keySet().stream().min(Integer::compare).orElse(0);
        return new Array(
                row.within(Translation.extent(time)),
                at -> {
                    List<Expr> subscripts = new ArrayList<>(context.loops());
                    subscripts.addAll(at);
                    Expr entry = Access.of(target, subscripts);
                    if (IntegerRange.of(at.get(0)).low() >= 0) {
                        return entry;
                    }
                    // From the latest start to the earliest, the last one without a test of its own.
                    Expr early = null;
                    for (Map.Entry<Integer, Array> start : starts.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .toList()) {
                        Array value = start.getValue();
                        Expr there = value.isScalar() ? value.scalar() : value.at(at.subList(1, at.size()));
                        Expr here = Call.of(Operator.EQUAL, at.get(0), Constant.of(start.getKey()));
                        early = early == null ? there : Select.of(here, there, early);
                    }
                    return Select.of(Call.of(Operator.LESS, at.get(0), Constant.ZERO), early, entry);
                },
                true,
                before);
    }

    private List<Definition> body(
            Statement.Definition definition,
            Map<String, Tensor> targets,
            Map<String, Shape> shapes,
            Index time,
            Scope scope,
            Context context) {
        Scope own = scope.inner();
        own.bind(definition.indices().get(0).name().text(), Array.scalar(time));
        Context inner = context.within(own).withLoops(List.of(time));
        Optional<List<Index>> indices =
                new IndexRanges(elaborator).resolve(others(definition), definition.value(), inner);
        if (indices.isEmpty()) {
            return List.of();
        }
        indices.get().forEach(index -> own.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner()
                .definition(definition.names().get(0).text(), Layers.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        List<Definition> definitions = new ArrayList<>();
        List<Value> values = blocks.values(definition, value);
        for (int i = 0; i < values.size(); i++) {
            Name name = definition.names().get(i);
            if (values.get(i) instanceof Array array) {
                Tensor target = targets.get(name.text());
                entry(definition, name, array, indices.get(), target, shapes.get(name.text()), time, context)
                        .ifPresent(definitions::add);
            } else {
                elaborator.notANumber(definition.value(), values.get(i));
            }
        }
        return definitions;
    }

    /** The definition of {@code target}, whose entries at one time are {@code array} for all {@code indices}. */
    private Optional<Definition> entry(
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
        subscripts.add(time);
        List<Index> inside = new ArrayList<>(indices);
        for (Expr extent : array.shape().extents()) {
            inside.add(Index.upTo(Translation.axisName(inside.size()), extent));
        }
        loops.addAll(inside);
        subscripts.addAll(inside);
        if (subscripts.size() != target.rank() || !row.equals(shapeOf(inside))) {
            elaborator
                    .diagnostics()
                    .error(
                            name.span(),
                            name.text() + " starts with shape " + row + " but its entries are "
                                    + Elaborator.shapeText(array));
            return Optional.empty();
        }
        Expr entry = array.at(inside.subList(indices.size(), inside.size()));
        return Optional.of(
                new Definition(target, subscripts, Combine.ASSIGN, loops, entry, Blocks.note(definition.span())));
    }

    private static Shape shapeOf(List<Index> inside) {
        List<Expr> extents = new ArrayList<>();
        inside.forEach(index -> extents.add(Translation.extent(index)));
        return new Shape(extents);
    }

    /** Puts what does not read the group before it, and the rest into the loop through time. */
    private void arrange(
            int mark, List<Definition> finals, Index time, List<Statement.Definition> group, Context context) {
        List<Definition> made = new ArrayList<>(translation
                .definitions()
                .subList(mark, translation.definitions().size()));
        translation
                .definitions()
                .subList(mark, translation.definitions().size())
                .clear();
        Set<Tensor> inside = new LinkedHashSet<>();
        finals.forEach(definition -> inside.add(definition.target()));
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
        Optional<Recurrence> recurrence = Optional.of(new Recurrence(time, false));
        List<Definition> steps = new ArrayList<>();
        for (Definition definition : made) {
            if (!inside.contains(definition.target())) {
                translation.definitions().add(definition);
                continue;
            }
            Optional<Index> own = definition.loops().stream()
                    .filter(loop -> translation.origin(loop) == time)
                    .findFirst();
            if (own.isEmpty()) {
                tooLate(group);
                return;
            }
            List<Index> loops = new ArrayList<>();
            Map<Expr, Expr> renaming = new HashMap<>(Map.of(own.get(), time));
            for (Index loop : definition.loops()) {
                if (loop != own.get()) {
                    Index copy = new Index(
                            loop.name(),
                            Rewrite.substituting(renaming).apply(loop.low()),
                            Rewrite.substituting(renaming).apply(loop.high()));
                    renaming.put(loop, copy);
                    loops.add(copy);
                }
            }
            Rewrite rename = Rewrite.substituting(renaming);
            steps.add(new Definition(
                            definition.target(),
                            rename.apply(definition.subscripts()),
                            definition.combine(),
                            loops,
                            rename.apply(definition.body()),
                            definition.note())
                    .within(recurrence));
        }
        finals.forEach(definition -> steps.add(definition.within(recurrence)));
        order(steps, time, group, context);
    }

    /** At one time each definition stands after those whose entries of that time it reads; what it reads of others is earlier. */
    private void order(List<Definition> steps, Index time, List<Statement.Definition> group, Context context) {
        Set<Tensor> inside = new HashSet<>();
        steps.forEach(step -> inside.add(step.target()));
        Set<Tensor> done = new HashSet<>();
        List<Definition> open = new ArrayList<>(steps);
        while (!open.isEmpty()) {
            Optional<Definition> next = open.stream()
                    .filter(step -> isReady(step, inside, done, time, context))
                    .findFirst();
            if (next.isEmpty()) {
                tooLate(group);
                return;
            }
            translation.definitions().add(next.get());
            open.remove(next.get());
            Tensor target = next.get().target();
            // Of a tensor that is put together from pieces all must be there.
            if (open.stream().noneMatch(step -> step.target() == target)) {
                done.add(target);
            }
        }
    }

    private static boolean isReady(Definition step, Set<Tensor> inside, Set<Tensor> done, Index time, Context context) {
        return Walk.accesses(step.body()).stream()
                .filter(access -> inside.contains(access.tensor()))
                .allMatch(access -> {
                    long lag = lag(access.subscripts().get(context.loops().size()), time);
                    return lag > 0 || lag == 0 && done.contains(access.tensor());
                });
    }

    /** How far {@code when} lies before {@code time}; −1 if it may be later. */
    private static long lag(Expr when, Index time) {
        if (when == time) {
            return 0;
        }
        if (when instanceof Index index && index.high() == time) {
            return 1;
        }
        Rewrite atZero = Rewrite.substituting(Map.of(time, Constant.ZERO));
        Rewrite atOne = Rewrite.substituting(Map.of(time, Constant.ONE));
        Expr zero = Constants.fold(atZero.apply(when));
        Expr one = Constants.fold(atOne.apply(when));
        return zero instanceof Constant a && one instanceof Constant b && b.value() - a.value() == 1
                ? (long) -a.value()
                : -1;
    }

    private void tooLate(List<Statement.Definition> group) {
        elaborator
                .diagnostics()
                .error(
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
