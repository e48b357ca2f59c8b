package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Precision;
import dev.gradc.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that use each part twice, forty times over: whoever follows both uses needs some years. */
class NoExponentialCaseTest {

    /** On a busy machine. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private static final int DEPTH = 40;

    static Stream<Arguments> programs() {
        return Stream.of(
                program("squares of squares", nested("x", inner -> "(" + inner + ")^2")),
                program("softplus of softplus", nested("x", inner -> "log(1 + exp(" + inner + "))")),
                program("roots of roots", nested("x", inner -> "sqrt(1 + " + inner + ")")),
                program("powers of powers", nested("x", inner -> "(1 + " + inner + ")^(-0.5)")),
                program("selections in selections", nested("x", inner -> "(x < 1 ? " + inner + " : x*" + "x)")),
                program("selections one after the other", chosen()),
                program("sums", lines("a + a")),
                program("products", lines("a*a")),
                program("products of sums", lines("(a + 1)*(a - 2)")),
                program("quotients", lines("a/(1 + a^2) + sqrt(1 + a^2)")),
                program("towers of functions", lines("sin(a)*exp(x*a)")),
                program("choices", lines("a < 1 ? sin(a) : cos(a)")),
                program("maxima", lines("max(a, sin(a))*a")),
                program("powers of themselves", lines("a^a")),
                program("logarithms of sums", lines("log(exp(a) + exp(x*a))")),
                program("continued fractions", nested("x", inner -> "x + 1/(" + inner + ")")),
                program("calls", "function g(z) = z + sin(z)\n", nested("x", inner -> "g(" + inner + ")")),
                Arguments.of(
                        "matrices",
                        "function f(A[2,2]) {\n  a0 = A\n" + steps("a@a") + "  return sum(a40)\n} derive gradient"),
                Arguments.of("generic calls", vector("function g(z[n]) = z + sin(z)\n", "g(", ")")),
                Arguments.of("calls by element", vector("function g(z) = z*sin(z)\n", "g(", ")")),
                Arguments.of("softmax of softmax", vector("", "softmax(", ")")),
                Arguments.of(
                        "lambdas",
                        "layer many(z[n], f = identity) {\n  return " + nested("z", inner -> "f(" + inner + ")")
                                + "\n}\n" + network("many(w*x, u -> u + sin(u))")),
                Arguments.of(
                        "layers",
                        "layer twice(z[n]) {\n  return z + tanh(z)\n}\n"
                                + network(nested("(w*x)", inner -> "twice(" + inner + ")"))),
                Arguments.of("layers with parameters", network(nested("x", inner -> "dense(" + inner + ", 3, tanh)"))));
    }

    private static Arguments program(String name, String body) {
        return program(name, "", body);
    }

    private static Arguments program(String name, String declarations, String body) {
        String function = body.startsWith("{") ? "function f(x) " + body : "function f(x) = " + body;
        return Arguments.of(name, declarations + function + " derive gradient, hessian, hvp");
    }

    private static String nested(String innermost, UnaryOperator<String> layer) {
        return Stream.iterate(innermost, layer).skip(DEPTH).findFirst().orElseThrow();
    }

    private static String chosen() {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, DEPTH).forEach(i -> text.append("x < " + i + " ? sin(x*" + i + ") : "));
        return text + "x";
    }

    private static String lines(String step) {
        return "{\n  a0 = x\n" + steps(step) + "  return a" + DEPTH + "\n}";
    }

    private static String steps(String step) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= DEPTH; i++) {
            text.append("  a" + i + " = " + step.replaceAll("\\ba\\b", "a" + (i - 1)) + "\n");
        }
        return text.toString();
    }

    private static String vector(String declarations, String open, String close) {
        String body = nested("x", inner -> open + inner + close);
        return declarations + "function f(x[3]) = sum(" + body + "^2) derive gradient";
    }

    private static String network(String output) {
        return "network N {\n  input x[3]\n  target y\n  param w[3] ~ normal(0, 1)\n  h = " + output
                + "\n  output o = sum(h*w)\n  loss (o - y)^2\n}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void ofSharing(String name, String source) {
        List<GeneratedFile> files = assertTimeoutPreemptively(SOON, () -> Generated.files(source, Precision.DOUBLE));
        int length = files.stream().mapToInt(file -> file.text().length()).sum();
        assertTrue(length < 1_000_000, name + " becomes " + length + " characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sin(sin(x))", "log(1 + exp(x))"})
    void ofTheTenthDerivative(String formula) {
        String source = "function f(x) = diff(" + formula + ", x, 10)";
        List<GeneratedFile> files = assertTimeoutPreemptively(SOON, () -> Generated.files(source, Precision.DOUBLE));
        assertTrue(files.get(0).text().length() < 500_000, formula);
    }

    /** Of which each pass takes parts together, and none may go around in circles. */
    @ParameterizedTest
    @ValueSource(ints = {63, 65, 100, 400, 800})
    void ofFactors(int number) {
        String product = IntStream.range(0, number)
                .mapToObj(i -> "(x[" + i % 9 + "] + " + i + ")")
                .collect(Collectors.joining("*"));
        String source = "function f(x[9]) = " + product + " derive gradient";
        List<GeneratedFile> files = assertTimeoutPreemptively(SOON, () -> Generated.files(source, Precision.DOUBLE));
        assertTrue(files.get(0).text().length() < 400 * number);
    }

    /** Speelpenning's product: each derivative lacks another one of the factors. */
    @ParameterizedTest
    @ValueSource(ints = {60, 70, 400})
    void ofDistinctFactors(int number) {
        String product =
                IntStream.range(0, number).mapToObj(i -> "x[" + i + "]").collect(Collectors.joining("*"));
        String source = "function f(x[" + number + "]) = " + product + " derive gradient";
        List<GeneratedFile> files = assertTimeoutPreemptively(SOON, () -> Generated.files(source, Precision.DOUBLE));
        String cost = "Cost: " + (3 * number - 5) + " operations";
        assertTrue(files.get(0).text().replace(",", "").contains(cost), cost);
    }

    @Test
    void whatIsSharedIsComputedOnce() throws Exception {
        Generated generated = Generated.from("function f(x) " + lines("a + a") + " derive gradient");
        double[] gradient = new double[1];
        assertEquals(0x1p41, (double) generated.call("Test", "fGradient", 2.0, gradient));
        assertEquals(0x1p40, gradient[0]);
    }

    /** What is exponential by itself is refused. */
    @Test
    void ofCallsWithoutANameIsSaid() {
        StringBuilder source = new StringBuilder("function g0(z[n]) = z + sin(z)\n");
        for (int i = 1; i <= DEPTH; i++) {
            source.append("function g" + i + "(z[n]) = g" + (i - 1) + "(z) + g" + (i - 1) + "(z)\n");
        }
        source.append("function f(x[3]) = sum(g40(x))");
        SourceException error = assertTimeoutPreemptively(
                SOON,
                () -> assertThrows(SourceException.class, () -> Generated.files(source.toString(), Precision.DOUBLE)));
        String message = error.diagnostics().get(0).message();
        assertEquals("with all that it calls this takes more than 1000000 calls", message);
    }

    @Test
    void aLayerThatCallsItselfIsSaid() {
        assertThrows(
                SourceException.class,
                () -> Generated.files("layer g(z[n]) {\n  return g(z)\n}\n" + network("g(x)"), Precision.DOUBLE));
    }
}
