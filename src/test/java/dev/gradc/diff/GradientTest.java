package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.SampleFiles;
import dev.gradc.check.StandardLibrary;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.pipeline.Compiler;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Declaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The derivatives of whole functions and networks, those of this folder and the samples, against finite differences. */
class GradientTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/gradc/diff/gradients");
    private static final double STEP = 2e-4;
    private static final double LOW = -1.5;
    private static final int POINTS = 2;

    /** The Hessian in more entries than these takes long and proves nothing more than a product with it. */
    private static final int HESSIAN_LIMIT = 40;

    /** Results of a program, to be differentiated in some of its arguments. */
    private record Problem(String name, Program program, List<Tensor> wrt, double low) {

        Point point(RandomGenerator random) {
            return Point.random(program, low, random);
        }

        GradientCheck check() {
            return new GradientCheck(name, program, wrt, STEP);
        }

        boolean hasHessian() {
            return program.results().size() == 1
                    && program.results().get(0).rank() == 0
                    && wrt.stream().map(Tensor::shape).allMatch(Shape::isStatic);
        }

        boolean hasSmallHessian() {
            return hasHessian()
                    && wrt.stream().mapToInt(tensor -> tensor.shape().size()).sum() <= HESSIAN_LIMIT;
        }
    }

    @TestFactory
    Stream<DynamicTest> first() throws IOException {
        return problems()
                .map(problem -> DynamicTest.dynamicTest(problem.name(), () -> {
                    RandomGenerator random = new Random(1);
                    for (int i = 0; i < POINTS; i++) {
                        problem.check().first(problem.point(random), random);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> second() throws IOException {
        return problems()
                .filter(Problem::hasSmallHessian)
                .map(problem -> DynamicTest.dynamicTest(problem.name(), () -> {
                    RandomGenerator random = new Random(1);
                    problem.check().second(problem.point(random), random);
                }));
    }

    @TestFactory
    Stream<DynamicTest> secondAlongADirection() throws IOException {
        return problems()
                .filter(Problem::hasHessian)
                .map(problem -> DynamicTest.dynamicTest(problem.name(), () -> {
                    RandomGenerator random = new Random(1);
                    problem.check().secondAlong(problem.point(random), random);
                }));
    }

    /** Functions of numbers are compared one by one elsewhere. */
    @Test
    void everyLayerAndFunctionOfTensorsIsAmongThem() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files()) {
            text.append(Files.readString(file));
        }
        List<String> missing = StandardLibrary.units().entrySet().stream()
                .filter(unit -> unit.getKey().matches("layers.*|losses|activations|tensors"))
                .flatMap(unit -> unit.getValue().declarations().stream())
                .flatMap(declaration -> declaration instanceof Declaration.Layer layer
                        ? Stream.of(layer.name().text())
                        : declaration instanceof Declaration.Function function
                                        && function.derivative().isEmpty()
                                ? Stream.of(function.name().text())
                                : Stream.empty())
                .filter(name ->
                        !Pattern.compile("\\b" + name + "\\b").matcher(text).find())
                .toList();
        assertEquals(List.of(), missing);
    }

    private static List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>(SampleFiles.all());
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.sorted().forEach(all::add);
        }
        return all;
    }

    private static Stream<Problem> problems() throws IOException {
        List<Problem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                problems.addAll(of(file, LOW));
            }
        }
        for (Path sample : SampleFiles.all()) {
            // Prices and lengths are positive.
            problems.addAll(of(sample, 0.1));
        }
        return problems.stream();
    }

    /** The functions of a file, at arguments from {@code low} on, and its networks. */
    private static List<Problem> of(Path file, double low) throws IOException {
        Unit unit = new Compiler().check(new SourceFile(file.toString(), Files.readString(file)), Map.of());
        String name = file.getFileName() + " ";
        List<Problem> problems = new ArrayList<>();
        for (FunctionUnit function : unit.functions()) {
            Program program = function.program();
            problems.add(new Problem(name + function.name(), program, real(program.arguments()), low));
        }
        unit.networks().forEach(network -> problems.addAll(of(name + network.name(), network)));
        return problems;
    }

    /** Each objective in the parameters that it trains, and all outputs in the inputs. */
    private static List<Problem> of(String name, NetworkUnit network) {
        List<Problem> problems = new ArrayList<>();
        for (Objective objective : network.objectives()) {
            Program loss = network.program().withResults(List.of(objective.loss()));
            problems.add(new Problem(name + " " + objective.loss().name(), loss, objective.wrt(), LOW));
        }
        List<Tensor> inputs = real(network.data().stream()
                .filter(tensor -> tensor.role() == Tensor.Role.INPUT)
                .toList());
        if (!network.outputs().isEmpty() && !inputs.isEmpty()) {
            problems.add(new Problem(
                    name + " in its inputs", network.program().withResults(network.outputs()), inputs, LOW));
        }
        return problems;
    }

    private static List<Tensor> real(List<Tensor> tensors) {
        return tensors.stream().filter(tensor -> !tensor.isInteger()).toList();
    }
}
