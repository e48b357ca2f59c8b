package dev.gradc.check.term;

import dev.gradc.check.scope.Translation;
import dev.gradc.diff.PerEntry;
import dev.gradc.diff.Pointwise;
import dev.gradc.diff.Reverse;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backward pass that an expression such as {@code grad(u, x)} asks for, inside the program that it belongs to. A loop around the
 * expression along which entries do not mix needs no direction of its own: the adjoints of all its entries are found at once, where
 * they share the variable each in its copy.
 */
final class DerivativePass {

    private final Tensor of;
    private final Access variable;
    private Program program;

    /** The variable, or its copies. */
    private Tensor copy;

    private final Deque<PerEntry> separations = new ArrayDeque<>();

    /** The loops that the copies are for. */
    private final List<Expr> entries = new ArrayList<>();

    private final List<Index> directions = new ArrayList<>();

    /** Where the expression stands among the directions. */
    private final List<Expr> places = new ArrayList<>();

    private final List<Index> loops = new ArrayList<>();
    private Expr seed = Constant.ONE;
    private Tensor adjoint;

    /**
     * @param of what is differentiated, its first axes for the {@code outer} loops
     * @param variable an entry of the tensor to differentiate in
     */
    DerivativePass(List<Definition> definitions, Tensor of, Access variable, List<Index> outer) {
        this.of = of;
        this.variable = variable;
        copy = variable.tensor();
        program = new Program(List.of(copy), definitions, List.of(of));
        for (int axis = 0; axis < of.rank(); axis++) {
            loops.add(Index.ofAxis(axis, of.shape().extent(axis)));
            boolean isOuter = axis < outer.size();
            if (!isOuter || !isShared(outer.get(axis), axis)) {
                direct(axis);
                outer.stream().skip(axis).limit(1).forEach(places::add);
            }
        }
    }

    /** Whether one pass serves all entries along {@code loop}. */
    private boolean isShared(Index loop, int axis) {
        int place = variable.subscripts().indexOf(loop);
        if (place >= 0) {
            return Pointwise.along(program, copy, entries.size() + place, of, axis);
        }
        Optional<PerEntry> separation = PerEntry.along(program, copy, of, axis);
        separation.ifPresent(each -> {
            program = each.program(program);
            copy = each.variable();
            separations.push(each);
            entries.add(0, loop);
        });
        return separation.isPresent();
    }

    private void direct(int axis) {
        Index direction = Index.upTo("d" + axis, of.shape().extent(axis));
        directions.add(direction);
        seed = Select.of(Call.of(Operator.EQUAL, direction, loops.get(axis)), seed, Constant.ZERO);
    }

    /** The definitions of the adjoints. */
    List<Definition> definitions(Library library, Translation translation) {
        Gradient gradient = new Reverse(library).pullback(program, of, directions, loops, seed, List.of(copy));
        List<Definition> definitions = gradient.program().definitions();
        for (PerEntry separation : separations) {
            definitions = definitions.stream().map(separation::shared).toList();
        }
        adjoint = gradient.adjoints().get(copy);
        return variable.tensor().role() == Tensor.Role.PARAMETER ? makingWay(definitions, translation) : definitions;
    }

    /** The same with another name for the adjoint: that of the objective is what users know as {@code dw}. */
    private List<Definition> makingWay(List<Definition> definitions, Translation translation) {
        Tensor known = adjoint;
        Tensor other = Tensor.derived(translation.fresh(known.name() + "Inner"), known.shape());
        adjoint = other;
        Rewrite renaming = Rewrite.renaming(Map.of(known, other));
        return definitions.stream()
                .map(line -> line.withTarget(line.target() == known ? other : line.target())
                        .rewritten(renaming))
                .toList();
    }

    /**
     * A partial derivative, after {@link #definitions}.
     *
     * @param own which entry is differentiated, apart from the outer loops
     * @param in the entry of the variable to differentiate in
     */
    Access partial(List<Expr> own, Access in) {
        List<Expr> subscripts = new ArrayList<>(places);
        subscripts.addAll(own);
        subscripts.addAll(entries);
        subscripts.addAll(in.subscripts());
        return Access.of(adjoint, subscripts);
    }
}
