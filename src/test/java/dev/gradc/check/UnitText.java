package dev.gradc.check;

import static java.util.stream.Collectors.joining;

import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Initial;
import dev.gradc.ir.Unit.InitialKind;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Unit.Request;
import dev.gradc.ir.Unit.Training;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All that a checked file holds, as text to compare. */
final class UnitText {

    private UnitText() {}

    static String of(Unit unit) {
        List<String> parts = new ArrayList<>();
        unit.packageName().ifPresent(name -> parts.add("package " + name));
        unit.functions().forEach(function -> parts.add(function(function)));
        unit.networks().forEach(network -> parts.add(network(network)));
        return String.join("\n\n", parts);
    }

    private static String function(FunctionUnit function) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "function " + function.name() + "(" + tensors(function.program().arguments()) + ")");
        lines.addAll(indented(function.program().toString()));
        lines.add("  return " + tensors(function.program().results()));
        function.requests().forEach(request -> lines.add("  " + request(request)));
        return String.join("\n", lines);
    }

    private static String request(Request request) {
        String fixed = request.at().isEmpty()
                ? ""
                : request.at().entrySet().stream()
                        .map(entry -> entry.getKey().name() + " = " + entry.getValue())
                        .sorted()
                        .collect(joining(", ", " at (", ")"));
        return "derive " + word(request.kind()) + " wrt " + names(request.wrt()) + fixed
                + (request.sparse() ? " sparse" : "");
    }

    private static String network(NetworkUnit network) {
        List<String> lines = new ArrayList<>();
        lines.add("network " + network.name());
        network.data().forEach(tensor -> lines.add("  " + word(tensor.role()) + " " + of(tensor)));
        network.parameters().forEach(parameter -> lines.add("  " + parameter(parameter)));
        lines.addAll(indented(network.program().toString()));
        if (!network.outputs().isEmpty()) {
            lines.add("  output " + tensors(network.outputs()));
        }
        network.objectives()
                .forEach(objective -> lines.add("  loss " + of(objective.loss()) + " wrt " + names(objective.wrt())));
        network.training().ifPresent(training -> lines.addAll(training(training)));
        return String.join("\n", lines);
    }

    private static String parameter(Parameter parameter) {
        Initial initial = parameter.initial();
        String start = initial.kind() == InitialKind.CONSTANT
                ? " = " + initial.first()
                : " ~ " + word(initial.kind()) + "(" + initial.first() + ", " + initial.second() + ")";
        return word(parameter.tensor().role()) + " " + of(parameter.tensor()) + start;
    }

    private static List<String> training(Training training) {
        OptimizerUnit optimizer = training.optimizer();
        List<String> lines = new ArrayList<>();
        lines.add("  optimizer " + optimizer.name() + " " + values(optimizer.hyperparameters()));
        if (!optimizer.states().isEmpty()) {
            lines.add("    state " + values(optimizer.states()));
        }
        optimizer.updates().forEach(update -> lines.add("    " + update.target().name() + " <- " + update.value()));
        new TreeMap<>(training.settings()).forEach((name, value) -> lines.add("  " + name + " " + value));
        return lines;
    }

    private static String values(Map<Tensor, Double> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().name() + " = " + entry.getValue())
                .collect(joining(", "));
    }

    /** A tensor with all that is known of it: {@code x[batch,2]}, {@code label[batch] : int(10)}. */
    private static String of(Tensor tensor) {
        return tensor + tensor.limit().map(limit -> " : int(" + limit + ")").orElse("");
    }

    private static String tensors(Collection<Tensor> tensors) {
        return tensors.stream().map(UnitText::of).collect(joining(", "));
    }

    private static String names(Collection<Tensor> tensors) {
        return tensors.stream().map(Tensor::name).collect(joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> indented(String text) {
        return text.lines().map(line -> "  " + line).toList();
    }
}
