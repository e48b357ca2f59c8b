package dev.gradc.diff;

import dev.gradc.ir.Access;
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
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One differentiation: the walk from the last definition to the first, each of which contributes to the adjoints of what it reads. */
final class BackwardPass {

    private final Program program;
    private final Tensor of;
    private final List<Tensor> wrt;
    private final List<Index> directions;
    private final FreshNames names;
    private final Map<Tensor, Integer> readers;
    private final Set<Tensor> active;
    private final BodyAdjoint bodies;
    private final Silence silence;
    private final Adjoints adjoints;

    BackwardPass(Library library, Program program, Tensor of, List<Tensor> wrt, List<Index> directions) {
        this.program = program;
        this.of = of;
        this.wrt = wrt;
        this.directions = directions;
        names = new FreshNames(program);
        readers = program.readers();
        active = Activity.of(program, wrt);
        bodies = new BodyAdjoint(library, active::contains);
        silence = new Silence(program);
        adjoints = new Adjoints(of, directions, names);
    }

    /** Adds to an adjoint from outside of the program. */
    void contribute(Tensor tensor, Contribution contribution) {
        silence.hear(tensor);
        adjoints.contribute(tensor, contribution);
    }

    Gradient run() {
        Map<Tensor, Definition> sole = program.soleDefinitions();
        List<List<Definition>> runs = Recurrence.runs(program.definitions(), 0);
        for (int i = runs.size() - 1; i >= 0; i--) {
            Definition last = runs.get(i).get(0);
            if (!last.recurrences().isEmpty()) {
                throughTime(runs.get(i));
            } else if (active.contains(last.target()) && adjoints.isRead(last.target())) {
                propagate(last, sole.get(last.target()) == last);
            }
        }
        Map<Tensor, Tensor> results = new LinkedHashMap<>();
        wrt.forEach(tensor -> results.put(tensor, adjoints.of(tensor)));
        Set<Tensor> arguments = new LinkedHashSet<>(program.arguments());
        program.definitions().forEach(definition -> arguments.add(definition.target()));
        Program backward = new Program(List.copyOf(arguments), adjoints.definitions(), List.copyOf(results.values()));
        return new Gradient(of, backward, results);
    }

    private void throughTime(List<Definition> run) {
        Set<Tensor> inside = new LinkedHashSet<>();
        run.stream().map(Definition::target).filter(active::contains).forEach(inside::add);
        if (inside.stream().anyMatch(adjoints::hasContributions)) {
            new BackwardRecurrence(this, adjoints, inside).add(run);
        }
    }

    private void propagate(Definition definition, boolean whole) {
        Expr incoming = adjoints.valueOf(definition.element());
        Line line = Window.isOne(definition, readers)
                ? Window.line(definition, incoming, directions, names)
                : line(definition, incoming, whole && definition.isGather());
        adjoints.define(line.linear().helpers());
        line.reads().forEach((element, value) -> {
            listen(line, element);
            adjoints.contribute(element.tensor(), contribution(line, element, List.of()));
        });
    }

    /** @param stored whether the forward pass has stored the body of {@code definition}, if that assigns: it need not be computed again */
    Line line(Definition definition, Expr incoming, boolean stored) {
        Linearization.Linear linear = new Linearization(names).of(definition);
        Expr seed = linear.factor() == null ? incoming : Adjoint.product(incoming, linear.factor());
        Map<Expr, Expr> known = stored && definition.combine() == Combine.ASSIGN
                ? Map.of(definition.body(), definition.element())
                : Map.of();
        return new Line(definition, linear, incoming, bodies.of(linear.body(), Adjoint.of(seed), known));
    }

    /** What {@code line}, inside of loops {@code around} it, adds to the adjoint of {@code element}. */
    Contribution contribution(Line line, Access element, List<Index> around) {
        Adjoint value = line.reads().get(element);
        Tensor target = line.definition().target();
        return new Contribution(
                Adjoints.join(directions, Adjoints.join(around, line.linear().loops())),
                subscripts(element, value.guard()),
                silence.isSilent(target) ? silence.silenced(line.incoming(), value.expression()) : value.expression());
    }

    /** Notes if {@code line} reads {@code element} outside of selections; returns whether that is news. */
    boolean listen(Line line, Access element) {
        Expr guard = line.reads().get(element).guard();
        boolean selected = guard != null
                && !mayFail(element)
                && Silence.isSelected(line.linear().body(), element);
        boolean news = silence.isSilent(element.tensor())
                && !selected
                && !silence.isSilent(line.definition().target());
        if (news) {
            silence.hear(element.tensor());
        }
        return news;
    }

    /** The subscripts of an element; where its guard does not hold and one of them may be none, the first entry gets a 0. */
    private List<Expr> subscripts(Access element, Expr guard) {
        List<Expr> subscripts = new ArrayList<>(directions);
        for (int axis = 0; axis < element.subscripts().size(); axis++) {
            Expr subscript = element.subscripts().get(axis);
            boolean mayFail =
                    leaves(element, axis) || Walk.postOrder(subscript).stream().anyMatch(BackwardPass::mayFail);
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
}
