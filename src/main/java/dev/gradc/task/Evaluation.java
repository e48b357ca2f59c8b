package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.data.Json;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates a formula, a function of a file or a network, at arguments given as text, for {@code gradc eval}. */
public final class Evaluation {

    private Evaluation() {}

    /**
     * What to evaluate, where.
     *
     * @param subject a formula, or the path of a file: what exists, ends with {@code .nn} or is {@code -}
     * @param function the name of a function or network of the file; needed if there are several
     * @param at {@code x=1,y=2}
     * @param data the path of {@code {"x": …}}
     * @param weights the path of a {@code .safetensors} file
     * @param settings sizes of networks, by name
     * @param gradient whether the partial derivatives are asked for
     */
    public record Request(
            String subject,
            Optional<String> function,
            List<String> at,
            Optional<String> data,
            Optional<String> weights,
            Map<String, Double> settings,
            Precision precision,
            boolean gradient) {}

    /** The value, and the derivatives if asked for, as {@code gradc eval --json} prints them. */
    public static Json.Fields evaluate(Request request) {
        return DeepStack.call(() -> {
            Compiler compiler = new Compiler();
            Evaluator evaluator = new Evaluator(compiler, request.precision(), request.gradient());
            GivenValues given = request.data()
                    .map(data -> GivenValues.of(data, request.at()))
                    .orElseGet(() -> GivenValues.at(request.at()));
            if (!Subject.isFile(request.subject())) {
                SourceFile text = new SourceFile("expression", request.subject());
                return evaluator.function(compiler.expression(text, List.of(), given.shapes()), given);
            }
            Unit unit = compiler.check(
                    Sources.read(request.subject()),
                    request.settings(),
                    request.function().orElse(""),
                    given.shapes(),
                    given.integers());
            Object chosen =
                    Subject.choose(unit, request.subject(), request.function().or(() -> ofWeights(request, unit)));
            return chosen instanceof FunctionUnit function
                    ? evaluator.function(function, given)
                    : evaluator.network((NetworkUnit) chosen, weights(request), given);
        });
    }

    /** The only network of {@code unit}, if there are weights: beside it a file may declare functions. */
    private static Optional<String> ofWeights(Request request, Unit unit) {
        return request.weights().isPresent() && unit.networks().size() == 1
                ? Optional.of(unit.networks().get(0).name())
                : Optional.empty();
    }

    private static Weights weights(Request request) {
        return request.weights()
                .map(Weights::read)
                .orElseThrow(() -> new DataException(
                        request.subject(), "a network needs its parameters: --weights W.safetensors"));
    }
}
