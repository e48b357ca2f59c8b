package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.pipeline.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rows of {@code calculus.txt}: the derivative that the compiler finds against that of the book, on the whole domain. */
class CalculusTableTest {

    private static final Path TABLE = Path.of("src/test/resources/dev/gradc/diff/calculus.txt");
    private static final Map<String, String> FUNCTIONS = Map.of(
            "U", "(sin(x) + 2)",
            "DU", "cos(x)",
            "V", "(x^2 - 3*x + 5)",
            "DV", "(2*x - 3)",
            "W", "exp(x/3)",
            "DW", "(exp(x/3)/3)");
    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);
    private static final int POINTS = 60;
    private static final double TOLERANCE = 1e-12;

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .map(row -> DynamicTest.dynamicTest(
                        row[0].strip(), () -> check(row[0].strip(), row[1].strip(), row[2].strip())));
    }

    private static void check(String function, String derivative, String domain) {
        Program program = Snippets.formula(expanded(function), "x").program();
        Program found = new Compiler().partial(program, program.arguments().get(0));
        Program expected = Snippets.formula(expanded(derivative), "x").program();
        String[] ends = domain.split("\\.\\.");
        RandomGenerator random = new Random(1);
        for (int i = 0; i < POINTS; i++) {
            double x = between(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]), random);
            double value = value(expected, x);
            assertEquals(value, value(found, x), TOLERANCE * Math.abs(value), () -> "(" + function + ")' at " + x);
        }
    }

    private static String expanded(String formula) {
        String text = formula;
        for (Map.Entry<String, String> entry : FUNCTIONS.entrySet()) {
            text = text.replaceAll("\\b" + entry.getKey() + "\\b", entry.getValue());
        }
        return text;
    }

    private static double value(Program program, double x) {
        return EXACT.run(program, Map.of(program.arguments().get(0), new double[] {x}))
                .get(program.results().get(0))[0];
    }

    /** A number of any magnitude between two ends, evenly by logarithm; also by value, for the sake of short intervals. */
    private static double between(double low, double high, RandomGenerator random) {
        if (random.nextBoolean()) {
            return low + random.nextDouble() * (high - low);
        }
        if (low < 0 && high > 0) {
            return random.nextBoolean() ? between(1e-20 * high, high, random) : between(low, 1e-20 * low, random);
        }
        double a = Math.log(Math.abs(low));
        double b = Math.log(Math.abs(high));
        return Math.signum(high) * Math.exp(a + random.nextDouble() * (b - a));
    }
}
