package dev.gradc.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.data.Json;
import dev.gradc.data.JsonReader;
import dev.gradc.data.NumberArray;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.StateUpdate;
import dev.gradc.peer.PyTorch.Argument;
import dev.gradc.pipeline.Compiler;
import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The numbers that the library's layers, losses, activations and optimisers are compared with, in every build, are PyTorch's: this works
 * them out again. With {@code -Drecreate} it draws new weights and data and writes what PyTorch makes of them.
 */
class PyTorchTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/gradc/pytorch");
    private static final int BATCH = 4;
    private static final double TOLERANCE = 1e-12;

    @TempDir
    static Path folder;

    private static PyTorch pytorch;

    @BeforeAll
    static void load() throws Exception {
        pytorch = new PyTorch(folder);
    }

    @AfterAll
    static void close() {
        pytorch.close();
    }

    /** A function or network: the file with its numbers, what these are made from, and what PyTorch makes of that. */
    private record Case(String name, List<Input> inputs, Method method) {}

    /** One argument, called as in the file; {@code limit} is that of an integer, else 0. */
    private record Input(String key, int[] shape, int limit, boolean positive) {

        boolean isInteger() {
            return limit > 0;
        }
    }

    /** What PyTorch makes of the inputs, in their order. */
    private interface Method {
        Map<String, NumberArray> of(List<Argument> arguments);
    }

    @TestFactory
    Stream<DynamicTest> numbers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".nn")).sorted().toList()) {
                String name = file.getFileName().toString().replace(".nn", "");
                Unit unit = new Compiler().check(new SourceFile(name, Files.readString(file)), Map.of());
                Stream.concat(
                                unit.functions().stream().map(PyTorchTest::function),
                                unit.networks().stream().map(network -> network(name, network)))
                        .forEach(test -> tests.add(DynamicTest.dynamicTest(test.name, () -> run(test))));
            }
        }
        return tests.stream();
    }

    private static Case function(FunctionUnit function) {
        List<Input> inputs = function.program().arguments().stream()
                .map(tensor -> input("argument ", tensor, extents(tensor, 0)))
                .toList();
        return new Case(function.name(), inputs, arguments -> {
            Map<String, NumberArray> numbers = new LinkedHashMap<>();
            List<NumberArray> results = pytorch.results(function.name(), arguments);
            for (int k = 0; k < results.size(); k++) {
                numbers.put("value " + k, results.get(k));
            }
            for (int i = 0; i < inputs.size(); i++) {
                for (int k = 0; k < results.size() && !inputs.get(i).isInteger(); k++) {
                    String key = inputs.get(i).key().replace("argument", "derivative " + k);
                    numbers.put(key, jacobian(function.name(), arguments, results.get(k), k, i));
                }
            }
            return numbers;
        });
    }

    private static NumberArray jacobian(String method, List<Argument> arguments, NumberArray result, int k, int i) {
        int[] shape = IntStream.concat(
                        Arrays.stream(result.shape()),
                        Arrays.stream(arguments.get(i).array().shape()))
                .toArray();
        double[] rows = IntStream.range(0, result.values().length)
                .boxed()
                .flatMapToDouble(entry -> Arrays.stream(
                        pytorch.gradient(method, arguments, k, entry).get(i).values()))
                .toArray();
        return new NumberArray(shape, rows);
    }

    private static Case network(String file, NetworkUnit network) {
        String method =
                network.name().substring(0, 1).toLowerCase() + network.name().substring(1);
        Set<Tensor> states = network.updates().stream().map(StateUpdate::state).collect(Collectors.toSet());
        List<Input> inputs = new ArrayList<>();
        network.parameters().forEach(parameter -> {
            Tensor tensor = parameter.tensor();
            inputs.add(new Input("weight " + tensor.name(), extents(tensor, 0), 0, states.contains(tensor)));
        });
        network.data().forEach(tensor -> {
            int[] shape = extents(tensor, 1);
            inputs.add(input(
                    "data ",
                    tensor,
                    IntStream.concat(IntStream.of(BATCH), Arrays.stream(shape)).toArray()));
        });
        return new Case(method.equals(file) ? file : file + "-" + method, inputs, arguments -> {
            Map<String, NumberArray> numbers = new LinkedHashMap<>();
            List<NumberArray> results = pytorch.results(method, arguments);
            if (network.training().isPresent()) {
                numbers.put("trained w", results.get(0));
                return numbers;
            }
            numbers.put("loss", results.get(0));
            for (int k = 1; k < results.size(); k++) {
                numbers.put("output " + network.outputs().get(k - 1).name(), results.get(k));
            }
            gradients(numbers, "", method, inputs, arguments, states);
            if (!states.isEmpty()) {
                List<NumberArray> training = pytorch.results(method + "InTraining", arguments);
                numbers.put("training loss", training.get(0));
                gradients(numbers, "training ", method + "InTraining", inputs, arguments, states);
                List<StateUpdate> updates = network.updates();
                for (int k = 0; k < updates.size(); k++) {
                    numbers.put("training state " + updates.get(k).state().name(), training.get(results.size() + k));
                }
            }
            return numbers;
        });
    }

    private static void gradients(
            Map<String, NumberArray> numbers,
            String kind,
            String method,
            List<Input> inputs,
            List<Argument> arguments,
            Set<Tensor> states) {
        List<NumberArray> gradients = pytorch.gradient(method, arguments, 0, 0);
        for (int i = 0; i < inputs.size(); i++) {
            String key = inputs.get(i).key();
            if (key.startsWith("weight ") && states.stream().noneMatch(state -> key.equals("weight " + state.name()))) {
                numbers.put(kind + key.replace("weight", "gradient"), gradients.get(i));
            }
        }
    }

    private static int[] extents(Tensor tensor, int from) {
        return IntStream.range(from, tensor.rank())
                .map(axis -> tensor.shape().size(axis))
                .toArray();
    }

    private static Input input(String kind, Tensor tensor, int[] shape) {
        int limit = tensor.isInteger() ? tensor.bound() : 0;
        return new Input(kind + tensor.name(), shape, limit, false);
    }

    private static void run(Case test) throws IOException {
        Path file = FOLDER.resolve(test.name + ".json");
        boolean recreate = System.getProperty("recreate") != null;
        Map<String, NumberArray> expected = recreate ? drawn(test) : read(file);
        List<Argument> arguments = test.inputs.stream()
                .map(input -> new Argument(expected.get(input.key()), input.isInteger()))
                .toList();
        Map<String, NumberArray> found = test.method.of(arguments);
        if (recreate) {
            expected.putAll(found);
            Files.writeString(
                    file,
                    expected.entrySet().stream()
                            .map(entry -> "  \"" + entry.getKey() + "\": " + new Json.Numbers(entry.getValue()))
                            .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
            return;
        }
        assertEquals(expected.size(), arguments.size() + found.size());
        found.forEach((key, array) -> {
            assertArrayEquals(expected.get(key).shape(), array.shape(), key);
            double[] values = expected.get(key).values();
            double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
            assertArrayEquals(values, array.values(), TOLERANCE * Math.max(1, largest), key);
        });
    }

    private static Map<String, NumberArray> drawn(Case test) {
        Random random = new Random(test.name.hashCode());
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        for (Input input : test.inputs) {
            double[] values = new double[Arrays.stream(input.shape()).reduce(1, Math::multiplyExact)];
            Arrays.setAll(
                    values,
                    i -> input.isInteger()
                            ? random.nextInt(input.limit())
                            : input.positive() ? 0.5 + random.nextDouble() : random.nextGaussian());
            arrays.put(input.key(), new NumberArray(input.shape(), values));
        }
        return arrays;
    }

    private static Map<String, NumberArray> read(Path file) throws IOException {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        JsonReader.read(new SourceFile(file.toString(), Files.readString(file)))
                .forEach((key, entry) -> arrays.put(key, entry.array()));
        return arrays;
    }
}
