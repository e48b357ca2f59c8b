package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Reverse;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.StableFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Formulas as they are written and as they are compiled, against true values (see {@code make-reference.py} beside them): the error in
 * bits is the logarithm to base 2 of the doubles between a result and the truth, 64 if it is not finite. The table of
 * docs/accuracy.md holds the means; {@code -Drecreate} writes it.
 */
class AccuracyTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/gradc/accuracy");
    private static final Path PAGE = Path.of("docs/accuracy.md");

    /** A mean error may rise by so many bits, the last digit of one point of eight: those of Math's functions differ between machines. */
    private static final double LAST_DIGIT = 0.125;

    /** Formulas of which a mean error rises by more, up to so many bits; docs/accuracy.md names them. */
    private static final Map<String, Double> EXCEPTIONS = Map.of("(x - y)*(x + y)/(x^2 + y^2)", 0.6);

    private static final double WRONG = 64;

    /** A number of the table. */
    private static final Pattern MEAN = Pattern.compile("\\d+\\.\\d");

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
    private final Compiler compiler = new Compiler();

    /** The true value and partials at a point; a partial that is no ordinary double is NaN. */
    private record Truth(double[] point, double value, double[] partials) {}

    /** Mean errors in bits, of the value and of the partials; and whether all of them are finite. */
    private record Errors(double value, double slope, boolean finite) {}

    private record Measured(Errors written, Errors compiled) {}

    @TestFactory
    Stream<DynamicTest> noFormulaGetsWorse() throws IOException {
        return truths().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Measured measured = measure(entry.getKey(), entry.getValue());
                    double most = EXCEPTIONS.getOrDefault(entry.getKey(), LAST_DIGIT);
                    assertTrue(
                            measured.compiled.value <= measured.written.value + most
                                    && measured.compiled.slope <= measured.written.slope + most,
                            measured::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> resultsAreFinite() throws IOException {
        return truths().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> assertTrue(measure(entry.getKey(), entry.getValue()).compiled.finite)));
    }

    @Test
    void tableIsTrue() throws IOException {
        Map<String, List<Truth>> truths = truths();
        StringBuilder table = new StringBuilder();
        List<Measured> all = new ArrayList<>();
        for (Map.Entry<String, List<String>> group : groups().entrySet()) {
            List<Measured> measured = group.getValue().stream()
                    .filter(truths::containsKey)
                    .map(formula -> measure(formula, truths.get(formula)))
                    .toList();
            all.addAll(measured);
            table.append(row(group.getKey(), measured));
        }
        table.append(row("All", all));
        String page = Files.readString(PAGE);
        int start = page.indexOf("|---|");
        int first = page.indexOf('\n', start) + 1;
        int end = page.indexOf("\n\n", first) + 1;
        String renewed = page.substring(0, first) + table + page.substring(end);
        if (System.getProperty("recreate") != null) {
            Files.writeString(PAGE, renewed);
        } else {
            // The last digits of Math's functions differ between machines.
            assertEquals(
                    MEAN.matcher(renewed).replaceAll("…"), MEAN.matcher(page).replaceAll("…"));
            assertArrayEquals(means(renewed), means(page), 0.3);
        }
    }

    private static double[] means(String page) {
        return MEAN.matcher(page)
                .results()
                .mapToDouble(mean -> Double.parseDouble(mean.group()))
                .toArray();
    }

    private static String row(String name, List<Measured> measured) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.1f | %.1f |\n",
                name,
                measured.size(),
                measured.stream().mapToDouble(m -> m.written.value).average().orElse(0),
                measured.stream().mapToDouble(m -> m.compiled.value).average().orElse(0),
                measured.stream().mapToDouble(m -> m.written.slope).average().orElse(0),
                measured.stream().mapToDouble(m -> m.compiled.slope).average().orElse(0));
    }

    private Measured measure(String formula, List<Truth> truths) {
        FunctionUnit function = Snippets.formula(formula, "x", "y");
        Program program = function.program();
        List<Tensor> arguments = program.arguments();
        Gradient pass = new Reverse(StandardLibrary.library())
                .gradient(program, program.results().get(0), arguments);
        StableFunction stable = compiler.stable(function);
        Program value = compiler.value(stable);
        Program gradient = compiler.derivative(stable, new Request(Kind.GRADIENT, arguments, Map.of(), false));
        return new Measured(
                errors(truths, arguments, point -> {
                    Map<Tensor, double[]> values = interpreter.run(program, point);
                    Map<Tensor, double[]> slopes = interpreter.run(pass.program(), values);
                    return new Truth(
                            new double[0],
                            values.get(program.results().get(0))[0],
                            arguments.stream()
                                    .mapToDouble(a -> slopes.get(pass.adjoints().get(a))[0])
                                    .toArray());
                }),
                errors(truths, arguments, point -> {
                    Tensor slopes = gradient.results().get(1);
                    return new Truth(
                            new double[0],
                            interpreter.run(value, point).get(value.results().get(0))[0],
                            interpreter.run(gradient, point).get(slopes));
                }));
    }

    private static Errors errors(
            List<Truth> truths, List<Tensor> arguments, Function<Map<Tensor, double[]>, Truth> way) {
        List<Double> values = new ArrayList<>();
        List<Double> slopes = new ArrayList<>();
        for (Truth truth : truths) {
            Map<Tensor, double[]> point = new LinkedHashMap<>();
            for (int k = 0; k < arguments.size(); k++) {
                point.put(arguments.get(k), new double[] {k < truth.point.length ? truth.point[k] : 1});
            }
            Truth found = way.apply(point);
            values.add(bits(found.value, truth.value));
            for (int k = 0; k < truth.partials.length; k++) {
                if (!Double.isNaN(truth.partials[k])) {
                    slopes.add(bits(found.partials[k], truth.partials[k]));
                }
            }
        }
        boolean finite = Stream.of(values, slopes).flatMap(List::stream).allMatch(bits -> bits < WRONG);
        return new Errors(mean(values), mean(slopes), finite);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double bits(double value, double truth) {
        if (!Double.isFinite(value)) {
            return WRONG;
        }
        return Math.log(Math.abs((double) order(value) - (double) order(truth)) + 1) / Math.log(2);
    }

    /** The place of a double in the order of all. */
    private static long order(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static Map<String, List<String>> groups() throws IOException {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("formulas.txt"))) {
            if (line.startsWith("==")) {
                current = new ArrayList<>();
                groups.put(line.substring(2, line.indexOf('|')).strip(), current);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.add(line);
            }
        }
        return groups;
    }

    private static Map<String, List<Truth>> truths() throws IOException {
        return Files.readAllLines(FOLDER.resolve("reference.csv")).stream()
                .skip(1)
                .map(line -> line.split(";"))
                .collect(Collectors.groupingBy(
                        cells -> cells[0],
                        LinkedHashMap::new,
                        Collectors.mapping(
                                cells -> new Truth(numbers(cells[1]), Double.parseDouble(cells[2]), numbers(cells[3])),
                                Collectors.toList())));
    }

    private static double[] numbers(String cells) {
        return Arrays.stream(cells.split(" "))
                .flatMapToDouble(cell -> DoubleStream.of(cell.equals("-") ? Double.NaN : Double.parseDouble(cell)))
                .toArray();
    }
}
