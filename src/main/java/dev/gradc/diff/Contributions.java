package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the definitions of a program contribute to the adjoints of what they read. */
final class Contributions {

    private final BodyAdjoint bodies;
    private final List<Index> directions;
    private final FreshNames names;
    private final Silence silence;

    Contributions(Program program, BodyAdjoint bodies, List<Index> directions, FreshNames names) {
        this.bodies = bodies;
        this.directions = directions;
        this.names = names;
        silence = new Silence(program);
    }

    /** Notes that something else reads {@code tensor}. */
    void hear(Tensor tensor) {
        silence.hear(tensor);
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
    Contribution of(Line line, Access element, List<Index> around) {
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
                    leaves(element, axis) || Walk.postOrder(subscript).stream().anyMatch(Contributions::mayFail);
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
