package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The derivatives of a calculus table and of the field's formulas, as they are printed: {@code formula ; variable ; derivative} in
 * {@code textbook.txt}, which {@code -Drecreate} rewrites. What is printed is worth what is computed.
 */
class TextbookTest {

    private static final Path FILE = Path.of("src/test/resources/dev/gradc/textbook.txt");

    private static final double[] POINTS = {0.3, 0.7, 1.4, 2.2, -0.6, -1.7};

    record Row(String formula, String variable, String derivative) {
        static Row of(String line) {
            String[] parts = line.split(" ; ");
            return new Row(parts[0], parts[1], parts.length < 3 ? "" : parts[2]);
        }

        String now() {
            return Expression.parse(formula).derivative(variable).toString();
        }

        @Override
        public String toString() {
            return formula;
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    @Test
    void printedAsInATextbook() throws IOException {
        String expected = Files.readString(FILE);
        String actual = expected.lines()
                .map(line -> line.startsWith("#")
                        ? line
                        : Row.of(line).formula() + " ; " + Row.of(line).variable() + " ; "
                                + Row.of(line).now())
                .collect(Collectors.joining("\n", "", "\n"));
        if (System.getProperty("recreate") != null) {
            Files.writeString(FILE, actual);
            return;
        }
        assertEquals(expected, actual);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsPrintedIsWhatIsComputed(Row row) {
        Expression formula = Expression.parse(row.formula());
        Expression derivative = formula.derivative(row.variable());
        Expression printed = Expression.parse(row.derivative());
        int compared = 0;
        for (double point : POINTS) {
            Map<String, Double> at = new HashMap<>();
            List<String> names = new ArrayList<>(formula.variables());
            names.addAll(printed.variables());
            names.forEach(name -> at.putIfAbsent(name, Math.abs(point + 0.11 * at.size()) * Math.signum(point)));
            double computed = derivative.at(at);
            double shown = printed.at(at);
            if (Double.isFinite(computed) && Double.isFinite(shown)) {
                compared++;
                assertEquals(computed, shown, 1e-11 * Math.max(1, Math.abs(computed)), "at " + at);
            }
        }
        assertTrue(compared > 0, "no point in the domain");
    }

    /** Reading what is printed and printing it again changes nothing. */
    @ParameterizedTest
    @MethodSource("rows")
    void whatIsPrintedIsReadBack(Row row) {
        assertEquals(row.derivative(), Expression.parse(row.derivative()).toString());
    }
}
