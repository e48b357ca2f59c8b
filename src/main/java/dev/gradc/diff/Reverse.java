package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reverse mode over a Wengert list: one walk from the last definition to the first. An element {@code x[R]} that a definition with
 * loops L reads gives the adjoint statement {@code for L: dx[R] += dt[S]*∂body/∂x[R]}; where R is plain indices that is again a sum
 * or an elementwise definition, else a scatter.
 */
public final class Reverse {

    private final Library library;

    public Reverse(Library library) {
        this.library = library;
    }

    /**
     * The backward pass for {@code of}, a scalar of {@code program}.
     *
     * @param wrt what to differentiate in: arguments or derived tensors
     */
    public Gradient gradient(Program program, Tensor of, List<Tensor> wrt) {
        Pass pass = new Pass(program, of, wrt, List.of());
        pass.contribute(of, new Contribution(List.of(), List.of(), Constant.ONE));
        return pass.run();
    }

    /**
     * The backward pass for a combination of the entries of {@code of}, a tensor of {@code program}, or for many at once.
     *
     * @param directions the axes that all adjoints have outermost: one for each combination
     * @param loops an index for each axis of {@code of}
     * @param seed the adjoint of {@code of} at {@code loops} for {@code directions}
     */
    public Gradient pullback(
            Program program, Tensor of, List<Index> directions, List<Index> loops, Expr seed, List<Tensor> wrt) {
        Pass pass = new Pass(program, of, wrt, directions);
        pass.contribute(of, new Contribution(join(directions, loops), join(directions, loops), seed));
        return pass.run();
    }

    /** The backward pass for each entry of {@code of}, a tensor of {@code program}: its axes are the outermost of all adjoints. */
    public Gradient jacobian(Program program, Tensor of, List<Tensor> wrt) {
        List<Index> directions = Pass.indices(of.shape(), List.of());
        List<Index> loops = Pass.indices(of.shape(), List.of());
        Expr seed = Constant.ONE;
        for (int axis = of.rank() - 1; axis >= 0; axis--) {
            Expr here = Call.of(Operator.EQUAL, directions.get(axis), loops.get(axis));
            seed = Select.of(here, seed, Constant.ZERO);
        }
        return pullback(program, of, directions, loops, seed, wrt);
    }

    /** The backward pass that takes the adjoints of some tensors, given as arguments of equal shape, to those of {@code wrt}. */
    Gradient pullback(Program program, Map<Tensor, Tensor> cotangents, List<Tensor> wrt) {
        Pass pass = new Pass(program, program.results().get(0), wrt, List.of());
        cotangents.forEach((tensor, cotangent) -> {
            List<Index> loops = Pass.indices(tensor.shape(), List.of());
            pass.contribute(tensor, new Contribution(loops, List.copyOf(loops), Access.of(cotangent, loops)));
        });
        return pass.run();
    }

    private static <T extends Expr> List<T> join(List<? extends T> first, List<? extends T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** The derivatives of one body with respect to {@code elements}, as expressions of what the body reads. */
    public List<Expr> partials(Expr body, List<Access> elements) {
        Set<Tensor> tensors = new HashSet<>();
        elements.forEach(element -> tensors.add(element.tensor()));
        Map<Access, Adjoint> adjoints = new BodyAdjoint(library, tensors::contains).of(body, Adjoint.ONE, Map.of());
        List<Expr> partials = new ArrayList<>(elements.size());
        for (Access element : elements) {
            Adjoint adjoint = adjoints.get(element);
            partials.add(adjoint == null ? Constant.ZERO : adjoint.expression());
        }
        return partials;
    }

    /** One differentiation. */
    private final class Pass {

        private final Program program;
        private final Tensor of;
        private final List<Tensor> wrt;
        private final List<Index> directions;
        private final Names names;
        private final Set<Tensor> active = new HashSet<>();
        private final Map<Tensor, List<Contribution>> contributions = new HashMap<>();
        private final Map<Tensor, Tensor> adjoints = new LinkedHashMap<>();
        private final List<Definition> definitions = new ArrayList<>();
        private final Map<Expr, Expr> stored = new LinkedHashMap<>();
        private final Map<Tensor, Expr> constants = new HashMap<>();
        private final Silence silence;

        Pass(Program program, Tensor of, List<Tensor> wrt, List<Index> directions) {
            this.program = program;
            this.directions = directions;
            this.of = of;
            this.wrt = wrt;
            this.names = new Names(program);
            this.silence = new Silence(program);
        }

        Gradient run() {
            Activity.of(program, wrt, active);
            Map<Tensor, Definition> sole = program.soleDefinitions();
            List<List<Definition>> runs = Recurrence.runs(program.definitions(), 0);
            for (int i = runs.size() - 1; i >= 0; i--) {
                Definition last = runs.get(i).get(0);
                if (!last.recurrences().isEmpty()) {
                    throughTime(runs.get(i));
                } else if (active.contains(last.target()) && isRead(last.target())) {
                    propagate(last, adjoint(last.target()), sole.get(last.target()) == last);
                }
            }
            Map<Tensor, Tensor> results = new LinkedHashMap<>();
            wrt.forEach(tensor -> results.put(tensor, adjoint(tensor)));
            Set<Tensor> arguments = new LinkedHashSet<>(program.arguments());
            program.definitions().forEach(definition -> arguments.add(definition.target()));
            Program backward = new Program(List.copyOf(arguments), definitions, List.copyOf(results.values()));
            return new Gradient(of, backward, results);
        }

        /** Whether anything has an adjoint for {@code tensor}: a recurrence, which may read parts made outside, adds to it directly. */
        private boolean isRead(Tensor tensor) {
            return contributions.containsKey(tensor) || adjoints.containsKey(tensor);
        }

        /** Adds to an adjoint from outside of the program. */
        void contribute(Tensor tensor, Contribution contribution) {
            silence.hear(tensor);
            add(tensor, contribution);
        }

        private void add(Tensor tensor, Contribution contribution) {
            contributions.computeIfAbsent(tensor, key -> new ArrayList<>()).add(contribution);
        }

        private void propagate(Definition definition, Tensor adjoint, boolean whole) {
            Reductions.Linear linear = new Reductions(names).of(definition);
            definitions.addAll(linear.helpers());
            Expr incoming = constants.getOrDefault(adjoint, Access.of(adjoint, join(directions, linear.subscripts())));
            Expr seed = linear.factor() == null ? incoming : Adjoint.product(incoming, linear.factor());
            // What the forward pass has stored need not be computed again.
            Map<Expr, Expr> known = whole && definition.combine() == Combine.ASSIGN && definition.isGather()
                    ? Map.of(definition.body(), definition.element())
                    : Map.of();
            Map<Access, Adjoint> found =
                    new BodyAdjoint(library, active::contains).of(linear.body(), Adjoint.of(seed), known);
            found.forEach((element, value) -> {
                listen(definition, linear.body(), element, value.guard());
                add(
                        element.tensor(),
                        new Contribution(
                                join(directions, linear.loops()),
                                inside(element, value.guard()),
                                from(definition.target(), incoming, value)));
            });
        }

        /** Notes if {@code definition} reads {@code element} outside of selections; returns whether that is news. */
        private boolean listen(Definition definition, Expr body, Access element, Expr guard) {
            boolean selected = guard != null && !mayFail(element) && Silence.isSelected(body, element);
            boolean news = silence.isSilent(element.tensor()) && !selected && !silence.isSilent(definition.target());
            if (news) {
                silence.hear(element.tensor());
            }
            return news;
        }

        /** What the definition of {@code target}, whose adjoint is {@code incoming}, adds to that of something that it reads. */
        private Expr from(Tensor target, Expr incoming, Adjoint value) {
            return silence.isSilent(target) ? silence.silenced(incoming, value.expression()) : value.expression();
        }

        /**
         * A recurrence backwards: what its definitions read of each other is added in loops that run against theirs; what they
         * read from outside is summed up afterwards, when all their adjoints are known.
         */
        private void throughTime(List<Definition> run) {
            Set<Tensor> inside = new LinkedHashSet<>();
            run.stream().map(Definition::target).filter(active::contains).forEach(inside::add);
            if (inside.stream().noneMatch(contributions::containsKey)) {
                return;
            }
            Map<Recurrence, Recurrence> reversed = reversed(run);
            Map<Expr, Expr> times = new HashMap<>();
            reversed.forEach((forward, backward) -> times.put(forward.time(), backward.time()));
            inside.forEach(this::adjoint);
            List<Definition> steps = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            for (int i = run.size() - 1; i >= 0; i--) {
                if (inside.contains(run.get(i).target())) {
                    lines.add(line(run.get(i)));
                }
            }
            leaveOutUnreached(inside, lines);
            // Each line may be read by one that comes after it here, at an earlier time.
            for (boolean more = true; more; ) {
                more = false;
                for (Line line : lines) {
                    for (Map.Entry<Access, Adjoint> read : line.reads().entrySet()) {
                        more |= listen(
                                line.definition(),
                                line.linear().body(),
                                read.getKey(),
                                read.getValue().guard());
                    }
                }
            }
            for (Line line : lines) {
                Definition definition = line.definition();
                List<Recurrence> backward =
                        definition.recurrences().stream().map(reversed::get).toList();
                for (Definition helper : line.linear().helpers()) {
                    steps.add(helper.replacing(times).within(backward));
                }
                line.reads().forEach((element, value) -> {
                    Tensor read = element.tensor();
                    List<Expr> subscripts = inside(element, value.guard());
                    Expr body = from(definition.target(), line.incoming(), value);
                    List<Index> loops = new ArrayList<>(directions);
                    if (inside.contains(read)) {
                        loops.addAll(line.linear().loops());
                        steps.add(new Definition(adjoint(read), subscripts, Combine.SUM, loops, body, note(read))
                                .replacing(times)
                                .within(backward));
                    } else {
                        definition.recurrences().forEach(loop -> loops.add(loop.time()));
                        loops.addAll(line.linear().loops());
                        add(read, new Contribution(loops, subscripts, body));
                    }
                });
            }
            inside.forEach(tensor -> withoutZeros(adjoint(tensor), steps));
            // What began as a constant is one no longer.
            inside.forEach(tensor -> constants.remove(adjoint(tensor)));
            definitions.addAll(steps);
        }

        /** Takes out what gets no adjoint: whatever reads it has none either, or the slope 0, as what exponentials are measured from. */
        private void leaveOutUnreached(Set<Tensor> inside, List<Line> lines) {
            Set<Tensor> reached = new HashSet<>();
            inside.stream().filter(contributions::containsKey).forEach(reached::add);
            for (boolean more = true; more; ) {
                more = false;
                for (Line line : lines) {
                    if (reached.contains(line.definition().target())) {
                        for (Access read : line.reads().keySet()) {
                            more |= inside.contains(read.tensor()) && reached.add(read.tensor());
                        }
                    }
                }
            }
            for (Tensor tensor : inside) {
                if (!reached.contains(tensor)) {
                    Tensor zeros = adjoints.remove(tensor);
                    constants.remove(zeros);
                    definitions.removeIf(definition -> definition.target() == zeros);
                }
            }
            inside.retainAll(reached);
            lines.removeIf(line -> !reached.contains(line.definition().target()));
        }

        /** A definition of a recurrence, with its adjoint and what that gives to all that it reads. */
        private record Line(
                Definition definition, Reductions.Linear linear, Expr incoming, Map<Access, Adjoint> reads) {}

        private Line line(Definition definition) {
            Reductions.Linear linear = new Reductions(names).of(definition);
            Expr incoming = Access.of(adjoint(definition.target()), join(directions, linear.subscripts()));
            Expr seed = linear.factor() == null ? incoming : Adjoint.product(incoming, linear.factor());
            Map<Expr, Expr> known =
                    definition.combine() == Combine.ASSIGN ? Map.of(definition.body(), definition.element()) : Map.of();
            return new Line(
                    definition,
                    linear,
                    incoming,
                    new BodyAdjoint(library, active::contains).of(linear.body(), Adjoint.of(seed), known));
        }

        /** For each loop through time around {@code run} the one that runs against it. */
        private static Map<Recurrence, Recurrence> reversed(List<Definition> run) {
            Map<Recurrence, Recurrence> reversed = new HashMap<>();
            Map<Expr, Expr> times = new HashMap<>();
            for (Definition definition : run) {
                for (Recurrence forward : definition.recurrences()) {
                    if (!reversed.containsKey(forward)) {
                        Rewrite rename = Rewrite.substituting(times);
                        Index time = forward.time();
                        Index own = new Index(time.name(), rename.apply(time.low()), rename.apply(time.high()));
                        times.put(time, own);
                        reversed.put(forward, new Recurrence(own, !forward.descending()));
                    }
                }
            }
            return reversed;
        }

        /** An adjoint to which nothing else is added than one term need not begin as zeros. */
        private void withoutZeros(Tensor adjoint, List<Definition> steps) {
            boolean once =
                    steps.stream().filter(step -> step.target() == adjoint).count() == 1;
            if (once && constants.get(adjoint) == Constant.ZERO) {
                definitions.removeIf(definition -> definition.target() == adjoint);
            }
        }

        /** The subscripts of an element; where its guard does not hold and one of them may be none, the first entry gets a 0. */
        private List<Expr> inside(Access element, Expr guard) {
            List<Expr> subscripts = new ArrayList<>(directions);
            for (int axis = 0; axis < element.subscripts().size(); axis++) {
                Expr subscript = element.subscripts().get(axis);
                boolean mayFail = leaves(element, axis)
                        || Walk.postOrder(subscript).stream().anyMatch(Pass::mayFail);
                subscripts.add(guard != null && mayFail ? Select.of(guard, subscript, Constant.ZERO) : subscript);
            }
            return subscripts;
        }

        /** Whether an integer may lie between two, or is read from a place that may not exist. */
        private static boolean mayFail(Expr node) {
            return node.isCallOf(Operator.DIVIDE)
                    || node instanceof Access read
                            && IntStream.range(0, read.subscripts().size()).anyMatch(axis -> leaves(read, axis));
        }

        private static boolean leaves(Access read, int axis) {
            IntegerRange range = IntegerRange.of(read.subscripts().get(axis));
            return read.tensor().shape().extent(axis) instanceof Constant size
                    && (range.low() < 0 || range.high() >= size.value());
        }

        /** The tensor that holds the adjoint of {@code tensor}, defined from all that has been contributed to it. */
        private Tensor adjoint(Tensor tensor) {
            return adjoints.computeIfAbsent(tensor, this::gather);
        }

        private String note(Tensor tensor) {
            return "d" + of.name() + "/d" + tensor.name();
        }

        private Tensor gather(Tensor tensor) {
            List<Expr> extents = new ArrayList<>();
            directions.forEach(direction -> extents.add(direction.high()));
            extents.addAll(tensor.shape().extents());
            Shape shape = new Shape(extents);
            Tensor adjoint = Tensor.derived(names.fresh("d" + tensor.name()), shape);
            String note = note(tensor);
            List<Contribution> all = contributions.getOrDefault(tensor, List.of());
            List<Contribution> scattered =
                    all.stream().filter(c -> !c.isGather(shape)).toList();
            if (!all.isEmpty() && scattered.size() == all.size()) {
                scatter(adjoint, scattered, false, note);
                return adjoint;
            }
            List<Contribution> sums = all.stream()
                    .filter(c -> c.isGather(shape) && !c.isMap(shape))
                    .toList();
            List<Contribution> maps = all.stream().filter(c -> c.isMap(shape)).toList();
            if (sums.size() == 1 && maps.isEmpty()) {
                Contribution only = sums.get(0);
                definitions.add(sum(adjoint, only, note));
            } else {
                List<Index> loops = indices(shape, maps.isEmpty() ? sums : maps);
                Expr body = null;
                for (Contribution map : maps) {
                    body = plus(body, renamed(map, loops));
                }
                for (Contribution sum : sums) {
                    Tensor part = Tensor.derived(names.fresh(adjoint.name()), shape);
                    definitions.add(sum(part, sum, note));
                    body = plus(body, Access.of(part, loops));
                }
                define(adjoint, loops, body == null ? Constant.ZERO : body, note);
            }
            scatter(adjoint, scattered, true, note);
            return adjoint;
        }

        /** Defines an adjoint entry by entry, and remembers its body: what else has this factor reads it from here. */
        private void define(Tensor adjoint, List<Index> loops, Expr body, String note) {
            Expr shared = share(body);
            definitions.add(Definition.map(adjoint, loops, shared, note));
            if (shared instanceof Call && !loops.isEmpty()) {
                stored.put(shared, Access.of(adjoint, loops));
            } else if (shared instanceof Constant) {
                constants.put(adjoint, shared);
            }
        }

        private Expr share(Expr body) {
            return Rewrite.substituting(stored).apply(body);
        }

        private Definition sum(Tensor target, Contribution contribution, String note) {
            // The subscripts' loops first, so that the bounds of the summed ones may depend on them.
            List<Index> loops = new ArrayList<>(contribution.loops().stream()
                    .filter(contribution.subscripts()::contains)
                    .toList());
            contribution.loops().stream().filter(loop -> !loops.contains(loop)).forEach(loops::add);
            return new Definition(
                    target, contribution.subscripts(), Combine.SUM, loops, share(contribution.body()), note);
        }

        /**
         * Single entries are assigned, each once; whatever else goes to computed places is added there.
         *
         * @param begun whether {@code adjoint} has been defined, and only something is to be added
         */
        private void scatter(Tensor adjoint, List<Contribution> scattered, boolean begun, String note) {
            boolean single = !begun
                    && scattered.stream().allMatch(c -> c.loops().isEmpty())
                    && scattered.stream().allMatch(c -> c.subscripts().stream().allMatch(Constant.class::isInstance));
            if (!single) {
                scattered.forEach(c -> definitions.add(
                        new Definition(adjoint, c.subscripts(), Combine.SUM, c.loops(), c.body(), note)));
                return;
            }
            Map<List<Expr>, Expr> entries = new LinkedHashMap<>();
            scattered.forEach(c -> entries.merge(c.subscripts(), c.body(), Adjoint::sum));
            entries.forEach((subscripts, body) ->
                    definitions.add(new Definition(adjoint, subscripts, Combine.ASSIGN, List.of(), body, note)));
        }

        private static Expr plus(Expr sum, Expr term) {
            return sum == null ? term : Adjoint.sum(sum, term);
        }

        /** An index for each axis, called as in one of the contributions. */
        private static List<Index> indices(Shape shape, List<Contribution> named) {
            List<Index> indices = new ArrayList<>();
            if (!named.isEmpty()) {
                named.get(0).subscripts().forEach(subscript -> indices.add((Index) subscript));
                return indices;
            }
            for (Expr extent : shape.extents()) {
                indices.add(Index.upTo(String.valueOf((char) ('i' + indices.size() % 18)), extent));
            }
            return indices;
        }

        private static Expr renamed(Contribution map, List<Index> loops) {
            Map<Expr, Expr> renaming = new HashMap<>();
            for (int axis = 0; axis < loops.size(); axis++) {
                renaming.put(map.subscripts().get(axis), loops.get(axis));
            }
            return Rewrite.substituting(renaming).apply(map.body());
        }
    }
}
