package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.LayerCalls;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Blocks;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Unit.Training;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Understands a network. It is written for one example: the index of the example is bound around its body, so that whatever
 * depends on an input has the batch as its outermost axis, and what depends on parameters only does not.
 */
final class Networks {

    private final Declaration.Network network;
    private final Declarations declarations;
    private final Diagnostics diagnostics;
    private final Map<String, Double> settings;
    private final Translation translation;
    private final Elaborator elaborator;
    private final Blocks blocks;
    private final NetworkHost host;
    private final Outputs outputs;
    private final Context context;

    private final List<Tensor> data = new ArrayList<>();
    private final List<Objective> objectives = new ArrayList<>();
    private Optional<Training> training = Optional.empty();

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
        this.outputs = new Outputs(translation);
        Scope scope = Scope.empty();
        this.host = new NetworkHost(elaborator, translation, scope, Blocks.declared(network.body()));
        this.context = Context.of(declarations, scope)
                .withLoops(List.of(host.example()))
                .withOwner(Owner.network(host));
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
        outputs.refuseTargets(data);
        return unit();
    }

    private void noLoss() {
        String name = "network " + network.name().text();
        if (outputs.tensors().isEmpty()) {
            diagnostics.error(network.name().span(), name + " has neither an output nor a loss", "add: loss …");
        } else {
            diagnostics.error(
                    network.name().span(),
                    name + " has no loss",
                    "add, for instance: loss squaredError("
                            + outputs.tensors().get(0).name() + ", " + target() + ")");
        }
    }

    private NetworkUnit unit() {
        List<Tensor> arguments = new ArrayList<>(List.of(host.batch));
        arguments.addAll(data);
        arguments.addAll(host.arguments());
        List<Tensor> results = new ArrayList<>(outputs.tensors());
        objectives.forEach(objective -> results.add(objective.loss()));
        host.updates.forEach(update -> results.add(update.next()));
        NetworkUnit unit = new NetworkUnit(
                network.name().text(),
                network.documentation(),
                new Program(arguments, translation.definitions(), results),
                host.batch,
                data,
                host.parameters,
                outputs.tensors(),
                objectives,
                training,
                host.mode,
                host.draws,
                host.updates);
        return unit.with(outputs.renamed());
    }

    private String target() {
        return data.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .map(Tensor::name)
                .findFirst()
                .orElse("y");
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
                    definition.names().forEach(name -> outputs.add(name, context));
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
            outputs.add(output.name(), context);
        } else if (statement instanceof Statement.Loss loss) {
            loss(loss);
        } else if (statement instanceof Statement.Train train) {
            training = new TrainSettings(elaborator).training(train, context);
        } else if (statement instanceof Statement.Update update) {
            host.update(update, context);
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
            Shape shape = perExample.within(Access.of(host.batch));
            Tensor.Role role = given.role() == Statement.Role.INPUT ? Tensor.Role.INPUT : Tensor.Role.TARGET;
            String name = translation.fresh(given.name().text());
            Optional<Tensor> tensor = given.integerRange().isEmpty()
                    ? Optional.of(new Tensor(name, role, false, shape))
                    : limit(given.integerRange().get()).map(limit -> Tensor.integers(name, role, limit, shape));
            tensor.ifPresent(data::add);
            if (data.size() == Functions.SLOTS + 1) {
                diagnostics.error(
                        given.name().span(),
                        "too many inputs and targets: a method in Java takes at most " + Functions.SLOTS + " arrays",
                        "make them the entries of one");
            }
            value = tensor.<Value>map(t -> Array.of(t, List.of(host.example()))).orElse(Value.INVALID);
        }
        context.scope().bind(given.name().text(), value);
    }

    private Optional<Expr> limit(Term term) {
        int limit = elaborator.extents().size(term, context, "the range of an integer");
        return limit < 0 ? Optional.empty() : Optional.of(Constant.of(limit));
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
            objectives.add(new Objective(name, host.batch, List.of()));
            return;
        }
        String stem = name.isEmpty() ? "loss" : name;
        String note = Blocks.note(loss.span());
        Array perExample =
                translation.storeOver(Array.scalar(value), stem + "PerExample", note, context, List.of(host.example()));
        Context outside = Context.of(declarations, context.scope());
        Array total = translation.reduce(
                Shape.SCALAR, List.of(host.example()), Combine.SUM, at -> perExample.scalar(), stem + "Total", outside);
        Expr mean = Call.of(Operator.DIVIDE, total.scalar(), Access.of(host.batch));
        Array result = translation.store(Array.scalar(mean), stem, "the mean over the batch", outside);
        objectives.add(new Objective(name, result.holder().orElseThrow(), trained(loss)));
    }

    /** The parameters that a loss trains: those that it names, or whose group it names, or all. */
    private List<Tensor> trained(Statement.Loss loss) {
        List<Tensor> all = host.parameters.stream()
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
