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

    /** The definitions from {@code place} on that form one recurrence; none if the one there reads only what stands before it. */
    static List<Statement.Definition> starting(List<Statement> body, int place) {
        Map<String, Integer> defined = new HashMap<>();
        for (int i = place; i < body.size() && body.get(i) instanceof Statement.Definition definition; i++) {
            if (definition.names().size() == 1 && !definition.indices().isEmpty()) {
                defined.putIfAbsent(definition.names().get(0).text(), i);
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
        boolean starts =
                group.stream().anyMatch(definition -> !definition.starts().isEmpty());
        return starts ? group : List.of();
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
        for (boolean progress = true; progress && shapes.size() < group.size(); ) {
            progress = false;
            for (Statement.Definition definition : group) {
                String name = definition.names().get(0).text();
                if (shapes.containsKey(name)) {
                    continue;
                }
                Optional<Shape> shape = elaborator
                        .diagnostics()
                        .muted(() -> translation.speculate(() -> trial(definition, group, time, shapes, context)));
                if (shape.isPresent()) {
                    shapes.put(name, shape.get());
                    progress = true;
                }
            }
        }
        for (Statement.Definition definition : group) {
            String name = definition.names().get(0).text();
            if (!shapes.containsKey(name)) {
                Optional<Shape> start = start(definition, context);
                if (start.isEmpty()) {
                    // The error is in the body, or the shape cannot be known: worked out once more, aloud.
                    Scope scope = trialScope(group, time, shapes, context);
                    elaborator.value(definition.value(), context.within(scope).withLoops(List.of(time)));
                    elaborator
                            .diagnostics()
                            .error(
                                    definition.names().get(0).span(),
                                    "the shape of " + name + " cannot be known from this recurrence",
                                    "let it start from a tensor of its shape");
                    return Optional.empty();
                }
                shapes.put(name, start.get());
            }
        }
        return Optional.of(shapes);
    }

    private Optional<Shape> start(Statement.Definition definition, Context context) {
        return definition.starts().isEmpty()
                ? Optional.empty()
                : elaborator
                        .diagnostics()
                        .muted(() -> translation.speculate(() ->
                                elaborator.value(definition.starts().get(0).value(), context) instanceof Array array
                                        ? Optional.of(array.shape())
                                        : Optional.empty()));
    }

    private Scope trialScope(List<Statement.Definition> group, Index time, Map<String, Shape> shapes, Context context) {
        Scope scope = context.scope().inner();
        for (Statement.Definition other : group) {
            String name = other.names().get(0).text();
            Shape known = shapes.get(name);
            Optional<Shape> started = start(other, context).filter(shape -> shape.rank() > 0);
            Shape row = known != null ? known : started.orElse(null);
            scope.bind(
                    name,
                    row == null && other.indices().size() == 1 ? new Value.Unknown() : trialArray(other, row, time));
            scope.bind(other.indices().get(0).name().text(), Array.scalar(time));
        }
        return scope;
    }

    private static Value trialArray(Statement.Definition definition, Shape row, Index time) {
        if (row == null) {
            return new Value.Unknown();
        }
        return new Array(
                row.within(time.high()),
                at -> Constant.ZERO,
                true,
                definition.starts().size());
    }

    /** The shape of one definition at one time, if what is known so far tells it. */
    private Optional<Shape> trial(
            Statement.Definition definition,
            List<Statement.Definition> group,
            Index time,
            Map<String, Shape> shapes,
            Context context) {
        Scope scope = trialScope(group, time, shapes, context);
        Context inner = context.within(scope).withLoops(List.of(time));
        List<Binder> others =
                definition.indices().subList(1, definition.indices().size());
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(others, definition.value(), inner);
        if (indices.isEmpty()) {
            return Optional.empty();
        }
        indices.get().forEach(index -> scope.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner()
                .definition(definition.names().get(0).text(), Layers.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        if (value instanceof Value.Unknown && !others.isEmpty()) {
            value = Guess.of(Shape.SCALAR);
        }
        if (!(value instanceof Array array)) {
            return Optional.empty();
        }
        List<Expr> extents = new ArrayList<>();
        indices.get().forEach(index -> extents.add(Translation.extent(index)));
        extents.addAll(array.shape().extents());
        return Optional.of(new Shape(extents));
    }

    private void elaborate(List<Statement.Definition> group, Index time, Map<String, Shape> shapes, Context context) {
        int mark = translation.definitions().size();
        Map<String, Tensor> targets = new LinkedHashMap<>();
        Scope scope = context.scope().inner();
        for (Statement.Definition definition : group) {
            String name = definition.names().get(0).text();
            if (!blocks.isNew(definition.names().get(0), context)) {
                return;
            }
            List<Expr> extents = new ArrayList<>();
            context.loops().forEach(loop -> extents.add(Translation.extent(loop)));
            extents.add(Translation.extent(time));
            extents.addAll(shapes.get(name).extents());
            targets.put(name, Tensor.derived(translation.fresh(name, context), new Shape(extents)));
        }
        for (Statement.Definition definition : group) {
            String name = definition.names().get(0).text();
            Value array = array(definition, targets.get(name), shapes.get(name), time, context);
            context.scope().bind(name, array);
            scope.bind(name, array);
        }
        List<Definition> finals = new ArrayList<>();
        for (Statement.Definition definition : group) {
            body(definition, targets, shapes, time, scope, context).ifPresent(finals::add);
        }
        arrange(mark, finals, time, group, context);
    }

    /** What a name of the group means: the stored entries, and before them its starts. */
    private Value array(Statement.Definition definition, Tensor target, Shape row, Index time, Context context) {
        Map<Integer, Array> starts = new LinkedHashMap<>();
        for (Statement.Start start : definition.starts()) {
            boolean single = start.entry().subscripts().size() == 1;
            Expr place = single && start.entry().subscripts().get(0) instanceof At at
                    ? elaborator.scalar(at.index(), context, "the place of a start")
                    : null;
            Value value = elaborator.value(start.value(), context);
            if (!(place != null && Constants.fold(place) instanceof Constant constant && constant.value() < 0)
                    || !(value instanceof Array array)
                    || !array.isScalar() && !array.shape().equals(row)) {
                elaborator
                        .diagnostics()
                        .error(
                                start.entry().span(),
                                "a start gives an entry before 0 a scalar or a tensor of shape " + row,
                                "from " + definition.names().get(0).text() + "[-1] = 0");
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

    private Optional<Definition> body(
            Statement.Definition definition,
            Map<String, Tensor> targets,
            Map<String, Shape> shapes,
            Index time,
            Scope scope,
            Context context) {
        String name = definition.names().get(0).text();
        Scope own = scope.inner();
        own.bind(definition.indices().get(0).name().text(), Array.scalar(time));
        Context inner = context.within(own).withLoops(List.of(time));
        List<Binder> others =
                definition.indices().subList(1, definition.indices().size());
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(others, definition.value(), inner);
        if (indices.isEmpty()) {
            return Optional.empty();
        }
        indices.get().forEach(index -> own.bind(index.name(), Array.scalar(index)));
        Owner owner = context.owner().definition(name, Layers.calls(definition.value(), context.declarations()));
        Value value = elaborator.value(
                definition.value(), inner.withLoops(indices.get()).withOwner(owner));
        if (!(value instanceof Array array)) {
            elaborator.notANumber(definition.value(), value);
            return Optional.empty();
        }
        List<Index> loops = new ArrayList<>(context.loops());
        List<Expr> subscripts = new ArrayList<>(context.loops());
        subscripts.add(time);
        List<Index> inside = new ArrayList<>(indices.get());
        for (Expr extent : array.shape().extents()) {
            inside.add(Index.upTo(Translation.axisName(inside.size()), extent));
        }
        loops.addAll(inside);
        subscripts.addAll(inside);
        if (subscripts.size() != targets.get(name).rank() || !shapes.get(name).equals(shapeOf(inside))) {
            elaborator
                    .diagnostics()
                    .error(
                            definition.names().get(0).span(),
                            name + " starts with shape " + shapes.get(name) + " but its entries are "
                                    + Elaborator.shapeText(array));
            return Optional.empty();
        }
        Expr entry = array.at(inside.subList(indices.get().size(), inside.size()));
        return Optional.of(new Definition(
                targets.get(name), subscripts, Combine.ASSIGN, loops, entry, Blocks.note(definition.span())));
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
            done.add(next.get().target());
            open.remove(next.get());
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
