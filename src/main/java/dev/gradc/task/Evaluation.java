package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.data.Json;
import dev.gradc.data.JsonReader;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Spelling;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Evaluates a formula, a function of a file or a network, at arguments given as text. */
public final class Evaluator {

    private Evaluator() {}

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
            Evaluation evaluation = new Evaluation(compiler, request.precision(), request.gradient());
            Given given = given(request);
            if (!isFile(request.subject())) {
                SourceFile text = new SourceFile("expression", request.subject());
                return evaluation.function(compiler.expression(text, given.names(), given.shapes()), given);
            }
            Unit unit = compiler.check(
                    Sources.read(request.subject()),
                    request.settings(),
                    request.function().orElse(""),
                    given.shapes(),
                    given.integers());
            Object chosen = choose(unit, request.subject(), request.function().or(() -> ofWeights(request, unit)));
            return chosen instanceof FunctionUnit function
                    ? evaluation.function(function, given)
                    : evaluation.network((NetworkUnit) chosen, weights(request), given);
        });
    }

    /** Whether {@code subject} is a file rather than a formula; {@code x} is none, though a folder may be called so. */
    static boolean isFile(String subject) {
        try {
            return subject.equals("-")
                    || subject.endsWith(".nn")
                    || Files.exists(Path.of(subject))
                            && (subject.contains("/") || !Files.isDirectory(Path.of(subject)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Given given(Request request) {
        Map<String, JsonReader.Entry> entries = new LinkedHashMap<>();
        SourceFile file = new SourceFile("--at", String.join(",", request.at()));
        if (request.data().isPresent()) {
            file = Sources.read(request.data().get());
            entries.putAll(JsonReader.read(file));
        }
        for (String at : request.at()) {
            entries.putAll(Points.read("--at", at));
        }
        return new Given(file, entries);
    }

    /** The function or network of {@code unit} of that name; without a name, the only one. */
    static Object choose(Unit unit, String subject, Optional<String> function) {
        List<String> names = Stream.concat(
                        unit.functions().stream().map(FunctionUnit::name),
                        unit.networks().stream().map(NetworkUnit::name))
                .toList();
        String name = function.orElse(names.size() == 1 ? names.get(0) : "");
        if (name.isEmpty()) {
            throw new DataException(
                    subject, "it declares " + String.join(", ", names) + "; choose one with --function NAME");
        }
        return Stream.concat(
                        unit.functions().stream().filter(f -> f.name().equals(name)),
                        unit.networks().stream().filter(n -> n.name().equals(name)))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        subject,
                        "no function or network " + name
                                + Spelling.nearest(name, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")));
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
