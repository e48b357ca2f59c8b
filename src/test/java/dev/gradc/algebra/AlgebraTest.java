package dev.gradc.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.check.StandardLibrary;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlgebraTest {

    private static final Interpreter INTERPRETER = new Interpreter(Precision.DOUBLE);

    /** The formulas and variables of the textbook's list. */
    static List<Arguments> textbook() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/dev/gradc/textbook.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ; "))
                .map(row -> Arguments.of(row[0], row[1]))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("textbook")
    void keepsTheValue(String formula, String variable) {
        RawDerivatives raw = RawDerivatives.of(formula, variable);
        assertEqualValues(raw.body(), algebra(raw.body()), raw.variables());
        Expr first = raw.partial(0);
        Expr simple = algebra(first);
        assertEqualValues(first, simple, raw.variables());
        Expr second = new RawDerivatives(raw.variables(), simple).partial(0);
        assertEqualValues(second, algebra(second), raw.variables());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("textbook")
    void isAtRestAfterOnePass(String formula, String variable) {
        Expr once = algebra(RawDerivatives.of(formula, variable).partial(0));
        assertEquals(print(once), print(algebra(once)));
    }

    @ParameterizedTest
    @CsvSource({
        "x + y - x,               y",
        "2*x + 3*x - x/2,         9*x/2",
        "x*y*x/(x*y),             x",
        "-(a - b)*x,              x*(b - a)",
        "-(p - y),                y - p",
        "a - (b - c),             a - b + c",
        "0.1*3*x,                 0.3*x",
        "x/3 + x/3,               2*x/3",
        "1/3*x,                   x/3",
        "x^2*x^n/x,               x^(n + 1)",
        "(x^n)^2,                 x^(2*n)",
        "(x^2)^0.5,               sqrt(x^2)",
        "(-2*x)^3,                -8*x^3",
        "(4*x)^0.5,               2*sqrt(x)",
        "1/sqrt(1 - x^2/4),       2/sqrt(4 - x^2)",
        "sqrt(8),                 2*sqrt(2)",
        "sqrt(2*pi) - sqrt(2)*sqrt(pi), 0",
        "2/(sqrt(2)*sqrt(pi)),    sqrt(2/pi)",
        "sqrt(2)/2,               1/sqrt(2)",
        "sqrt(6)/4,               sqrt(3/2)/2",
        "x^-0.5/2 - x^(-1/2)/4*3, -1/(4*sqrt(x))",
        "x^0.25*x^(1/2),          x^(3/4)",
        "2/sqrt(9),               2/3",
        "x*(y + 1) - x*y,         x",
        "(x + y)^2 - x^2 - y^2,   2*x*y",
        "a*(b + c) + d,           a*(b + c) + d",
        "1/(1 + 1/x),             x/(x + 1)",
        "(a - b/x)/x,             (a*x - b)/x^2",
        "(a + b)*(b + a),         (a + b)^2",
        "(a - b)/(b - a),         -1",
        "(a - b)*x + (b - a)*x,   0",
        "x/0,                     x/0",
        "exp(x)/0 + sin(x)/0,     exp(x)/0 + sin(x)/0",
        "1 - exp(x + pi*x) - pi*exp(x + pi*x) - 1/0, 1 - exp(x + pi*x) - pi*exp(x + pi*x) - 1/0",
        "sqrt(x*y) + x*y/(2*sqrt(x*y)), 3*x*y/(2*sqrt(x*y))",
        "6*(x + y)^5/(2*sqrt((x + y)^6)), 3*(x + y)^5/sqrt((x + y)^6)",
        "2*x + 3*y + 4*(x + y),   6*x + 7*y",
        "2*z + 4*(x + y),         2*z + 4*(x + y)",
        "x - x,                   0",
        "π*x - pi*x,              0",
        "x/x,                     1",
        "x > 0 ? y : y,           y",
        "sin(2*x - x)*0 + 1,      1",
        "z*y*x,                   x*y*z",
        "cos(x)*x*sin(x)*2,       2*x*cos(x)*sin(x)",
        "x*(1 - y/x),             x - y",
        "1e300*x*1e300,           1e300^2*x",
        "9007199254740993*x*7,    7*9007199254740992*x",
    })
    void collects(String formula, String expected) {
        assertEquals(expected, print(algebra(RawDerivatives.of(formula).body())));
    }

    @Test
    void severalShareOneNotation() {
        RawDerivatives raw = RawDerivatives.of("(y - x)^2*(x - y + z)", "x", "y", "z");
        List<String> printed = new Algebra(StandardLibrary.library())
                .apply(raw.partials()).stream().map(AlgebraTest::print).toList();
        assertEquals(List.of("(y - x)*(3*y - 3*x - 2*z)", "(3*y - 3*x - 2*z)*(x - y)", "(y - x)^2"), printed);
    }

    @Test
    void whatIsSharedStaysShared() throws InterruptedException {
        Expr x = Access.of(Tensor.derived("x", Shape.SCALAR));
        Expr tower = x;
        for (int i = 0; i < 1500; i++) {
            Expr square = Call.of(Operator.MULTIPLY, tower, tower);
            Expr sum = Call.of(Operator.ADD, square, Call.of(Operator.DIVIDE, tower, Constant.of(i + 2)));
            tower = Call.of(Operator.SUBTRACT, sum, Call.of(Operator.MULTIPLY, sum, x));
        }
        assertStaysSmall(tower);
    }

    @Test
    void longProductsAndSumsOfThemStaySmall() throws InterruptedException {
        List<Expr> prefixes = new ArrayList<>();
        Expr product = Constant.ONE;
        Expr sum = Constant.ZERO;
        for (int i = 0; i < 10_000; i++) {
            Expr y = Access.of(Tensor.derived("y" + i, Shape.SCALAR));
            product = Call.of(Operator.MULTIPLY, product, y);
            sum = Call.of(Operator.ADD, sum, Call.of(Operator.MULTIPLY, product, sum));
            prefixes.add(product);
        }
        for (Expr prefix : prefixes) {
            sum = Call.of(Operator.SUBTRACT, sum, prefix);
        }
        assertStaysSmall(sum);
    }

    /** Within a time that only a quadratic algorithm exceeds, on a stack such as the compiler has. */
    private static void assertStaysSmall(Expr expression) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable test = () -> {
            int before = Walk.postOrder(expression).size();
            int after = Walk.postOrder(assertTimeout(Duration.ofMinutes(1), () -> algebra(expression)))
                    .size();
            assertTrue(after < 5 * before, before + " became " + after);
        };
        Thread thread = new Thread(null, test, "deep", 1L << 30);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertNull(failure.get());
    }

    private static Expr algebra(Expr expression) {
        return new Algebra(StandardLibrary.library()).apply(expression);
    }

    private static String print(Expr expression) {
        return new Printer(Notation.TEXT).print(expression);
    }

    /** On random points, where the first has a value that is not lost to rounding. */
    private static void assertEqualValues(Expr expected, Expr actual, List<Tensor> variables) {
        Random random = new Random(7);
        int defined = 0;
        for (int i = 0; i < 200; i++) {
            Map<Tensor, Double> point = new HashMap<>();
            double scale = i % 3 == 0 ? 0.9 : 4;
            variables.forEach(variable -> point.put(variable, scale * (2 * random.nextDouble() - 1)));
            double before = INTERPRETER.value(expected, point);
            double after = INTERPRETER.value(actual, point);
            if (Double.isFinite(before)) {
                defined++;
                assertEquals(
                        before,
                        after,
                        1e-7 * (1e-3 + Math.abs(before)),
                        () -> expected + " and " + actual + " at " + point);
            }
        }
        assertTrue(defined > 0, () -> expected + " is nowhere defined");
    }
}
