package dev.gradc.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.SampleFiles;
import dev.gradc.diff.Point;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Compiler.Backward;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formulas that {@code gradc diff} shows of files are worth what is compiled of them: the gradients of networks, the Jacobians and
 * Hessians of functions. What is shown comes from reverse mode and is rewritten for readers; compiled matrices come from forward mode.
 */
class ShownGradientTest {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);
    private static final double TOLERANCE = 1e-10;

    /** Tensors in all the ways in which an entry of a Jacobian may be 0. */
    private static final String TENSORS = """
            function product(A[2,3], x[3]) = A@x
            function elementwise(x[4]) = tanh(x)*x
            function soft(x[3]) = softmax(x)
            function outer(a[2], b[3]) {
              C[i,j] = a[i]*exp(b[j])
              return C
            }
            function normal(x[4]) {
              d = x - mean(x)
              return d/sqrt(mean(d*d) + 0.1)
            }
            function convolution(k[2], x[5]) {
              y[i] = sum[r](k[r]*x[i+r])
              return y
            }
            function shifted(x[5]) {
              y[i] = 0 <= i - 1 && i - 1 < 5 ? x[i-1]^2 : 1
              return y
            }
            function steps(a, x[4]) {
              h[t] = sin(a*x[t] + h[t-1]) from h[-1] = 0
              return h
            }
            function joined(x[2], y[3]) = concat(sin(x), x[0]*y)
            function turn(theta) = [[cos(theta), -sin(theta)], [sin(theta), cos(theta)]]
            function picked(E[4,2], token[3] : int(4)) {
              e[t] = E[token[t]]
              return e
            }
            function two(x[2], a) {
              p = a*x
              q = dot(x, x)
              return (p, q)
            }
            function quadratic(A[3,3], x[3]) = dot(x, A@x)
            function energy(x[4]) = logSumExp(x) + sum[i:3](x[i+1]*x[i]^2)
            function mixed(x[3], a) = a^2*sum(sin(a*x))
            function memory(a, x[3]) {
              h[t] = tanh(a*x[t] + h[t-1]) from h[-1] = 0
              return h[2]
            }
            """;

    private static List<Unit> samples() throws IOException {
        List<Unit> units = new ArrayList<>();
        for (Path sample : SampleFiles.all()) {
            SourceFile file = new SourceFile(sample.toString(), Files.readString(sample));
            units.add(new Compiler().check(file, Map.of()));
        }
        return units;
    }

    private static Stream<FunctionUnit> functions() throws IOException {
        List<Unit> units = samples();
        units.add(new Compiler().check(new SourceFile("tensors.nn", TENSORS), Map.of()));
        return units.stream().flatMap(unit -> unit.functions().stream());
    }

    private static Program program(List<Tensor> arguments, Program first, Program second, List<Tensor> results) {
        List<Definition> both = new ArrayList<>(first.definitions());
        both.addAll(second.definitions());
        return new Program(arguments, both, results);
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfNetworks() throws IOException {
        return samples().stream()
                .flatMap(unit -> unit.networks().stream())
                .map(network -> DynamicTest.dynamicTest(network.name(), () -> compare(network)));
    }

    private static void compare(NetworkUnit network) {
        Compiler compiler = new Compiler();
        Compiler.Differentiated differentiated = compiler.differentiate(network);
        Program forward = differentiated.network().program();
        for (Gradient gradient : differentiated.gradients()) {
            List<Tensor> wrt = List.copyOf(gradient.adjoints().keySet());
            Backward backward = compiler.backward("loss", network.program(), gradient.of(), wrt);
            Program shown = compiler.readable(backward.whole(), Compiler.named(backward.forward()));
            List<Tensor> adjoints = List.copyOf(gradient.adjoints().values());
            Program compiled = program(forward.arguments(), forward, gradient.program(), adjoints);
            Point point = small(Point.random(compiled, -1, new Random(3)));
            Map<Tensor, double[]> expected = EXACT.run(compiled, point.values());
            Map<Tensor, double[]> actual = EXACT.run(shown, point.values());
            for (Tensor parameter : wrt) {
                Tensor adjoint = backward.gradient().adjoints().get(parameter);
                assertArrayEquals(
                        expected.get(gradient.adjoints().get(parameter)),
                        actual.get(adjoint),
                        TOLERANCE,
                        parameter.name());
            }
        }
    }

    /** With small parameters: what is shown of softmax is its definition, whose exponentials overflow. */
    private static Point small(Point point) {
        Map<Tensor, double[]> values = new LinkedHashMap<>(point.values());
        values.replaceAll((tensor, entries) -> tensor.role() == Tensor.Role.PARAMETER
                ? Arrays.stream(entries).map(entry -> entry / 10).toArray()
                : entries);
        return new Point(values);
    }

    @TestFactory
    Stream<DynamicTest> jacobiansOfFunctions() throws IOException {
        return functions().map(function -> DynamicTest.dynamicTest(function.name(), () -> jacobian(function)));
    }

    private static List<Tensor> variables(FunctionUnit function) {
        return function.program().arguments().stream()
                .filter(tensor -> !tensor.isInteger())
                .toList();
    }

    private static void jacobian(FunctionUnit function) {
        Compiler compiler = new Compiler();
        Point point = Point.random(function.program(), 0.5, new Random(5));
        List<Tensor> wrt = variables(function);
        Program compiled =
                compiler.derivative(compiler.stable(function), new Request(Kind.JACOBIAN, wrt, Map.of(), false));
        double[] jacobian =
                EXACT.run(compiled, point.values()).get(compiled.results().get(1));
        int columns = wrt.stream().mapToInt(tensor -> tensor.shape().size()).sum();
        int row = 0;
        for (Tensor result : function.program().results()) {
            Backward backward = compiler.backward(function.name(), function.program(), result, wrt);
            Program shown = compiler.readable(backward.whole(), Compiler.named(backward.forward()));
            Map<Tensor, double[]> values = EXACT.run(shown, point.values());
            int rows = result.shape().size();
            int column = 0;
            for (Tensor variable : wrt) {
                double[] block = values.get(backward.gradient().adjoints().get(variable));
                int width = variable.shape().size();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < width; j++) {
                        double expected = jacobian[(row + i) * columns + column + j];
                        assertEquals(
                                expected,
                                block[i * width + j],
                                TOLERANCE * Math.max(1, Math.abs(expected)),
                                "d" + result.name() + "/d" + variable.name() + " " + i + ", " + j);
                    }
                }
                column += width;
            }
            row += rows;
        }
    }

    @TestFactory
    Stream<DynamicTest> hessiansOfFunctions() throws IOException {
        return functions()
                .filter(function -> function.program().results().size() == 1
                        && function.program().results().get(0).rank() == 0)
                // Its 2,700 entries take the interpreter a minute.
                .filter(function -> !function.name().equals("logLikelihood"))
                .map(function -> DynamicTest.dynamicTest(function.name(), () -> hessian(function)));
    }

    private static void hessian(FunctionUnit function) {
        Compiler compiler = new Compiler();
        Point point = Point.random(function.program(), 0.5, new Random(7));
        List<Tensor> wrt = variables(function);
        Program compiled =
                compiler.derivative(compiler.stable(function), new Request(Kind.HESSIAN, wrt, Map.of(), false));
        double[] hessian =
                EXACT.run(compiled, point.values()).get(compiled.results().get(2));
        int size = wrt.stream().mapToInt(tensor -> tensor.shape().size()).sum();
        DerivationRequest request =
                new DerivationRequest("", Optional.empty(), Map.of(), List.of(), 1, true, List.of(), List.of(), true);
        Formula formula = Formula.of(compiler, function.program());
        List<Partial> partials = Partial.of("f", formula, wrt, request);
        List<Formula> expressions = partials.stream().map(Partial::expression).toList();
        Map<Tensor, double[]> values = EXACT.run(
                compiler.readable(Formula.together(expressions), Compiler.named(function.program())), point.values());
        for (Partial partial : partials) {
            Tensor one = partial.derivative().variables().get(0);
            Tensor other = partial.derivative().variables().get(1);
            double[] block = values.get(partial.expression().result());
            int width = other.shape().size();
            for (int k = 0; k < block.length; k++) {
                double expected = hessian[(offset(wrt, one) + k / width) * size + offset(wrt, other) + k % width];
                assertEquals(
                        expected,
                        block[k],
                        TOLERANCE * Math.max(1, Math.abs(expected)),
                        "d2/d" + one.name() + " d" + other.name() + " " + k);
            }
        }
    }

    /** Of formulas that read some entries of what they define, simplified and as differentiation gives them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(sin(A@x)[0..2])",
                "sum(sin(A@x)[1..])^2",
                "(A@x)[1]^2 + x[0]",
                "dot(concat(A@x, x)[1..4], [1, 2, 3])",
                "norm(softmax(A@x)[1..])"
            })
    void formulasOfParts(String text) {
        Map<String, Shape> shapes = Map.of("A", Shape.of(3, 2), "x", Shape.of(2));
        Formula formula = Formula.parse(new SourceFile("expression", text), List.of("A", "x"), shapes);
        Point point = Point.random(formula.program(), 0.5, new Random(9));
        for (String variable : List.of("A", "x")) {
            Formula derivative = formula.derivative(variable);
            double[] expected = EXACT.run(derivative.program(), point.values()).get(derivative.result());
            for (boolean simplified : new boolean[] {true, false}) {
                Program shown = derivative.shown(simplified);
                assertArrayEquals(expected, EXACT.run(shown, point.values()).get(derivative.result()), TOLERANCE, text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sum(sin(A@x)[0..2]) ; x ; i < 2 ? cos(",
                "atan(logSoftmax(A'[0][..2])) ; A ; (j < 2 ? -exp(",
                "(A@x)[1]^2          ; x ; where dAx[1] = 2*sum[k:2](A[1,k]*x[k]), 0 elsewhere"
            })
    void whatIsLeftOutIsSaid(String text, String variable, String said) {
        Map<String, Shape> shapes = Map.of("A", Shape.of(3, 2), "x", Shape.of(2));
        Formula formula = Formula.parse(new SourceFile("expression", text), List.of(), shapes);
        String printed = formula.derivative(variable).print(Notation.TEXT);
        assertTrue(printed.contains(said), printed);
    }

    private static int offset(List<Tensor> wrt, Tensor variable) {
        return wrt.subList(0, wrt.indexOf(variable)).stream()
                .mapToInt(tensor -> tensor.shape().size())
                .sum();
    }
}
