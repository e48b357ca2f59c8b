package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.build.Generator;
import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Reverse;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.load.LoadedClasses;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.SourceFile;
import dev.gradc.verify.Samples;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The generated classes of every sample network, and of networks that ask for products of matrices of every kind, give the loss and the gradient that the interpreter finds for the program as it was
 * written: neither stabilised, nor simplified, nor lowered. In training, and with the numbers that the classes drew.
 */
class GeneratedNetworksTest {

    private static final int BATCH = 5;

    @TestFactory
    Stream<DynamicTest> lossAndGradientAgreeWithTheInterpreter() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path sample : SampleFiles.all()) {
            Unit unit = DeepStack.call(() -> new Compiler().check(Sources.read(sample.toString()), Map.of()));
            for (NetworkUnit network : unit.networks()) {
                String className = SampleFiles.packageOf(sample) + "." + network.name();
                for (Objective objective : network.objectives()) {
                    tests.add(DynamicTest.dynamicTest(
                            network.name() + " " + objective.name(),
                            () -> compare(Class::forName, className, network, objective)));
                }
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> productsAgreeWithTheInterpreter() throws IOException {
        SourceFile source = new SourceFile(
                "networks.nn",
                new String(
                        getClass().getResourceAsStream("products/networks.nn").readAllBytes(), StandardCharsets.UTF_8));
        return DeepStack.call(() -> {
            Compiler compiler = new Compiler();
            Unit unit = compiler.check(source, Map.of());
            List<GeneratedFile> files = new Generator(compiler, Options.DEFAULT).generate(unit, "products");
            LoadedClasses classes = LoadedClasses.of(files, getClass().getClassLoader());
            return unit.networks().stream()
                    .map(network -> DynamicTest.dynamicTest(
                            network.name(),
                            () -> compare(
                                    classes::type,
                                    "products." + network.name(),
                                    network,
                                    network.objectives().get(0))));
        });
    }

    /** Finds classes by their names. */
    private interface Classes {
        Class<?> find(String name) throws ReflectiveOperationException;
    }

    private static void compare(Classes classes, String className, NetworkUnit network, Objective objective)
            throws ReflectiveOperationException {
        Random random = new Random(7);
        Class<?> model = classes.find(className);
        Object parameters = model.getConstructor(long.class).newInstance(11L);
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        arguments.put(network.batch(), new double[] {BATCH});
        arguments.put(network.mode(), new double[] {1});
        network.data().forEach(data -> arguments.put(data, Samples.uniform(data, BATCH, random, 0.1, 0.9)));
        for (Parameter parameter : network.parameters()) {
            double[] values = (double[])
                    model.getField(fieldName(parameter.tensor().name())).get(parameters);
            arguments.put(parameter.tensor(), values.clone());
        }

        Class<?> forwardClass = classes.find(className + "Forward");
        Class<?> backwardClass = classes.find(className + "Backward");
        Object forward = network.draws().isEmpty()
                ? forwardClass.getConstructor(model, int.class).newInstance(parameters, BATCH + 2)
                : forwardClass.getConstructor(model, int.class, long.class).newInstance(parameters, BATCH + 2, 13L);
        Object backward = backwardClass.getConstructor(model, forwardClass).newInstance(parameters, forward);
        String wanted = objective.name().isEmpty() ? "gradient" : objective.name() + "Gradient";
        Method gradientMethod = Arrays.stream(backwardClass.getMethods())
                .filter(method -> method.getName().equals(wanted))
                .findFirst()
                .orElseThrow();
        List<Object> given = new ArrayList<>();
        for (Tensor data : network.data()) {
            double[] values = arguments.get(data);
            given.add(
                    data.isInteger()
                            ? Arrays.stream(values).mapToInt(v -> (int) v).toArray()
                            : values);
        }
        given.add(BATCH);
        double loss = (double) gradientMethod.invoke(backward, given.toArray());
        for (Draw draw : network.draws()) {
            Field drawn = forwardClass.getDeclaredField(fieldName(draw.tensor().name()));
            drawn.setAccessible(true);
            arguments.put(
                    draw.tensor(),
                    Arrays.copyOf(
                            (double[]) drawn.get(forward),
                            Samples.size(draw.tensor().shape(), BATCH)));
        }

        Interpreter interpreter = new Interpreter(Precision.DOUBLE);
        Map<Tensor, double[]> values = interpreter.run(network.program(), arguments);
        assertEquals(values.get(objective.loss())[0], loss, 1e-12 * (1 + Math.abs(loss)));
        Gradient gradient =
                new Reverse(StandardLibrary.library()).gradient(network.program(), objective.loss(), objective.wrt());
        Map<Tensor, double[]> adjoints = interpreter.run(gradient.program(), values);
        for (Tensor trained : objective.wrt()) {
            double[] expected = adjoints.get(gradient.adjoints().get(trained));
            double[] actual = (double[])
                    backwardClass.getField("d" + fieldName(trained.name())).get(backward);
            double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            assertArrayEquals(expected, actual, 1e-12 * (1 + scale), trained::toString);
        }
    }

    /** {@code h.dense1.W} is the field {@code hDense1W}. */
    private static String fieldName(String parameter) {
        String[] parts = parameter.split("\\.");
        StringBuilder name = new StringBuilder(parts[0]);
        for (String part : List.of(parts).subList(1, parts.length)) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return name.toString();
    }
}
