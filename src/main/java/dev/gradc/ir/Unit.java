package dev.gradc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A checked file: its functions and networks as programs.
 *
 * @param name the file's name without folder and ending; its functions become the class of this name
 */
public record Unit(
        String name, Optional<String> packageName, List<FunctionUnit> functions, List<NetworkUnit> networks) {
    public Unit {
        functions = List.copyOf(functions);
        networks = List.copyOf(networks);
    }

    /** What goes into classes of its own: all functions, and each network. */
    public List<Unit> parts() {
        List<Unit> parts = new ArrayList<>();
        if (!functions.isEmpty()) {
            parts.add(new Unit(name, packageName, functions, List.of()));
        }
        networks.forEach(network -> parts.add(new Unit(name, packageName, List.of(), List.of(network))));
        return parts;
    }

    /**
     * A function whose dimensions are all known.
     *
     * @param program its arguments are the parameters, its results what it returns
     */
    public record FunctionUnit(
            String name, String documentation, String source, Program program, List<Request> requests) {
        public FunctionUnit {
            requests = List.copyOf(requests);
        }

        /** The same with another program for the same tensors. */
        public FunctionUnit withProgram(Program newProgram) {
            return new FunctionUnit(name, documentation, source, newProgram, requests);
        }
    }

    /**
     * A derivative that was asked for.
     *
     * @param wrt the parameters to differentiate in; in the order of the parameters
     * @param at parameters whose value is fixed when compiling
     */
    public record Request(Kind kind, List<Tensor> wrt, Map<Tensor, Expr> at, boolean sparse) {
        public Request {
            wrt = List.copyOf(wrt);
            at = Map.copyOf(at);
        }
    }

    /** The derivatives that can be asked for. */
    public enum Kind {
        GRADIENT,
        JACOBIAN,
        HESSIAN,
        JVP,
        VJP,
        HVP
    }

    /**
     * A network over a batch.
     *
     * @param program everything from the inputs to the objectives; per-example tensors have the batch as their outermost axis
     * @param batch the scalar that holds the number of examples
     * @param data inputs and targets, in the order of their declarations
     * @param outputs what is given out, each with the batch as its outermost axis
     * @param training what {@code train} says; empty without it
     * @param mode a scalar that is 1 in training and else 0; among the arguments only if something reads it
     * @param draws what is drawn anew for every example and pass
     * @param updates what a pass in training makes of the states
     */
    public record NetworkUnit(
            String name,
            String documentation,
            Program program,
            Tensor batch,
            List<Tensor> data,
            List<Parameter> parameters,
            List<Tensor> outputs,
            List<Objective> objectives,
            Optional<Training> training,
            Tensor mode,
            List<Draw> draws,
            List<StateUpdate> updates) {
        public NetworkUnit {
            draws = List.copyOf(draws);
            updates = List.copyOf(updates);
            data = List.copyOf(data);
            parameters = List.copyOf(parameters);
            outputs = List.copyOf(outputs);
            objectives = List.copyOf(objectives);
        }

        /** The same with another program for the same tensors. */
        public NetworkUnit withProgram(Program newProgram) {
            return with(newProgram, training);
        }

        /** The same, trained in another way. */
        public NetworkUnit withTraining(Training newTraining) {
            return with(program, Optional.of(newTraining));
        }

        /** The same where tensors that it computes have become others. */
        public NetworkUnit with(Map<Tensor, Tensor> changed) {
            UnaryOperator<Tensor> now = tensor -> changed.getOrDefault(tensor, tensor);
            Rewrite reads = Rewrite.renaming(changed);
            List<Definition> definitions = program.definitions().stream()
                    .map(line -> line.withTarget(now.apply(line.target())).rewritten(reads))
                    .toList();
            return new NetworkUnit(
                    name,
                    documentation,
                    new Program(
                            program.arguments(),
                            definitions,
                            program.results().stream().map(now).toList()),
                    batch,
                    data,
                    parameters,
                    outputs.stream().map(now).toList(),
                    objectives.stream()
                            .map(objective ->
                                    new Objective(objective.name(), now.apply(objective.loss()), objective.wrt()))
                            .toList(),
                    training,
                    mode,
                    draws,
                    updates.stream()
                            .map(update -> new StateUpdate(update.state(), now.apply(update.next())))
                            .toList());
        }

        private NetworkUnit with(Program newProgram, Optional<Training> newTraining) {
            return new NetworkUnit(
                    name,
                    documentation,
                    newProgram,
                    batch,
                    data,
                    parameters,
                    outputs,
                    objectives,
                    newTraining,
                    mode,
                    draws,
                    updates);
        }
    }

    /** Random numbers, the batch outermost. */
    public record Draw(Tensor tensor, Initial distribution) {}

    /** After a pass in training, {@code state} takes the value of {@code next}, which the pass has computed. */
    public record StateUpdate(Tensor state, Tensor next) {}

    /** What a model owns: a parameter or a state, and how it starts. */
    public record Parameter(Tensor tensor, String documentation, Initial initial) {}

    /**
     * The distribution that entries are drawn from before training.
     *
     * @param kind constant (all entries {@code first}), uniform (from {@code first} to {@code second}), normal (of mean {@code
     *     first} and standard deviation {@code second}) or Bernoulli (1 with probability {@code first}, else 0)
     */
    public record Initial(InitialKind kind, double first, double second) {}

    /** The distributions of {@link Initial}. */
    public enum InitialKind {
        CONSTANT,
        UNIFORM,
        NORMAL,
        BERNOULLI
    }

    /**
     * A scalar that training makes small.
     *
     * @param name empty if the network has only one loss
     * @param loss the mean over the batch, of rank 0
     * @param wrt the parameters that it trains
     */
    public record Objective(String name, Tensor loss, List<Tensor> wrt) {
        public Objective {
            wrt = List.copyOf(wrt);
        }
    }

    /** What {@code train} says. Settings that it does not mention are empty. */
    public record Training(OptimizerUnit optimizer, Map<String, Double> settings) {
        public Training {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * An optimiser, for one entry of a parameter: all its tensors are scalars.
     *
     * @param hyperparameters their names and values
     * @param states what it keeps for each entry, and the constant that it starts from
     * @param step the scalar that holds the number of the step, from 1
     * @param updates in their order; each reads the new values of those before it; targets are states or {@code value}
     */
    public record OptimizerUnit(
            String name,
            String documentation,
            Map<Tensor, Double> hyperparameters,
            Map<Tensor, Double> states,
            Tensor value,
            Tensor gradient,
            Tensor step,
            List<Update> updates) {
        public OptimizerUnit {
            updates = List.copyOf(updates);
        }
    }

    /** {@code v <- mu*v - lr*grad}. */
    public record Update(Tensor target, Expr value, String note) {}
}
