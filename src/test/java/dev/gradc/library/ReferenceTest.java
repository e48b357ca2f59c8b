package dev.gradc.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Derivatives;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.simplify.Simplifier;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Declaration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every function of the library against numbers from its definition, made with hundreds of digits: value, first and second derivatives.
 * {@code reference/make-reference.py} made the files and says what their columns mean.
 */
class ReferenceTest {

    private static final String OPERATORS = "+-*/^%";

    private final Map<String, Evaluated> programs = new LinkedHashMap<>();

    @TestFactory
    List<DynamicTest> functionsOfOne() throws IOException {
        return byFunction("functions-of-one.csv", 1, this::withinTolerance);
    }

    @TestFactory
    List<DynamicTest> functionsOfTwo() throws IOException {
        return byFunction("functions-of-two.csv", 2, this::withinTolerance);
    }

    @TestFactory
    List<DynamicTest> decidedValues() throws IOException {
        return byFunction("special-values.csv", 2, this::exactly);
    }

    @Test
    void everyFunctionHasReferences() throws IOException {
        Set<String> tested = new TreeSet<>();
        for (String file : List.of("functions-of-one.csv", "functions-of-two.csv")) {
            rows(file).forEach(row -> tested.add(row.get(0)));
        }
        Set<String> missing = new TreeSet<>();
        StandardLibrary.units()
                .values()
                .forEach(unit -> unit.declarations()
                        .forEach(declaration -> row(declaration)
                                .filter(name -> !name.endsWith("Kernel") && !tested.contains(name))
                                .ifPresent(missing::add)));
        assertEquals(Set.of(), missing);
    }

    /** The name of a function that has a row of its own in the derivative table. */
    private static Optional<String> row(Declaration declaration) {
        if (declaration instanceof Declaration.Native found) {
            return Optional.of(found.name().text());
        }
        return declaration instanceof Declaration.Function found
                        && !found.derivative().isEmpty()
                ? Optional.of(found.name().text())
                : Optional.empty();
    }

    private static List<List<String>> rows(String file) throws IOException {
        try (InputStream in = ReferenceTest.class.getResourceAsStream("reference/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
        }
    }

    /** The row's values of a function and what is wrong with them. */
    private interface Check {
        void row(List<String> row, int arguments, List<String> wrong);
    }

    private List<DynamicTest> byFunction(String file, int arguments, Check check) throws IOException {
        Map<String, List<List<String>>> rows = new LinkedHashMap<>();
        try (InputStream in = ReferenceTest.class.getResourceAsStream("reference/" + file)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(line -> List.of(line.split(",", -1)))
                    .forEach(row -> rows.computeIfAbsent(row.get(0), f -> new ArrayList<>())
                            .add(row));
        }
        List<DynamicTest> tests = new ArrayList<>();
        rows.forEach((function, list) -> tests.add(DynamicTest.dynamicTest(function, () -> {
            List<String> wrong = new ArrayList<>();
            list.forEach(row -> check.row(row, arguments, wrong));
            assertEquals("", String.join("\n", wrong));
        })));
        return tests;
    }

    private void withinTolerance(List<String> row, int arguments, List<String> wrong) {
        double[] point = numbers(row.subList(1, 1 + arguments));
        double[] computed = evaluated(row.get(0), arguments).all(point);
        for (int i = 0; i < computed.length; i++) {
            String text = row.get(1 + arguments + i);
            if (!text.isEmpty()) {
                double reference = Double.parseDouble(text);
                double tolerance = Double.parseDouble(row.get(1 + arguments + computed.length + i));
                // Equal infinities are not a number apart.
                if (computed[i] != reference && !(Math.abs(computed[i] - reference) <= tolerance)) {
                    wrong.add(row.subList(0, 1 + arguments) + " " + i + ": " + computed[i] + " is not " + reference);
                }
            }
        }
    }

    private void exactly(List<String> row, int most, List<String> wrong) {
        int arguments = row.get(2).isEmpty() ? 1 : 2;
        double[] point = numbers(row.subList(1, 1 + arguments));
        double[] computed = evaluated(row.get(0), arguments).first(point);
        for (int i = 0; i <= arguments; i++) {
            String text = row.get(1 + most + i);
            // A derivative of 0 may have either sign.
            double reference = text.isEmpty() ? computed[i] : Double.parseDouble(text);
            boolean equal = Double.compare(computed[i], reference) == 0 || i > 0 && computed[i] == reference;
            if (!equal) {
                wrong.add(row.subList(0, 1 + arguments) + " " + i + ": " + computed[i] + " is not " + reference);
            }
        }
    }

    private static double[] numbers(List<String> texts) {
        return texts.stream().mapToDouble(Double::parseDouble).toArray();
    }

    private Evaluated evaluated(String function, int arguments) {
        return programs.computeIfAbsent(function + "/" + arguments, key -> new Evaluated(function, arguments));
    }

    /** A function of the library with its derivatives, as the compiler makes them. */
    private static final class Evaluated {

        private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
        private final List<Tensor> arguments;
        private final Program value;
        private final Program gradient;
        private final Program hessian;

        Evaluated(String function, int arity) {
            List<String> names = List.of("u", "v").subList(0, arity);
            String text = OPERATORS.contains(function)
                    ? String.join(function, names)
                    : function + "(" + String.join(", ", names) + ")";
            FunctionUnit unit = new Compiler().expression(new SourceFile("reference", text), names, Map.of());
            Library library = StandardLibrary.library();
            Derivatives derivatives = new Derivatives(library);
            Simplifier simplifier = new Simplifier(library);
            value = unit.program();
            arguments = value.arguments();
            gradient = simplifier.apply(derivatives.gradient(value, arguments));
            hessian = simplifier.apply(derivatives.hessian(value, arguments));
        }

        /** The value and the partial derivatives of first order. */
        double[] first(double[] point) {
            double[] results = new double[1 + point.length];
            results[0] = run(value, point)[0];
            System.arraycopy(run(gradient, point), 0, results, 1, point.length);
            return results;
        }

        /** The value and the partial derivatives of first and second order: u, v, uu, uv, vv. */
        double[] all(double[] point) {
            int n = point.length;
            double[] first = first(point);
            double[] second = run(hessian, point);
            double[] results = new double[1 + n + n * (n + 1) / 2];
            System.arraycopy(first, 0, results, 0, first.length);
            int place = first.length;
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    results[place++] = second[i * n + j];
                }
            }
            return results;
        }

        /** The last result of a program: the value, the gradient, the Hessian. */
        private double[] run(Program program, double[] point) {
            Map<Tensor, double[]> at = new LinkedHashMap<>();
            for (int i = 0; i < point.length; i++) {
                at.put(arguments.get(i), new double[] {point[i]});
            }
            List<Tensor> results = program.results();
            return interpreter.run(program, at).get(results.get(results.size() - 1));
        }
    }
}
