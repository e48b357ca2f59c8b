package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Subscript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands before entry 0 of one name in a recurrence: {@code h[-1] = s}, {@code h[-1,j] = s[j]}, or, where several indices go
 * through time, {@code h[t,-1] = x[t]}. An entry that lies before 0 on two axes takes a start with two numbers.
 */
public final class Starts {

    private final Elaborator elaborator;
    private final Diagnostics diagnostics;
    private final Name name;
    private final List<Statement.Start> written;
    private boolean complained;

    /**
     * A start that has been understood.
     *
     * @param places the number on each axis that has one
     * @param named the axes that have a name: the first axes of the value
     */
    private record Start(Map<Integer, Integer> places, List<Integer> named, Array value) {

        Expr at(List<Expr> subscripts) {
            List<Expr> own = new ArrayList<>();
            named.forEach(axis -> own.add(subscripts.get(axis)));
            if (value.shape().rank() > named.size()) {
                own.addAll(subscripts.subList(places.size() + named.size(), subscripts.size()));
            }
            return value.at(own);
        }
    }

    Starts(Elaborator elaborator, Statement.Definition definition, Name name) {
        this.elaborator = elaborator;
        this.diagnostics = elaborator.diagnostics();
        this.name = name;
        written = definition.starts().stream()
                .filter(start -> ((Name) start.entry().tensor()).text().equals(name.text()))
                .toList();
    }

    /** How far before 0 the starts reach on each axis. */
    List<Integer> before(Context context) {
        List<Integer> before = new ArrayList<>();
        for (Statement.Start start : written) {
            places(start, context).forEach((axis, place) -> {
                while (before.size() <= axis) {
                    before.add(0);
                }
                before.set(axis, Math.max(before.get(axis), -place));
            });
        }
        return before;
    }

    /**
     * The shape of the entries at one time as far as the starts tell it.
     *
     * @param indices those on the left, that of time first, if they are known already
     */
    Optional<Shape> shape(List<Index> indices, Context context) {
        List<Shape> shapes = new ArrayList<>();
        for (Statement.Start start : written) {
            Map<Integer, Index> known = new TreeMap<>();
            indices.forEach(index -> known.put(known.size(), index));
            value(start, known, context).ifPresent(value -> {
                int given = start.entry().subscripts().size();
                List<Integer> named = named(start);
                Map<Integer, Expr> extents = new HashMap<>();
                known.forEach((axis, index) -> extents.put(axis, Translation.extent(index)));
                for (int i = 0; i < named.size(); i++) {
                    extents.putIfAbsent(named.get(i), value.shape().extent(i));
                }
                List<Expr> row = new ArrayList<>();
                for (int axis = 1; axis < given && extents.containsKey(axis); axis++) {
                    row.add(extents.get(axis));
                }
                if (row.size() == given - 1) {
                    row.addAll(value.shape()
                            .extents()
                            .subList(named.size(), value.shape().rank()));
                    shapes.add(new Shape(row));
                }
            });
        }
        return shapes.stream().max(Comparator.comparing(Shape::rank));
    }

    /**
     * What the name means: the stored entries, and before them the starts.
     *
     * @param shape that of all entries, the axis of {@code time} first
     */
    Value of(Shape shape, Index time, Value.Entry stored, Context context) {
        Map<Integer, Index> indices = new HashMap<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            indices.put(axis, axis == 0 ? time : Index.ofAxis(axis, shape.extent(axis)));
        }
        List<Start> starts = new ArrayList<>();
        for (Statement.Start start : written) {
            Optional<Array> value = value(start, indices, context);
            Map<Integer, Integer> places = places(start, context);
            int given = start.entry().subscripts().size();
            boolean fits = given <= shape.rank()
                    && places.size() + named(start).size() == given
                    && !places.isEmpty()
                    && places.values().stream().allMatch(place -> place < 0)
                    && value.isPresent();
            if (fits) {
                List<Expr> rest = value.get()
                        .shape()
                        .extents()
                        .subList(named(start).size(), value.get().shape().rank());
                fits = rest.isEmpty() || rest.equals(shape.extents().subList(given, shape.rank()));
            }
            if (!fits) {
                Shape row = new Shape(shape.extents().subList(1, shape.rank()));
                diagnostics.error(
                        start.entry().span(),
                        "a start gives an entry before 0 a scalar"
                                + (row.rank() == 0 ? "" : " or a tensor of shape " + row),
                        "from " + name.text() + "[-1] = 0");
                return Value.INVALID;
            }
            starts.add(new Start(places, named(start), value.get()));
        }
        return new Array(shape, at -> entry(at, starts, stored), true, before(context));
    }

    private Expr entry(List<Expr> at, List<Start> starts, Value.Entry stored) {
        List<Integer> early = new ArrayList<>();
        for (int axis = 0; axis < at.size(); axis++) {
            if (IntegerRange.of(at.get(axis)).low() < 0) {
                early.add(axis);
            }
        }
        Map<List<Integer>, List<Start>> groups = new LinkedHashMap<>();
        starts.stream()
                .filter(start -> early.containsAll(start.places().keySet()))
                .forEach(start -> groups.computeIfAbsent(
                                List.copyOf(start.places().keySet()), axes -> new ArrayList<>())
                        .add(start));
        if (groups.size() > 1 && !groups.containsKey(early) && !complained) {
            complained = true;
            String corner = name.text() + "[" + "-1,".repeat(early.size() - 1) + "-1]";
            diagnostics.error(
                    name.span(), "nothing says what " + corner + " is, which is read", "from " + corner + " = 0");
        }
        Expr entry = stored.at(at);
        for (List<Integer> axes : groups.keySet().stream()
                .sorted(Comparator.comparing(List::size))
                .toList()) {
            Expr outside = axes.stream()
                    .<Expr>map(axis -> Call.of(Operator.LESS, at.get(axis), Constant.ZERO))
                    .reduce((a, b) -> Call.of(Operator.AND, a, b))
                    .orElseThrow();
            entry = Select.of(outside, early(groups.get(axes), at), entry);
        }
        return entry;
    }

    /** From the latest start to the earliest, the last one without a test of its own. */
    private static Expr early(List<Start> starts, List<Expr> at) {
        Expr early = null;
        for (Start start : starts.stream()
                .sorted(Comparator.comparing(start -> List.copyOf(start.places().values()), Starts::compare))
                .toList()) {
            Expr here = start.places().entrySet().stream()
                    .<Expr>map(place -> Call.of(Operator.EQUAL, at.get(place.getKey()), Constant.of(place.getValue())))
                    .reduce((a, b) -> Call.of(Operator.AND, a, b))
                    .orElseThrow();
            early = early == null ? start.at(at) : Select.of(here, start.at(at), early);
        }
        return early;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The numbers among the subscripts of a start, by their axes. */
    private Map<Integer, Integer> places(Statement.Start start, Context context) {
        Map<Integer, Integer> places = new TreeMap<>();
        List<Subscript> subscripts = start.entry().subscripts();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            if (subscripts.get(axis) instanceof At at && !(at.index() instanceof Name)) {
                Expr place = elaborator.scalar(at.index(), context, "the place of a start");
                if (place != null && Constants.fold(place) instanceof Constant constant) {
                    places.put(axis, (int) constant.value());
                }
            }
        }
        return places;
    }

    private static List<Integer> named(Statement.Start start) {
        List<Integer> named = new ArrayList<>();
        List<Subscript> subscripts = start.entry().subscripts();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            if (subscripts.get(axis) instanceof At at && at.index() instanceof Name) {
                named.add(axis);
            }
        }
        return named;
    }

    /** The names among the subscripts of a start, which stand for all entries there. */
    public static List<Binder> indices(Statement.Start start) {
        return named(start).stream()
                .map(axis -> (Name) ((At) start.entry().subscripts().get(axis)).index())
                .map(name -> new Binder(name, Optional.empty(), Optional.empty()))
                .toList();
    }

    /** The value of a start, its first axes those that have a name; empty, perhaps after a message, if there is none. */
    private Optional<Array> value(Statement.Start start, Map<Integer, Index> known, Context context) {
        Scope scope = context.scope().inner();
        List<Binder> open = new ArrayList<>();
        Map<String, Index> indices = new LinkedHashMap<>();
        for (int axis : named(start)) {
            Name index = (Name) ((At) start.entry().subscripts().get(axis)).index();
            indices.put(index.text(), known.get(axis));
            if (known.containsKey(axis)) {
                scope.bind(index.text(), Array.scalar(known.get(axis)));
            } else {
                open.add(new Binder(index, Optional.empty(), Optional.empty()));
            }
        }
        Optional<List<Index>> found = new IndexRanges(elaborator).resolve(open, start.value(), context.within(scope));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        found.get().forEach(index -> {
            indices.put(index.name(), index);
            scope.bind(index.name(), Array.scalar(index));
        });
        List<Index> loops = List.copyOf(indices.values());
        Value entry = elaborator.value(start.value(), context.within(scope).withLoops(loops));
        if (!(entry instanceof Array array)) {
            return Optional.empty();
        }
        if (loops.isEmpty()) {
            return Optional.of(array);
        }
        List<Expr> shape = new ArrayList<>();
        loops.forEach(loop -> shape.add(Translation.extent(loop)));
        shape.addAll(array.shape().extents());
        Value.Entry rows = at -> array.at(at.subList(loops.size(), at.size()));
        boolean same = array.isScalar()
                && Walk.indices(List.of(array.scalar())).stream().noneMatch(loops::contains);
        return Optional.of(
                same
                        ? new Array(new Shape(shape), rows, true)
                        : elaborator.translation().define(loops, array.shape(), rows, "start", "", context));
    }
}
