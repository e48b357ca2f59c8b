package dev.gradc.regroup;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.simplify.Scalarization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fewer operations, the same numbers. */
class RegroupingTest {

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);

    /** A value and what stands for its derivatives, as formulas of x, y, z and w. */
    private static Program program(String value, String derivatives) {
        String text = "function f(x, y, z, w) { return (" + value + ", [" + derivatives + "]) }";
        return Scalarization.apply(Snippets.function(text).program(), Map.of()).orElseThrow();
    }

    private static List<Expr> bodies(Program program) {
        return program.definitions().stream().map(Definition::body).toList();
    }

    private Map<Tensor, double[]> run(Program program, Random random) {
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        program.arguments().forEach(tensor -> point.put(tensor, new double[] {random.nextDouble(0.3, 2.3)}));
        return interpreter.run(program, point);
    }

    private void assertSameNumbers(Program expected, Program actual) {
        for (int seed = 0; seed < 5; seed++) {
            Map<Tensor, double[]> before = run(expected, new Random(seed));
            Map<Tensor, double[]> after = run(actual, new Random(seed));
            for (Tensor result : expected.results()) {
                for (int i = 0; i < before.get(result).length; i++) {
                    double number = before.get(result)[i];
                    // Formulas that overflow or lose all digits tell nothing.
                    if (Math.abs(number) < 1e6) {
                        assertEquals(number, after.get(result)[i], 1e-8, bodies(expected)::toString);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a common factor                        | w           | x*y + x*z + w               | 3
            of several factors together            | x*y         | x*y*z + x*y*w               | 3
            a number                               | w           | x/2 + y/2                   | 2
            the same up to the sign                | w           | x*y - z, z - x*y            | 3
            the same up to a factor                | w           | x*y - z*w, x*w*z - x*x*y    | 5
            what the value has                     | x*y - z     | w*x*y - w*z                 | 3
            a part of the value                    | x*y + z     | x*y + w + z                 | 3
            parts of several sums                  | w           | x + y + z, x - z + y, x + w + y | 4
            factors of several products            | w           | x*y*z, x*w*y                | 3
            terms that cancel                      | w           | x*y + z - y*x               | 0
            what cancels as a factor is taken out  | w           | x*(1 + y*y) - x             | 2
            factors above and below a bar          | w           | x/(x/y)*z                   | 1
            a value that cancels                   | x*y - y*x   | z                           | 0
            a number below a bar                   | 1/(3*x*(1 + y)) | y/(3*x*(1 + y)) - z/(3*x*(1 + y)) | 6
            the value and its terms                | (x*y - z*w)*w | x*y - (w*z - (x*y - z*w)) | 5
            a selection and its negative           | w           | x > 0 ? y*z : 0, x > 0 ? -(z*y) : 0 | 4
            in a function                          | exp(x + y)  | exp(y + x)*z                | 3
            """)
    void takesSoManyOperations(String what, String value, String derivatives, int operations) {
        Program program = program(value, derivatives);
        Program regrouped = Regrouping.apply(program);
        assertEquals(operations, Scalarization.size(regrouped), () -> what + ": " + bodies(regrouped));
        assertSameNumbers(program, regrouped);
    }

    /** A difference is precise where the products of its sides would not be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            w           | (x - y)*(z - w)
            x - y       | (x - y)*z - w
            (x - y) + z | ((x - y) + z) + w
            (x + y) + z | (z + (x + y))/w
            """)
    void keepsWhatIsWritten(String value, String derivatives) {
        Program program = program(value, derivatives);
        Program regrouped = Regrouping.apply(program);
        assertEquals(bodies(program), bodies(regrouped));
    }

    /** On a common bar terms vanish that would cancel, and perhaps all digits with them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            w | 1/(x + y) - x/(x + y)/(x + y)                         | y/(x + y)/(x + y)
            w | z/(x*w + y) - z*x/(x*w + y)*w/(x*w + y)               | z/(x*w + y)*(y/(x*w + y))
            w | 1/(x + y) - (x - y)/(x + y)/(x + y)                   | 2/(x + y)*(y/(x + y))
            w | 1/(x + y + z) - x/(x + y + z)/(x + y + z) - y/(x + y + z)/(x + y + z) | z/(x + y + z)/(x + y + z)
            w | (2*x)/(x*x + 1) - x*x/(x*x + 1)*(2*x)/(x*x + 1)       | 2/(x*x + 1)*(x/(x*x + 1))
            """)
    void nothingCancelsOnACommonBar(String value, String derivatives, String precise) {
        Program program = program(value, derivatives);
        for (double large : List.of(1e3, 1e9, 1e15)) {
            double expected = slope(program(value, precise), large, 1.5, 0.7, 1.1);
            assertEquals(expected, slope(Regrouping.apply(program), large, 1.5, 0.7, 1.1), 1e-14 * Math.abs(expected));
        }
    }

    /** The first derivative where the arguments are these numbers. */
    private double slope(Program program, double... numbers) {
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        program.arguments().forEach(argument -> point.put(argument, new double[] {numbers[point.size()]}));
        return interpreter.run(program, point).get(program.results().get(1))[0];
    }

    /** A divisor that is tiny has an inverse whose square is no number. */
    @Test
    void numbersAreNotDividedTwiceAlone() {
        Program program = program("w", "2*x/(z + w)/(z + w), 2*y/(z + w)/(z + w)");
        assertEquals(0.5e200, slope(Regrouping.apply(program), 1e-200, 1e-200, 1e-200, 1e-200), 1e186);
    }

    /** The sum in the value stays together in a derivative that could take it apart. */
    @Test
    void sumsOfTheSourceStayTogether() {
        Program regrouped = Regrouping.apply(program("(x - y)*z", "2*(x - y) + w*x, w*x - y"));
        assertTrue(bodies(regrouped).get(1).toString().contains("x-y"), bodies(regrouped)::toString);
    }

    /** 1e200*1e200 is no number, but 1e200*x*1e200 may be one. */
    @ParameterizedTest
    @CsvSource({"1e200, 1e-150", "1e-200, 1e150"})
    void numbersThatHaveNoProductStayApart(String number, double factor) {
        Program program = program("w", "(" + number + "*x)*(" + number + "*y), z/x + w/x");
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        program.arguments().forEach(tensor -> point.put(tensor, new double[] {factor}));
        Tensor slopes = program.results().get(1);
        double expected = interpreter.run(program, point).get(slopes)[0];
        double found = interpreter.run(Regrouping.apply(program), point).get(slopes)[0];
        assertEquals(expected, found, 1e-12 * Math.abs(expected));
        assertTrue(Double.isFinite(found) && found != 0);
    }

    @Provide
    Arbitrary<String> formulas() {
        return formula(4);
    }

    private static Arbitrary<String> formula(int depth) {
        Arbitrary<String> leaf = Arbitraries.of("x", "y", "z", "w", "2", "0.5", "3", "-1");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> part = Arbitraries.lazy(() -> formula(depth - 1));
        Arbitrary<String> operation = Combinators.combine(part, Arbitraries.of("+", "-", "*", "*", "*", "/"), part)
                .as((left, sign, right) -> "(" + left + sign + right + ")");
        Arbitrary<String> call = Combinators.combine(Arbitraries.of("sin", "-", "exp"), part)
                .as((function, argument) -> function + "(" + argument + ")");
        Arbitrary<String> choice = Combinators.combine(part, part, part)
                .as((condition, then, otherwise) -> "(" + condition + " > x ? " + then + " : " + otherwise + ")");
        return Arbitraries.oneOf(leaf, operation, operation, operation, operation, call, choice);
    }

    /** Sums of products of the same four numbers, as derivatives of products of sums are. */
    @Property(tries = 500, seed = "1")
    void keepsNumbersOfSums(@ForAll Random random) {
        String one = sum(random);
        String other = sum(random);
        Program program = program(
                "(" + one + ")*x + (" + other + ")*y",
                "(" + one + ") + " + other + ", (" + one + ") + " + one + ", " + sum(random) + " - (" + other + ") - ("
                        + one + ")");
        assertSameNumbers(program, Regrouping.apply(program));
    }

    private static String sum(Random random) {
        return random.ints(random.nextInt(2, 5), 0, 10)
                .mapToObj(i -> List.of("x*x", "x*y", "x*z", "x*w", "y*y", "y*z", "y*w", "z*z", "z*w", "w*w")
                        .get(i))
                .collect(joining(random.nextBoolean() ? " + " : " - "));
    }

    @Property(tries = 500, seed = "1")
    void keepsNumbersAndSize(
            @ForAll("formulas") String value, @ForAll("formulas") String one, @ForAll("formulas") String other) {
        Program program = program(value, one + ", " + other + ", " + one + " - " + other);
        Program regrouped = Regrouping.apply(program);
        assertTrue(Scalarization.size(regrouped) <= Scalarization.size(program));
        assertSameNumbers(program, regrouped);
    }
}
