package dev.gradc.task;

import dev.gradc.data.Json;
import dev.gradc.data.NumberArray;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.simplify.DeadDefinitions;
import dev.gradc.verify.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Works out values and derivatives at given arguments, as JSON. */
final class Evaluator {

    private final Compiler compiler;
    private final Interpreter interpreter;
    private final boolean derivatives;

    /** @param derivatives whether the partial derivatives are asked for, too */
    Evaluator(Compiler compiler, Precision precision, boolean derivatives) {
        this.compiler = compiler;
        this.interpreter = new Interpreter(precision);
        this.derivatives = derivatives;
    }

    /**
     * {@code {"value": v, "gradient": {"x": …}}}; for a tensor or several results {@code "jacobian"}, each of the shape result ×
     * parameter.
     */
    Json.Fields function(FunctionUnit function, GivenValues given) {
        Program program = function.program();
        Map<Tensor, double[]> arguments = given.bind(program.arguments());
        Map<String, Json> fields = new LinkedHashMap<>();
        if (!derivatives) {
            Map<Tensor, double[]> values = interpreter.run(compiler.stable(function.name(), program), arguments);
            fields.put("value", perResult(program.results(), result -> numbers(result.shape(), values.get(result))));
            return new Json.Fields(fields);
        }
        List<Tensor> wrt = program.arguments().stream()
                .filter(tensor -> !tensor.isInteger())
                .toList();
        boolean scalar =
                program.results().size() == 1 && program.results().get(0).rank() == 0;
        Kind kind = scalar ? Kind.GRADIENT : Kind.JACOBIAN;
        Program derived = compiler.derivative(compiler.stable(function), new Request(kind, wrt, Map.of(), false));
        Map<Tensor, double[]> values = interpreter.run(derived, arguments);
        Blocks blocks = new Blocks(
                program.results(),
                wrt,
                values.get(derived.results().get(0)),
                values.get(derived.results().get(1)));
        fields.put("value", perResult(program.results(), blocks::value));
        Map<String, Json> partials = new LinkedHashMap<>();
        for (Tensor parameter : wrt) {
            partials.put(
                    parameter.name(), perResult(program.results(), result -> blocks.derivative(result, parameter)));
        }
        fields.put(scalar ? "gradient" : "jacobian", new Json.Fields(partials));
        return new Json.Fields(fields);
    }

    private static Json perResult(List<Tensor> results, java.util.function.Function<Tensor, Json> json) {
        return results.size() == 1
                ? json.apply(results.get(0))
                : new Json.Items(results.stream().map(json).toList());
    }

    /** The flat values and the matrix of derivatives, cut into the blocks of each result and parameter. */
    private record Blocks(List<Tensor> results, List<Tensor> wrt, double[] values, double[] matrix) {

        Json value(Tensor result) {
            int start = offset(results, result);
            return numbers(
                    result.shape(),
                    Arrays.copyOfRange(values, start, start + result.shape().size()));
        }

        Json derivative(Tensor result, Tensor parameter) {
            int columns = wrt.stream().mapToInt(tensor -> tensor.shape().size()).sum();
            int width = parameter.shape().size();
            int height = result.shape().size();
            int corner = offset(results, result) * columns + offset(wrt, parameter);
            double[] block = new double[height * width];
            for (int row = 0; row < height; row++) {
                System.arraycopy(matrix, corner + row * columns, block, row * width, width);
            }
            List<Expr> extents = new ArrayList<>(result.shape().extents());
            extents.addAll(parameter.shape().extents());
            return numbers(new Shape(extents), block);
        }

        private static int offset(List<Tensor> tensors, Tensor tensor) {
            return tensors.subList(0, tensors.indexOf(tensor)).stream()
                    .mapToInt(before -> before.shape().size())
                    .sum();
        }
    }

    /** {@code {"loss": …, "outputs": {"o": …}, "gradient": {"W1": …}}}; without the targets only the outputs. */
    Json.Fields network(NetworkUnit network, Weights weights, GivenValues given) {
        Compiler.Differentiated compiled = compiler.differentiate(network);
        Program forward = compiled.network().program();
        List<Tensor> data = network.data();
        boolean targets = derivatives
                || data.stream()
                        .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                        .allMatch(given::has);
        if (!targets) {
            forward = DeadDefinitions.remove(forward.withResults(network.outputs()));
        }
        List<Tensor> needed = data.stream()
                .filter(tensor -> targets || tensor.role() != Tensor.Role.TARGET)
                .toList();
        int batch = given.batch(data);
        List<Tensor> known = new ArrayList<>(data);
        network.draws().stream().map(Draw::tensor).forEach(known::add);
        List<Tensor> bound = new ArrayList<>(needed);
        known.stream()
                .filter(tensor -> !data.contains(tensor) && given.has(tensor))
                .forEach(bound::add);
        Map<Tensor, double[]> arguments = new LinkedHashMap<>(given.bind(bound, known, batch));
        arguments.put(network.batch(), new double[] {batch});
        arguments.put(network.mode(), new double[] {0});
        arguments.putAll(weights.bind(network));
        Random random = new Random(0);
        network.draws()
                .forEach(draw -> arguments.computeIfAbsent(
                        draw.tensor(), tensor -> Samples.draw(tensor.shape(), batch, draw.distribution(), random)));
        Map<Tensor, double[]> values = interpreter.run(forward, arguments);
        Map<String, Json> fields = new LinkedHashMap<>();
        if (targets) {
            fields.put("loss", perObjective(network, objective -> numbers(Shape.SCALAR, values.get(objective.loss()))));
        }
        Map<String, Json> outputs = new LinkedHashMap<>();
        for (Tensor output : network.outputs()) {
            outputs.put(output.name(), numbers(output.shape(), batch, values.get(output)));
        }
        fields.put("outputs", new Json.Fields(outputs));
        if (derivatives) {
            fields.put("gradient", gradient(network, compiled.gradients(), values));
        }
        return new Json.Fields(fields);
    }

    private static Json perObjective(NetworkUnit network, java.util.function.Function<Objective, Json> json) {
        List<Objective> objectives = network.objectives();
        if (objectives.size() == 1) {
            return json.apply(objectives.get(0));
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        objectives.forEach(objective -> fields.put(objective.name(), json.apply(objective)));
        return new Json.Fields(fields);
    }

    /** The gradient of every parameter by its name; apart for each loss if two losses train the same parameter. */
    private Json gradient(NetworkUnit network, List<Gradient> gradients, Map<Tensor, double[]> forward) {
        List<Map<String, Json>> parts = new ArrayList<>();
        for (Gradient gradient : gradients) {
            Map<Tensor, double[]> values = interpreter.run(gradient.program(), forward);
            Map<String, Json> part = new LinkedHashMap<>();
            gradient.adjoints()
                    .forEach((parameter, adjoint) ->
                            part.put(parameter.name(), numbers(parameter.shape(), values.get(adjoint))));
            parts.add(part);
        }
        Map<String, Json> together = new LinkedHashMap<>();
        parts.forEach(together::putAll);
        boolean apart = together.size() < parts.stream().mapToInt(Map::size).sum();
        return apart
                ? perObjective(
                        network,
                        objective ->
                                new Json.Fields(parts.get(network.objectives().indexOf(objective))))
                : new Json.Fields(together);
    }

    private static Json numbers(Shape shape, double[] values) {
        return numbers(shape, -1, values);
    }

    private static Json numbers(Shape shape, int batch, double[] values) {
        return new Json.Numbers(new NumberArray(Samples.extents(shape, batch), values));
    }
}
