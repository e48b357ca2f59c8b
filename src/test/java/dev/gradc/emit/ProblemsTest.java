package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.data.Json;
import dev.gradc.data.JsonReader;
import dev.gradc.data.NumberArray;
import dev.gradc.ir.Precision;
import dev.gradc.source.SourceFile;
import dev.gradc.task.Evaluation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole problems of the field, as a user states them, against values and derivatives from elsewhere: {@code reference.py} beside them
 * works them out with NumPy. The library's layers, losses, activations and optimisers, against PyTorch's: {@code PyTorchTest} in the
 * profile {@code peer} has written these numbers. What {@code gradc eval} says and what the generated classes compute must both agree.
 */
class ProblemsTest {

    private static final List<Path> FOLDERS =
            List.of(Path.of("src/test/resources/dev/gradc/problems"), Path.of("src/test/resources/dev/gradc/pytorch"));
    private static final int STEPS = 7;

    private final Map<Path, Generated> generated = new HashMap<>();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> evaluated() throws IOException {
        return cases().filter(problem -> !problem.isTraining())
                .map(problem -> DynamicTest.dynamicTest(problem.name, () -> evaluate(problem)));
    }

    @TestFactory
    Stream<DynamicTest> generated() throws IOException {
        return cases().map(problem -> DynamicTest.dynamicTest(problem.name, () -> generate(problem)));
    }

    private static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .map(Case::read)
                        .forEach(cases::add);
            }
        }
        return cases.stream();
    }

    /** One point of a problem, with what is expected there: arrays by names such as {@code argument x}. */
    private record Case(String name, Path source, Map<String, NumberArray> entries) {

        static Case read(Path file) {
            String name = file.getFileName().toString().replace(".json", "");
            Map<String, NumberArray> entries = new LinkedHashMap<>();
            try {
                JsonReader.read(new SourceFile(name, Files.readString(file)))
                        .forEach((key, entry) -> entries.put(key, entry.array()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return new Case(name, file.resolveSibling(name.replaceAll("-.*", "") + ".nn"), entries);
        }

        /** The entries whose names begin with {@code kind}, by the rest of their names. */
        Map<String, NumberArray> all(String kind) {
            Map<String, NumberArray> chosen = new LinkedHashMap<>();
            entries.forEach((key, array) -> {
                if (key.equals(kind) || key.startsWith(kind + " ")) {
                    chosen.put(key.substring(kind.length()).strip(), array);
                }
            });
            return chosen;
        }

        boolean isFunction() {
            return !all("value").isEmpty();
        }

        String function() {
            return name.replaceAll("-.*", "");
        }

        String network() {
            String own = name.replaceAll(".*-", "");
            return own.substring(0, 1).toUpperCase(Locale.ROOT) + own.substring(1);
        }

        /** Whether it is about the parameters after some steps. */
        boolean isTraining() {
            return !all("trained").isEmpty();
        }

        double tolerance() {
            return isFunction() ? 1e-10 : 1e-9;
        }
    }

    // ---- gradc eval

    private void evaluate(Case problem) throws IOException {
        Path data = folder.resolve("data.json");
        Files.writeString(data, json(problem.all(problem.isFunction() ? "argument" : "data")));
        Path weights = folder.resolve("weights.safetensors");
        Files.write(weights, safetensors(problem.all("weight")));
        Json.Fields result = Evaluation.evaluate(new Evaluation.Request(
                problem.source.toString(),
                problem.isFunction() ? Optional.of(problem.function()) : Optional.empty(),
                List.of(),
                Optional.of(data.toString()),
                problem.isFunction() ? Optional.empty() : Optional.of(weights.toString()),
                Map.of(),
                Precision.DOUBLE,
                true));
        if (problem.isFunction()) {
            boolean several = problem.all("value").size() > 1;
            Map<String, Json> derivatives = ((Json.Fields) result.fields()
                            .getOrDefault("gradient", result.fields().get("jacobian")))
                    .fields();
            problem.all("value")
                    .forEach((k, expected) -> compare(
                            problem, "value", expected, part(result.fields().get("value"), k, several)));
            problem.all("derivative").forEach((key, expected) -> {
                String[] words = key.split(" ");
                compare(problem, key, expected, part(derivatives.get(words[1]), words[0], several));
            });
        } else {
            problem.all("loss")
                    .forEach((name, expected) -> compare(problem, "loss", expected, field(result, "loss", name)));
            problem.all("output")
                    .forEach((name, expected) -> compare(problem, name, expected, field(result, "outputs", name)));
            problem.all("gradient")
                    .forEach((name, expected) -> compare(problem, name, expected, field(result, "gradient", name)));
        }
    }

    private static NumberArray part(Json json, String k, boolean several) {
        Json part = several ? ((Json.Items) json).items().get(Integer.parseInt(k)) : json;
        return ((Json.Numbers) part).array();
    }

    private static NumberArray field(Json.Fields result, String field, String name) {
        Json json = result.fields().get(field);
        return ((Json.Numbers)
                        (name.isEmpty() ? json : ((Json.Fields) json).fields().get(name)))
                .array();
    }

    private static void compare(Case problem, String what, NumberArray expected, NumberArray actual) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        compare(problem, what, expected, actual.values());
    }

    /** Relative to each entry, or, where it is much smaller than the largest, to a part of that. */
    private static void compare(Case problem, String what, NumberArray expected, double[] actual) {
        double largest = Arrays.stream(expected.values()).map(Math::abs).max().orElse(0);
        for (int i = 0; i < actual.length; i++) {
            double value = expected.values()[i];
            double scale = Math.max(Math.abs(value), largest / 1000);
            assertEquals(value, actual[i], problem.tolerance() * scale, what + ", entry " + i);
        }
    }

    private static String json(Map<String, NumberArray> arrays) {
        Map<String, Json> fields = new LinkedHashMap<>();
        arrays.forEach((name, array) -> fields.put(name, new Json.Numbers(array)));
        return new Json.Fields(fields).toString();
    }

    /** The bytes of a file of doubles. */
    private static byte[] safetensors(Map<String, NumberArray> arrays) {
        List<String> entries = new ArrayList<>();
        int end = 0;
        for (Map.Entry<String, NumberArray> entry : arrays.entrySet()) {
            int start = end;
            end += entry.getValue().values().length * Double.BYTES;
            entries.add(String.format(
                    Locale.ROOT,
                    "\"%s\":{\"dtype\":\"F64\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
                    entry.getKey(),
                    Arrays.toString(entry.getValue().shape()),
                    start,
                    end));
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        arrays.values().forEach(array -> Arrays.stream(array.values()).forEach(bytes::putDouble));
        return bytes.array();
    }

    // ---- Generated classes

    private void generate(Case problem) throws Exception {
        if (!generated.containsKey(problem.source)) {
            generated.put(problem.source, Generated.from(Files.readString(problem.source)));
        }
        Generated classes = generated.get(problem.source);
        if (problem.isFunction()) {
            call(problem, classes.type("Test"));
        } else {
            train(problem, classes);
        }
    }

    private static void call(Case problem, Class<?> type) throws ReflectiveOperationException {
        List<NumberArray> values = List.copyOf(problem.all("value").values());
        boolean scalar = values.size() == 1 && values.get(0).rank() == 0;
        Method derivative = method(type, problem.function() + (scalar ? "Gradient" : "Jacobian"));
        List<Object> arguments = new ArrayList<>();
        problem.all("argument").values().forEach(array -> arguments.add(argument(array, derivative, arguments.size())));

        double[] expected = values.stream()
                .flatMapToDouble(array -> Arrays.stream(array.values()))
                .toArray();
        List<double[]> results =
                values.stream().map(array -> new double[array.values().length]).toList();
        Method value = method(type, problem.function());
        double[] alone = filled(value, arguments, results);
        compare(problem, "value", flat(expected), alone);

        double[] matrix = expectedMatrix(problem, values);
        double[] beside = new double[expected.length];
        double[] found = new double[matrix.length];
        if (scalar) {
            filled(derivative, arguments, List.of(found));
        } else {
            filled(derivative, arguments, List.of(beside, found));
            compare(problem, "value", flat(expected), beside);
        }
        compare(problem, "derivative", flat(matrix), found);
    }

    /** What a method puts into {@code results}, of which it may return the first, all together. */
    private static double[] filled(Method method, List<Object> arguments, List<double[]> results)
            throws ReflectiveOperationException {
        List<Object> all = new ArrayList<>(arguments);
        boolean returns = all.size() + results.size() > method.getParameterCount();
        all.addAll(returns ? results.subList(1, results.size()) : results);
        Object returned = method.invoke(null, all.toArray());
        if (returns) {
            results.get(0)[0] = (double) returned;
        }
        return results.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Object argument(NumberArray array, Method method, int place) {
        double[] values = array.values();
        Class<?> type = method.getParameterTypes()[place];
        if (type == double.class) {
            return values[0];
        } else if (type == int.class) {
            return (int) values[0];
        }
        return type == int[].class ? integers(values) : values;
    }

    private static int[] integers(double[] values) {
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }

    /** The blocks of all results and parameters as one matrix, row by row. */
    private static double[] expectedMatrix(Case problem, List<NumberArray> values) {
        Map<String, NumberArray> blocks = problem.all("derivative");
        DoubleStream.Builder matrix = DoubleStream.builder();
        for (int k = 0; k < values.size(); k++) {
            String result = k + " ";
            List<NumberArray> beside = blocks.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(result))
                    .map(Map.Entry::getValue)
                    .toList();
            int rows = values.get(k).values().length;
            IntStream.range(0, rows)
                    .forEach(row -> beside.forEach(block -> {
                        int width = block.values().length / rows;
                        Arrays.stream(block.values(), row * width, (row + 1) * width)
                                .forEach(matrix::add);
                    }));
        }
        return matrix.build().toArray();
    }

    private static NumberArray flat(double[] values) {
        return new NumberArray(new int[] {values.length}, values);
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + type));
    }

    private static void train(Case problem, Generated classes) throws Exception {
        String name = problem.network();
        Object model = classes.construct(name, 1L);
        set(model, problem.all("weight"));
        Map<String, NumberArray> data = problem.all("data");
        int batch = data.values().iterator().next().shape()[0];
        if (problem.isTraining()) {
            Object trainer = classes.construct(name + "Trainer", model, 1L);
            Method step = method(trainer.getClass(), "step");
            for (int k = 0; k < STEPS; k++) {
                step.invoke(trainer, arguments(data, step, batch));
            }
            compare(problem, "trained", model, problem.all("trained"));
            return;
        }
        Class<?> type = classes.type(name + "Forward");
        boolean draws = type.getConstructors()[0].getParameterCount() == 3;
        Object forward = draws
                ? classes.construct(name + "Forward", model, batch + 1, 1L)
                : classes.construct(name + "Forward", model, batch + 1);
        for (Map.Entry<String, NumberArray> loss : problem.all("loss").entrySet()) {
            Method evaluated = method(type, loss.getKey().isEmpty() ? "loss" : loss.getKey() + "Loss");
            double found = (double) evaluated.invoke(forward, arguments(data, evaluated, batch));
            compare(problem, "loss", loss.getValue(), new double[] {found});
        }
        // What behaves differently in training has other gradients there; of what is drawn at random nothing is known.
        boolean differs = Arrays.stream(type.getDeclaredMethods())
                .anyMatch(m -> m.getName().equals("trainingLoss"));
        if (draws) {
            return;
        }
        String kind = differs ? "training " : "";
        Object backward = classes.construct(name + "Backward", model, forward);
        for (Map.Entry<String, NumberArray> loss : problem.all(kind + "loss").entrySet()) {
            Method gradient =
                    method(backward.getClass(), loss.getKey().isEmpty() ? "gradient" : loss.getKey() + "Gradient");
            double found = (double) gradient.invoke(backward, arguments(data, gradient, batch));
            compare(problem, kind + "loss", loss.getValue(), new double[] {found});
        }
        Map<String, NumberArray> expected = problem.all(kind + "gradient");
        double[] ordered = problem.all("weight").keySet().stream()
                .filter(expected::containsKey)
                .flatMapToDouble(key -> Arrays.stream(expected.get(key).values()))
                .toArray();
        double[] gradients = new double[ordered.length];
        Generated.on(backward, "copyGradientTo", (Object) gradients);
        compare(problem, kind + "gradient", flat(ordered), gradients);
        if (differs) {
            Generated.on(forward, "updateStates");
            compare(problem, "state", model, problem.all("training state"));
        }
    }

    private static Object[] arguments(Map<String, NumberArray> data, Method method, int batch) {
        List<Object> arguments = new ArrayList<>();
        data.values().forEach(array -> arguments.add(argument(array, method, arguments.size())));
        arguments.add(batch);
        return arguments.toArray();
    }

    /** Gives the parameters and states of a model their values. */
    private static void set(Object model, Map<String, NumberArray> values) throws Exception {
        double[] flat =
                new double[(int) model.getClass().getField("PARAMETER_COUNT").get(null)];
        int next = 0;
        for (Object parameter : (List<?>) Generated.on(model, "parameters")) {
            double[] own = values.get((String) Generated.on(parameter, "name")).values();
            if ((boolean) Generated.on(parameter, "trained")) {
                System.arraycopy(own, 0, flat, next, own.length);
                next += own.length;
            } else {
                System.arraycopy(own, 0, (double[]) Generated.on(parameter, "values"), 0, own.length);
            }
        }
        Generated.on(model, "setParameters", (Object) flat);
    }

    /** Compares some of the parameters and states of a model, by their names. */
    private static void compare(Case problem, String what, Object model, Map<String, NumberArray> expected)
            throws Exception {
        for (Object parameter : (List<?>) Generated.on(model, "parameters")) {
            String name = (String) Generated.on(parameter, "name");
            if (expected.containsKey(name)) {
                compare(problem, what + " " + name, expected.get(name), (double[]) Generated.on(parameter, "values"));
            }
        }
    }
}
