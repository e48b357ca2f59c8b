package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.LayerCalls;
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
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Unit.StateUpdate;
import dev.gradc.ir.Unit.Training;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Understands a network. It is written for one example: the index of the example is bound around its body, so that whatever
 * depends on an input has the batch as its outermost axis, and what depends on parameters only does not.
 */
final class Networks implements Owner.Host {

    private final Declaration.Network network;
    private final Declarations declarations;
    private final Diagnostics diagnostics;
    private final Map<String, Double> settings;
    private final Translation translation;
    private final Elaborator elaborator;
    private final Blocks blocks;
    private final Context context;

    private final Tensor batch = new Tensor("batch", Tensor.Role.SIZE, true, Shape.SCALAR);
    private final Index example = Index.upTo("n", Access.of(batch));
    private final Tensor mode = new Tensor("training", Tensor.Role.SIZE, true, Shape.SCALAR);
    private boolean readsMode;

    private final List<Tensor> data = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Draw> draws = new ArrayList<>();
    private final List<StateUpdate> updates = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final List<Objective> objectives = new ArrayList<>();
    private Optional<Training> training = Optional.empty();

    /** Where the source names each output. */
    private final Map<Tensor, Term.Name> places = new LinkedHashMap<>();

    /** @param settings sizes that replace the defaults, by name */
    Networks(
            Declaration.Network network,
            Declarations declarations,
            Diagnostics diagnostics,
            Map<String, Double> settings) {
        this.network = network;
        this.declarations = declarations;
        this.diagnostics = diagnostics;
        this.settings = settings;
        this.translation = new Translation(diagnostics);
        this.elaborator = new Elaborator(translation);
        this.blocks = new Blocks(elaborator, network.body());
        this.context = Context.of(declarations, Scope.empty())
                .withLoops(List.of(example))
                .withOwner(Owner.network(this));
    }

    NetworkUnit check() {
        sizes();
        translation.reserve(Blocks.declared(network.body()));
        int next = 0;
        while (next < network.body().size()) {
            next += statement(next);
        }
        if (objectives.isEmpty() && !diagnostics.hasErrors()) {
            noLoss();
        }
        targetsInOutputs();
        return unit();
    }

    private void noLoss() {
        String name = "network " + network.name().text();
        if (outputs.isEmpty()) {
            diagnostics.error(network.name().span(), name + " has neither an output nor a loss", "add: loss …");
        } else {
            diagnostics.error(
                    network.name().span(),
                    name + " has no loss",
                    "add, for instance: loss squaredError(" + outputs.get(0).name() + ", " + target() + ")");
        }
    }

    private NetworkUnit unit() {
        List<Tensor> arguments = new ArrayList<>(List.of(batch));
        arguments.addAll(data);
        draws.forEach(draw -> arguments.add(draw.tensor()));
        parameters.forEach(parameter -> arguments.add(parameter.tensor()));
        if (readsMode) {
            arguments.add(mode);
        }
        List<Tensor> results = new ArrayList<>(outputs);
        objectives.forEach(objective -> results.add(objective.loss()));
        updates.forEach(update -> results.add(update.next()));
        NetworkUnit unit = new NetworkUnit(
                network.name().text(),
                network.documentation(),
                new Program(arguments, translation.definitions(), results),
                batch,
                data,
                parameters,
                outputs,
                objectives,
                training,
                mode,
                draws,
                updates);
        return unit.with(OutputNames.changed(translation.definitions(), places));
    }

    private String target() {
        return data.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .map(Tensor::name)
                .findFirst()
                .orElse("y");
    }

    /** When a network is used its targets are not known, so that no output can depend on one. */
    private void targetsInOutputs() {
        Map<Tensor, Tensor> reads = new HashMap<>();
        data.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .forEach(tensor -> reads.put(tensor, tensor));
        for (Definition definition : translation.definitions()) {
            for (Access access : Walk.accesses(definition.body())) {
                if (reads.containsKey(access.tensor())) {
                    reads.putIfAbsent(definition.target(), reads.get(access.tensor()));
                }
            }
        }
        places.forEach((output, name) -> {
            if (reads.containsKey(output)) {
                String target = reads.get(output).name();
                diagnostics.error(
                        name.span(),
                        "the output " + name.text() + " depends on the target " + target
                                + ", which is not known when the network is used",
                        "declare it as an input if it is: input " + target);
            }
        });
    }

    private void sizes() {
        for (Declaration.Parameter size : network.sizes()) {
            String name = size.name().text();
            Double given = settings.get(name);
            double value = Double.NaN;
            if (given != null) {
                value = given;
                if (given.isNaN()) {
                    diagnostics.error(size.span(), name + " is set to NaN, which is no size");
                }
            } else if (size.defaultValue().isPresent()) {
                value = Initials.number(elaborator, size.defaultValue().get(), context, name);
            } else {
                diagnostics.error(size.span(), "the size " + name + " has no default", "set it: " + name + "=5");
            }
            context.scope().bind(name, Double.isNaN(value) ? Value.INVALID : Array.scalar(Constant.of(value)));
        }
    }

    /** Understands the statement at {@code place}, with those that form a recurrence with it; returns how many these are. */
    private int statement(int place) {
        Statement statement = network.body().get(place);
        if (statement instanceof Statement.Definition) {
            int count = blocks.define(place, context);
            for (Statement defined : network.body().subList(place, place + count)) {
                Statement.Definition definition = (Statement.Definition) defined;
                if (definition.output()) {
                    definition.names().forEach(this::output);
                }
            }
            return count;
        }
        single(statement);
        return 1;
    }

    private void single(Statement statement) {
        if (statement instanceof Statement.Data given) {
            data(given);
        } else if (statement instanceof Statement.Variable variable) {
            blocks.variable(variable, context);
        } else if (statement instanceof Statement.Output output) {
            output(output.name());
        } else if (statement instanceof Statement.Loss loss) {
            loss(loss);
        } else if (statement instanceof Statement.Train train) {
            training = new TrainSettings(elaborator).training(train, context);
        } else if (statement instanceof Statement.Update update) {
            update(update, context);
        } else if (statement instanceof Statement.Draw draw) {
            blocks.draw(draw, context);
        } else {
            diagnostics.error(statement.span(), "this cannot stand in a network");
        }
    }

    private void data(Statement.Data given) {
        if (!blocks.isNew(given.name(), context)) {
            return;
        }
        Shape perExample = elaborator.extents().shape(given.dimensions(), context);
        Value value = Value.INVALID;
        if (perExample != null) {
            Shape shape = perExample.within(Access.of(batch));
            Tensor.Role role = given.role() == Statement.Role.INPUT ? Tensor.Role.INPUT : Tensor.Role.TARGET;
            String name = translation.fresh(given.name().text());
            Optional<Tensor> tensor = given.integerRange().isEmpty()
                    ? Optional.of(new Tensor(name, role, false, shape))
                    : limit(given.integerRange().get()).map(limit -> Tensor.integers(name, role, limit, shape));
            tensor.ifPresent(data::add);
            value = tensor.<Value>map(t -> Array.of(t, List.of(example))).orElse(Value.INVALID);
        }
        context.scope().bind(given.name().text(), value);
    }

    private Optional<Expr> limit(Term term) {
        int limit = elaborator.extents().size(term, context, "the range of an integer");
        return limit < 0 ? Optional.empty() : Optional.of(Constant.of(limit));
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
            diagnostics.error(update.name().span(), update.name().text() + " is not a state, so it cannot be updated");
        } else if (next instanceof Array array) {
            Array full =
                    array.isScalar() && !held.isScalar() ? new Array(held.shape(), at -> array.scalar(), false) : array;
            Array stored = translation.store(full, access.tensor().name() + ".next", Blocks.note(update.span()), where);
            Tensor target = stored(stored);
            if (!target.shape().equals(access.tensor().shape())) {
                diagnostics.error(
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
        if (isOfLayer && Blocks.declared(network.body()).contains(name)) {
            diagnostics.error(variable.name().span(), name + " is declared twice: a layer makes it, too");
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
            context.scope().bind(name, array);
            translation.ifForgotten(() -> context.scope().unbind(name));
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

    private void output(Term.Name name) {
        Value value = context.scope().find(name.text()).orElse(null);
        if (value == null) {
            declarations.unknown(name, "name", context.scope().names(), diagnostics);
        } else if (value instanceof Array array) {
            Tensor known = stored(array);
            if (known == null && isGiven(array, name.text())) {
                diagnostics.error(
                        name.span(),
                        name.text() + " is given: an output gives out a definition",
                        "define it under another name: output same = " + name.text());
                return;
            }
            boolean wholeBatch = known != null && known.rank() == array.shape().rank() + 1;
            Tensor tensor = wholeBatch ? known : own(array, name);
            places.putIfAbsent(tensor, name);
            if (!outputs.contains(tensor)) {
                outputs.add(tensor);
            }
        }
    }

    /** Whether {@code array} is data, a parameter or a state of this name; what is said of outputs that are targets says more. */
    private static boolean isGiven(Array array, String name) {
        return array.first() instanceof Access access
                && access.tensor().role() != Tensor.Role.DERIVED
                && access.tensor().role() != Tensor.Role.TARGET
                && access.tensor().name().equals(name);
    }

    private Tensor own(Array array, Term.Name name) {
        Array stored = translation.storeOver(array, name.text(), Blocks.note(name.span()), context, List.of(example));
        return stored(stored);
    }

    /** The derived tensor that holds {@code array}; null if its entries are worked out where they are used. */
    private static Tensor stored(Array array) {
        return array.stored()
                        && array.first() instanceof Access access
                        && access.tensor().role() == Tensor.Role.DERIVED
                ? access.tensor()
                : null;
    }

    private void loss(Statement.Loss loss) {
        String name = loss.name().map(Term.Name::text).orElse("");
        if (objectives.stream().anyMatch(other -> other.name().equals(name))) {
            diagnostics.error(
                    loss.span(),
                    name.isEmpty() ? "there is a loss already" : "the loss " + name + " is declared twice",
                    "name them: loss generator = … wrt G");
            return;
        }
        Owner owner = context.owner().definition("loss", LayerCalls.calls(loss.value(), declarations));
        Expr value = elaborator.scalar(loss.value(), context.withOwner(owner), "the loss");
        if (value == null) {
            // The error has been told; another about a missing loss would only follow from it.
            objectives.add(new Objective(name, batch, List.of()));
            return;
        }
        String stem = name.isEmpty() ? "loss" : name;
        String note = Blocks.note(loss.span());
        Array perExample =
                translation.storeOver(Array.scalar(value), stem + "PerExample", note, context, List.of(example));
        Context outside = Context.of(declarations, context.scope());
        Array total = translation.reduce(
                Shape.SCALAR, List.of(example), Combine.SUM, at -> perExample.scalar(), stem + "Total", outside);
        Expr mean = Call.of(Operator.DIVIDE, total.scalar(), Access.of(batch));
        Array result = translation.store(Array.scalar(mean), stem, "the mean over the batch", outside);
        objectives.add(new Objective(name, stored(result), trained(loss)));
    }

    /** The parameters that a loss trains: those that it names, or whose group it names, or all. */
    private List<Tensor> trained(Statement.Loss loss) {
        List<Tensor> all = parameters.stream()
                .map(Parameter::tensor)
                .filter(tensor -> tensor.role() == Tensor.Role.PARAMETER)
                .toList();
        if (loss.wrt().isEmpty()) {
            return all;
        }
        List<Tensor> chosen = new ArrayList<>();
        for (Term.Name name : loss.wrt()) {
            List<Tensor> group = all.stream()
                    .filter(t -> t.name().equals(name.text()) || t.name().startsWith(name.text() + "."))
                    .toList();
            if (group.isEmpty()) {
                declarations.unknown(
                        name,
                        "parameter or group",
                        all.stream().map(Tensor::name).toList(),
                        diagnostics);
            }
            chosen.addAll(group);
        }
        return chosen;
    }
}
