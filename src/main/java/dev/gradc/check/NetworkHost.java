package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.check.term.Blocks;
import dev.gradc.check.term.Elaborator;
import dev.gradc.check.term.IndexRanges;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Unit.StateUpdate;
import dev.gradc.syntax.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a network owns, and gives to its layers: parameters and states, random numbers, and the index of the example. */
final class NetworkHost implements Owner.Host {

    final Tensor batch = new Tensor("batch", Tensor.Role.SIZE, true, Shape.SCALAR);
    final Tensor mode = new Tensor("training", Tensor.Role.SIZE, true, Shape.SCALAR);
    final List<Parameter> parameters = new ArrayList<>();
    final List<Draw> draws = new ArrayList<>();
    final List<StateUpdate> updates = new ArrayList<>();

    private final Elaborator elaborator;
    private final Translation translation;
    private final Scope scope;
    private final Collection<String> declared;
    private final Index example = Index.upTo("n", Access.of(batch));
    private boolean readsMode;

    /**
     * @param scope the names of the network
     * @param declared what the network declares itself
     */
    NetworkHost(Elaborator elaborator, Translation translation, Scope scope, Collection<String> declared) {
        this.elaborator = elaborator;
        this.translation = translation;
        this.scope = scope;
        this.declared = declared;
    }

    /** What passes are given besides the data, apart from the size of the batch. */
    List<Tensor> arguments() {
        List<Tensor> arguments = new ArrayList<>();
        draws.forEach(draw -> arguments.add(draw.tensor()));
        parameters.forEach(parameter -> arguments.add(parameter.tensor()));
        if (readsMode) {
            arguments.add(mode);
        }
        return arguments;
    }

    @Override
    public Index example() {
        return example;
    }

    @Override
    public Expr training() {
        readsMode = true;
        return Call.of(Operator.NOT_EQUAL, Access.of(mode), Constant.ZERO);
    }

    @Override
    public Value draw(String name, Statement.Draw draw, Context where) {
        List<Expr> extents = new ArrayList<>();
        where.loops().forEach(loop -> extents.add(Translation.extent(loop)));
        Optional<List<Index>> indices = new IndexRanges(elaborator).resolve(draw.indices(), draw.distribution(), where);
        if (indices.isEmpty()) {
            return Value.INVALID;
        }
        indices.get().forEach(index -> extents.add(Translation.extent(index)));
        Tensor tensor = new Tensor(translation.fresh(name), Tensor.Role.DRAW, false, new Shape(extents));
        add(draws, new Draw(tensor, new Initials(elaborator).distribution(draw.distribution(), Shape.SCALAR, where)));
        return Array.of(tensor, where.loops());
    }

    @Override
    public void update(Statement.Update update, Context where) {
        Value state = where.scope().find(update.name().text()).orElse(Value.INVALID);
        Value next = elaborator.value(update.value(), where);
        if (!(state instanceof Array held)
                || !(held.first() instanceof Access access)
                || access.tensor().role() != Tensor.Role.STATE) {
            elaborator
                    .diagnostics()
                    .error(update.name().span(), update.name().text() + " is not a state, so it cannot be updated");
        } else if (next instanceof Array array) {
            Array full =
                    array.isScalar() && !held.isScalar() ? new Array(held.shape(), at -> array.scalar(), false) : array;
            Array stored = translation.store(full, access.tensor().name() + ".next", Blocks.note(update.span()), where);
            Tensor target = stored.holder().orElseThrow();
            if (!target.shape().equals(access.tensor().shape())) {
                elaborator
                        .diagnostics()
                        .error(
                                update.span(),
                                "a state is one for all examples: " + Wording.described(update.name(), held),
                                "bring the examples together: batchMean(…)");
            } else {
                add(updates, new StateUpdate(access.tensor(), target));
            }
        }
    }

    @Override
    public Value parameter(String name, Statement.Variable variable, Context where) {
        Shape shape = elaborator.extents().shape(variable.dimensions(), where);
        boolean isOfLayer = !name.equals(variable.name().text());
        if (isOfLayer && declared.contains(name)) {
            elaborator.diagnostics().error(variable.name().span(), name + " is declared twice: a layer makes it, too");
            return Value.INVALID;
        }
        if (shape == null) {
            return Value.INVALID;
        }
        Tensor.Role role = variable.trainable() ? Tensor.Role.PARAMETER : Tensor.Role.STATE;
        Tensor tensor = new Tensor(translation.fresh(name), role, false, shape);
        add(
                parameters,
                new Parameter(tensor, variable.documentation(), new Initials(elaborator).of(variable, shape, where)));
        Array array = Array.of(tensor, List.of());
        if (isOfLayer) {
            scope.bind(name, array);
            translation.ifForgotten(() -> scope.unbind(name));
        }
        return array;
    }

    private <T> void add(List<T> list, T element) {
        list.add(element);
        translation.ifForgotten(() -> list.remove(list.size() - 1));
    }

    @Override
    public void ifForgotten(Runnable undo) {
        translation.ifForgotten(undo);
    }
}
