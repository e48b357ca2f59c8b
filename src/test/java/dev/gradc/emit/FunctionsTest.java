package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {

    private static final Interpreter INTERPRETER = new Interpreter(Precision.DOUBLE);

    /** Each function runs on random arguments as the interpreter runs its program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(x) = 2/sin(exp(-x))",
                "f(x) = x^2 + x^-1 + x^5 + x^-3 + x^0.5 + x^0 + x^17",
                "f(x, y) = x > 0 ? log(x)*y + log(x) : y > 1 ? exp(y)*exp(y) : x",
                "f(x, y) = (x > y && y > 0 || x < -y ? 1 : 2) + (x == y) + !(x < y)",
                "f(x) = -(-x) - -x*-2 - (x - (x - 1)) - x/(x/3) - (x % 2) + 1e300*x*1e-300",
                "f(x) = sigmoid(x) + softplus(x)*gelu(x) - mish(x) + log(x^2 + 1, 3)",
                "f(x[5]) = sum[i](x[i]*i/3) + max(x) - min(x) + mean(x) + argmax(x)",
                "f(x[5]) = prod[i](1 + x[i]) * sum[i:4](x[i+1]*x[i]^2)",
                "f(x[5,3]) { y[t:5] = sum[s:t+1](sum(tanh(x[s]))^2) return y }",
                "f(x[5,3]) { y[t:5] = sum[s:t..5](max([s, x[s,0]])) return y }",
                "f(x[9,3]) { y[t:5] = sum[s:2*t..2*t+1](sum(x[s])^2) return y }",
                "f(x[5,3]) = sum[t:5, s:t..5, r:s](sum(x[r])^2)",
                "f(x[5,3]) { h[t:5] = x[t,0] + sum[s:t](prod([h[s], x[s,1]]))/3 return h }",
                "f(x[4]) = mean[k:1..3, q:k..4](x[q]*k)",
                "f(x[4]) { y[j:4] = mean[k:j+1, q:k+1](x[q]*k) return y }",
                "f(x[4]) { y[j:4] = mean[k:j..2, q:j..2](x[q]) return y }",
                "f(A[3,4], x[4]) = A@x",
                "f(A[3,4], B[4,2]) = A@B",
                "f(A[3,4], B[4,2]) = (A@B)' + 1",
                "f(x[4], y[3]) = concat(x, 2*y, x)",
                "f(x[6]) = softmax(x)",
                "f(x[6], K[3]) { y[i] = sum[r](K[r]*x[i+r]) return y }",
                "f(x[6]) { y[i:6] = sum[r:3](0 <= i+r-1 && i+r-1 < 6 ? x[i+r-1]*r : 0) return y }",
                "f(L[4,4], z[4]) { y[j] = sum[i:j](L[j,i]*z[i]) return y }",
                "f(L[40,40], z[40]) { y[i] = sum[j](L[j,i]*z[j]) return y }",
                "f(L[40,40], z[40]) { y[i] = sum[j:i](L[j,i]*z[j]) return y }",
                "f(L[40,40], z[40]) { y[i] = sum[j:i+1](L[j,i]*z[j]) return y }",
                "f(L[40,40], z[40]) { y[i] = sum[j:i..40](L[j,i]*z[j]) return y }",
                "f(L[40,40], z[40]) { y[i] = sum[j:i+1..40](L[j,i]*z[j]) return y }",
                "f(L[44,44], z[44]) { y[i:40] = sum[j:i+3](L[j,i]*z[j]) return y }",
                "f(L[44,44], z[44]) { y[i:40] = sum[j:i+3..44](L[j,i]*z[j]) return y }",
                "f(x[3], y) { a[i] = x[i]*y b = sum(a) return (a, b, x, y) }",
                "f(x, y) { a = x*y return (a, a + 1, a) }",
                "f(x) = 7",
                "f(x) = x",
                "f(x[2,3,4]) { y[k,i] = sum[j](x[i,j,k]) return y }",
                "f(x[8]) = x[2..5]",
                "f(x[4]) { h[t] = 0.5*x[t] + sin(h[t-1]) from h[-1] = 1 return h }",
                "f(x[12]) { y[i,j] = reshape(x, 3, 4)[i,j]*i return y }"
            })
    void asTheInterpreter(String function) throws Exception {
        check("function "
                + function.replace("{ ", "{\n")
                        .replace(" b =", "\nb =")
                        .replace(" return", "\nreturn")
                        .replace(" }", "\n}"));
    }

    /** Along a row several entries are summed at once; a triangle is turned for that. */
    @ParameterizedTest
    @CsvSource({
        "'sum[j](L[j,i]*z[j])',      for (int j = 0; j < 40; j++), for (int i = 0; i < 40; i++)",
        "'sum[j:i](L[j,i]*z[j])',     for (int j = 0; j < 39; j++), for (int i = j + 1; i < 40; i++)",
        "'sum[j:i..40](L[j,i]*z[j])', for (int j = 0; j < 40; j++), for (int i = 0; i < j + 1; i++)",
        "'sum[j](L[i,j]*z[j])',      for (int i = 0; i < 40; i++), for (int j = 0; j < 40; j++)",
        "'sum[j](exp(L[j,i]))',       for (int i = 0; i < 40; i++), for (int j = 0; j < 40; j++)"
    })
    void rowsInside(String sum, String outer, String inner) throws Exception {
        String source = Generated.from("function f(L[40,40], z[40]) {\n y[i:40] = " + sum + "\n return y\n}")
                .sources()
                .get("Test.java");
        assertTrue(
                Pattern.compile(Pattern.quote(outer) + "[^}]*" + Pattern.quote(inner))
                        .matcher(source)
                        .find(),
                source);
    }

    /** The step before is read entry by entry, though only the last value is asked for: each entry keeps its own. */
    @Test
    void entriesOfARecurrence() throws Exception {
        check("""
                function f(x[200,3]) {
                  c[t] = c[t-1]/2 + h[t-1] from c[-1] = 0
                  h[t] = x[t] + c[t]/3 from h[-1] = 0
                  return h[199]
                }
                """);
    }

    private static void check(String source) throws Exception {
        Compiler compiler = new Compiler();
        Program program = DeepStack.call(() -> compiler.check(new SourceFile("test.nn", source), Map.of())
                .functions()
                .get(0)
                .program());
        Generated generated = Generated.from(source);
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            Map<Tensor, double[]> arguments = new LinkedHashMap<>();
            for (Tensor tensor : program.arguments()) {
                arguments.put(
                        tensor,
                        DoubleStream.generate(() -> Math.round(random.nextGaussian() * 4) / 2.0)
                                .limit(tensor.shape().size())
                                .toArray());
            }
            compare(program, arguments, generated);
        }
    }

    private static void compare(Program program, Map<Tensor, double[]> arguments, Generated generated)
            throws Exception {
        Map<Tensor, double[]> expected = DeepStack.call(() -> INTERPRETER.run(program, arguments));
        boolean returns = program.results().get(0).rank() == 0;
        Object[] values = new Object[arguments.size() + program.results().size() - (returns ? 1 : 0)];
        int next = 0;
        for (Tensor tensor : program.arguments()) {
            double[] value = arguments.get(tensor);
            values[next++] = tensor.rank() == 0 ? (Object) value[0] : value.clone();
        }
        for (int r = returns ? 1 : 0; r < program.results().size(); r++) {
            double[] out = new double[program.results().get(r).shape().size()];
            java.util.Arrays.fill(out, 99);
            values[next++] = out;
        }
        Object returned = generated.call("Test", "f", values);
        if (returns) {
            assertEquals(expected.get(program.results().get(0))[0], (double) returned, 1e-12);
        }
        for (int r = program.results().size() - 1; r >= (returns ? 1 : 0); r--) {
            double[] out = (double[]) values[--next];
            assertArrayEquals(expected.get(program.results().get(r)), out, 1e-12, program.toString());
        }
    }

    /** What is selected without a branch keeps its bits, and what is not selected leaves no trace. */
    @Test
    void selectionsInLoopsOfSpecialNumbers() throws Exception {
        double[] special = {0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.NaN, 1 / 0.0, -1 / 0.0};
        // More than are written out one by one.
        int n = 10 * special.length * special.length;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = special[i / special.length % special.length];
            y[i] = special[i % special.length];
        }
        Generated generated = Generated.from("function f(x[" + n + "], y[" + n + "]) {\n"
                + " s[i] = x[i] > 0 ? y[i] : 0\n t[i] = x[i] <= y[i] ? -x[i] : y[i] + x[i]\n return (s, t)\n}");
        assertTrue(generated.sources().get("Test.java").contains("choose("));
        double[] s = new double[n];
        double[] t = new double[n];
        generated.call("Test", "f", x, y, s, t);
        for (int i = 0; i < n; i++) {
            assertEquals(x[i] > 0 ? y[i] : 0, s[i], x[i] + ", " + y[i]);
            assertEquals(x[i] <= y[i] ? -x[i] : y[i] + x[i], t[i], x[i] + ", " + y[i]);
        }
    }

    /** The first of equals; NaN is never the greatest; of nothing greater than -∞ it is the first. */
    @Test
    void positionsOfTheGreatestOfAFew() throws Exception {
        double[] special = {0.0, -0.0, 1, Double.NaN, 1 / 0.0, -1 / 0.0};
        Generated generated = Generated.from("function f(x[3]) = argmax(x)");
        assertTrue(generated.sources().get("Test.java").contains("greater &"));
        for (double a : special) {
            for (double b : special) {
                for (double c : special) {
                    double[] x = {a, b, c};
                    int expected = 0;
                    double greatest = -1 / 0.0;
                    for (int i = 0; i < 3; i++) {
                        if (x[i] > greatest) {
                            greatest = x[i];
                            expected = i;
                        }
                    }
                    assertEquals(expected, ((Number) generated.call("Test", "f", x)).intValue(), a + " " + b + " " + c);
                }
            }
        }
    }

    /** Loops that walk through the same elements are one; what only one of them changes keeps both. */
    @ParameterizedTest
    @CsvSource({
        "'x[i,j]*2 + 1',      for (int j = 0; j < 2400; j++)",
        "'x[i,j]*y[i,j]',     for (int j = 0; j < 2400; j++)",
        "'x[i,j]*b[j]',       for (int j = 0; j < 60; j++)",
        "'x[i,j]*(i + j)',    for (int j = 0; j < 60; j++)",
        "'x[i,59 - j]',       for (int j = 0; j < 60; j++)",
    })
    void loopsOverTheSameElementsAreOne(String entry, String loop) throws Exception {
        String source = "function f(x[40,60], y[40,60], b[60]) {\n z[i,j] = " + entry + "\n return z\n}";
        String text = Generated.from(source).sources().get("Test.java");
        assertTrue(text.contains(loop), text);
        check(source);
    }

    @Test
    void integersIndexAndAreNumbers() throws Exception {
        Generated generated =
                Generated.from("function f(E[3,2], token[4] : int(3)) = sum[t,k](E[token[t],k]*(k + 1)*token[t])");
        double value = (double) generated.call("Test", "f", new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 0, 1, 2});
        assertEquals(2 * 17 + 0 + 11 + 2 * 17, value);
    }

    /** Where the condition does not hold, the entry is not there, and its derivative is added nowhere. */
    @Test
    void whatIsNotReadHasNoDerivative() throws Exception {
        Generated generated = Generated.from("""
                function f(x[40], k : int(80)) {
                  y[i] = x[i]^2
                  return sum[n:40](n > 0 && k < 40 ? y[k]*x[n] : 0)
                } derive gradient
                """);
        double[] x = new double[40];
        java.util.Arrays.fill(x, 1);
        double[] gradient = new double[40];
        assertEquals(39.0, generated.call("Test", "fGradient", x, 3, gradient));
        assertEquals(2 * 39 + 1, gradient[3]);
        assertEquals(0.0, generated.call("Test", "fGradient", x, 60, gradient));
        assertArrayEquals(new double[40], gradient);
    }

    /** The greatest of one number is the first: its position is no number that is compared. */
    @Test
    void thePositionOfOne() throws Exception {
        Generated generated = Generated.from("""
                function f(x[1], y[400]) {
                  a[i:400] = y[i]^2
                  b[i:1] = argmax[j:1](x[j]*(i + 2))
                  return min(x + x)*sum(a) + b[0]
                } derive gradient
                """);
        double[] y = new double[400];
        java.util.Arrays.fill(y, 1);
        double[] gradient = new double[401];
        assertEquals(4000.0, generated.call("Test", "fGradient", new double[] {5}, y, gradient));
        assertEquals(800, gradient[0]);
        assertEquals(20, gradient[400]);
    }

    /** Long methods are cut into parts: what one finds, another reads, also in a subscript, and as an integer. */
    @Test
    void aPositionInALongMethod() throws Exception {
        check("""
                function f(x[3], y[400]) {
                  before = sum[i:200](y[i])
                %s
                  m = x[argmax[i:3](x[i]*a100)]
                  return m*a100 + %s
                } derive gradient
                """.formatted(
                        IntStream.rangeClosed(1, 100)
                                .mapToObj(k -> "  a" + k + " = sin(" + k + "*y[" + k + "])*"
                                        + (k == 1 ? "before" : "a" + (k - 1)))
                                .collect(Collectors.joining("\n")),
                        IntStream.rangeClosed(1, 200)
                                .mapToObj(k -> "sin(" + k + "*m + y[" + k + "])")
                                .collect(Collectors.joining(" + "))));
    }

    /** The sum over j stays inside the loop over i, though j is of unknown length. */
    @Test
    void dataBoundASum() throws Exception {
        Generated generated = Generated.from("""
                function f(x[4], k[4] : int(5)) {
                  y[i] = sum[j:k[i]](x[i]^j)
                  return y
                } derive jacobian
                """);
        double[] value = new double[4];
        double[] jacobian = new double[16];
        generated.call("Test", "fJacobian", new double[] {2, 3, 4, 5}, new int[] {0, 3, 1, 2}, value, jacobian);
        assertArrayEquals(new double[] {0, 13, 1, 6}, value);
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, jacobian);
    }

    /** With loops as without: the greatest of no numbers is below all of them. */
    @ParameterizedTest
    @ValueSource(ints = {3, 300})
    void theGreatestAndLeastOfNothing(int n) throws Exception {
        Generated generated = Generated.from("""
                function f(x[%1$d]) {
                  y[i:%1$d] = exp(max[j:i](x[j])) + 1/min[j:i](x[j])
                  return y[..2]
                }
                """.formatted(n));
        double[] x = new double[n];
        x[0] = -2;
        double[] value = new double[2];
        generated.call("Test", "f", x, value);
        assertArrayEquals(new double[] {0, Math.exp(-2) - 0.5}, value, 1e-15);
    }

    @Test
    void aGradientIsFilledInTheOrderOfTheParameters() throws Exception {
        Generated generated = Generated.from("function f(x, y) = x^3*y + 3*x derive gradient, hessian");
        double[] gradient = new double[2];
        assertEquals(30.0, generated.call("Test", "fGradient", 2.0, 3.0, gradient));
        assertArrayEquals(new double[] {39, 8}, gradient);
    }

    /** Each row has the entries of its own element and its neighbours. */
    @ParameterizedTest
    @ValueSource(ints = {4, 600})
    void sparseMatricesAreCompressedRows(int n) throws Exception {
        Generated generated = Generated.from(
                "function f(x[" + n + "]) = sum[i:" + (n - 1) + "](x[i]*x[i+1]^2) derive hessian sparse");
        int[] starts = (int[]) generated.call("Test", "fHessianRowStarts");
        int[] columns = (int[]) generated.call("Test", "fHessianColumns");
        double[] x = new Random(1).doubles(n).toArray();
        double[] hessian = new double[columns.length];
        generated.call("Test", "fHessian", x, new double[n], hessian);
        // The first diagonal entry is 0, as the first factor is not squared.
        assertEquals(3 * n - 3, columns.length);
        assertEquals(columns.length, starts[n]);
        for (int row = 0; row < n; row++) {
            for (int k = starts[row]; k < starts[row + 1]; k++) {
                double diagonal = row == 0 ? 0 : 2 * x[row - 1];
                double expected = columns[k] == row ? diagonal : 2 * x[Math.max(row, columns[k])];
                assertEquals(expected, hessian[k], 1e-12);
                assertTrue(Math.abs(columns[k] - row) <= 1);
            }
        }
    }

    /** Which entry is read depends on data, so that every entry may be any number. */
    @Test
    void aMatrixWhosePlacesAreDataHasAllEntries() throws Exception {
        Generated generated = Generated.from("function f(p[3], k : int(3)) = [p[k]*p[0], p[1]] derive jacobian sparse");
        double[] jacobian = new double[6];
        generated.call("Test", "fJacobian", new double[] {2, 3, 4}, 2, new double[2], jacobian);
        assertArrayEquals(new double[] {4, 0, 2, 0, 1, 0}, jacobian);
        assertArrayEquals(new int[] {0, 3, 6}, (int[]) generated.call("Test", "fJacobianRowStarts"));
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, (int[]) generated.call("Test", "fJacobianColumns"));
    }

    /** What stands in only one side of a selection is computed there. */
    @Test
    void selectionsAreLazy() throws Exception {
        String source = Generated.from("function f(x) = x > 0 ? exp(x)*exp(x) : log(-x)*log(-x)")
                .source("Test.java");
        int choice = source.indexOf("if (x > 0)");
        assertTrue(choice > 0, source);
        assertTrue(source.indexOf("Math.exp") > choice, source);
        assertTrue(source.indexOf("Math.log") > source.indexOf("} else {"), source);
    }

    /** Two selections read the same element under the same guard: it is not read ahead of them. */
    @Test
    void whatAGuardProtectsStaysBehindIt() throws Exception {
        Generated generated = Generated.from("""
                function f(x[3]) {
                  y[i:4] = (i < 3 ? x[i]*2 : 0) + (i < 3 ? x[i]*x[i] : 1)
                  return y
                }
                """);
        double[] out = new double[4];
        generated.call("Test", "f", new double[] {1, 2, 3}, out);
        assertArrayEquals(new double[] {3, 8, 15, 1}, out);
    }

    @ParameterizedTest
    @CsvSource({
        "y*(2/x),           y * (2 / x)",
        "'x + (y - 1)',     x + (y - 1)",
        "'x - (y - 1)',     x - (y - 1)",
        "x*(y*2),           x * (y * 2)",
        "-x^2,              -(x * x)",
        "(x + 1)^2*y,       t * t * y",
        "1/(2*x),           1 / (2 * x)",
        "x^2.5,             'Math.pow(x, 2.5)'",
        "1e-7*x,            1e-7 * x",
        "x > y ? x : y,     x > y ? x : y"
    })
    void expressionsAreWrittenAsByHand(String formula, String java) throws Exception {
        String source = Generated.from("function f(x, y) = " + formula).source("Test.java");
        assertTrue(source.contains(java), source);
    }

    /** Values from tables. */
    @ParameterizedTest
    @CsvSource({
        "asin(0.5),     0.5235987755982988731",
        "acos(-1/3),    1.9106332362490185563",
        "tanh(0.3),     0.2913126124515908949",
        "erf(0.2),      0.2227025892104784541",
        "'atan2(1, 2)', 0.4636476090008061162",
        "sqrt(2)^3,     2.8284271247461900976"
    })
    void functionsOfConstantsAreNumbers(String formula, double value) throws Exception {
        Generated generated = Generated.from("function f(x) = x*" + formula);
        String source = generated.source("Test.java");
        assertTrue(source.matches("(?s).*return x \\* [0-9.]+;.*"), source);
        assertEquals(value, (double) generated.call("Test", "f", 1.0), 4e-16 * value);
    }

    /** Beside the greatest exponential, which has no weight, all others would vanish. */
    @ParameterizedTest
    @CsvSource({"w[i]*exp(x[i]), -50", "exp(x[i])*w[i]/v[i], -50.693147180559945"})
    void anExponentialWithoutWeightDoesNotCount(String term, double value) throws Exception {
        Generated generated =
                Generated.from("function f(x[3], w[3], v[3]) = log(sum[i](" + term + ")) derive gradient wrt x");
        double[] x = {-50, 740, -800};
        double[] gradient = new double[3];
        Object found = generated.call("Test", "fGradient", x, new double[] {1, 0, 1}, new double[] {2, 2, 2}, gradient);
        assertEquals(value, (double) found, 1e-12);
        assertArrayEquals(new double[] {1, 0, 0}, gradient, 1e-12);
    }

    /** A normal density far from both of its means, by hand: the nearer one counts. */
    @Test
    void aMixtureFarAway() throws Exception {
        Generated generated = Generated.from(
                "function f(x, m[2], s[2]) = log(sum[k](0.5*exp(-((x - m[k])/s[k])^2/2)/s[k])) derive gradient wrt x");
        double[] gradient = new double[1];
        double value = (double)
                generated.call("Test", "fGradient", 1000.0, new double[] {0, 1}, new double[] {0.1, 0.2}, gradient);
        assertEquals(-0.5 * 4995 * 4995 + Math.log(0.5 / 0.2), value, 1e-8);
        assertEquals(-4995 / 0.2, gradient[0], 1e-9);
    }

    /** Comments, names and documentation cannot leave their place, however they are written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** ends */ here? no */",
                "/** \\u002a/ static { System.exit(1); } /* */",
                "/** {@code } <script> & @param x \\ */",
                "/** \\\\u002a/ {@link Object */"
            })
    void documentationIsText(String comment) throws Exception {
        String closed = comment.replace("*/ here", "* / here");
        Generated generated = Generated.from(closed + "\nfunction f(x) = x + 1");
        assertEquals(3.0, generated.call("Test", "f", 2.0));
    }

    @Test
    void documentationIsBrokenAnewAndSaysWhatADerivativeIsOf() throws Exception {
        String source = Generated.from("""
                        /**
                         * A saddle,
                         * as of a horse.
                         *
                         * Flat at 0.
                         */
                        function f(x[2], y) = x[0]^2*y - x[1] derive hessian wrt (x)  derive hvp
                        """).source("Test.java");
        for (String expected : List.of(
                "     * A saddle, as of a horse.\n     *\n     * <p>Flat at 0.\n     *\n     * <pre>\n",
                "     * The Hessian of f with respect to x.\n",
                "     * @param hessian receives {@code hessian[2,2]}, row by row: entry [i,j] at {@code 2*i+j}\n",
                "     * The Hessian of f times a vector with respect to x, y.\n")) {
            assertTrue(source.contains(expected), source);
        }
    }

    @ParameterizedTest
    @CsvSource({"class, class_", "double, double_", "σ, σ", "w₁, w_", "record, record_", "Math, Math_", "_x, _x"})
    void anyNameBecomesAnIdentifier(String name, String expected) throws Exception {
        Generated generated = Generated.from("function f(" + name + ", t) = exp(" + name + ")/t + exp(" + name + ")");
        assertEquals(1.5, generated.call("Test", "f", 0.0, 2.0));
        assertTrue(generated.source("Test.java").contains("double " + expected + ","), generated.source("Test.java"));
    }

    @Test
    void functionsMayBeCalledAsKeywordsAre() throws Exception {
        Generated generated = Generated.from("function int(new) = new^2");
        assertEquals(9.0, generated.call("Test", "int_", 3.0));
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        String source = "function f(x[5], y) = sum(softmax(x))*y^3 derive gradient, hessian";
        assertEquals(Generated.files(source, Precision.DOUBLE), Generated.files(source, Precision.DOUBLE));
    }

    @Test
    void linesAreShortAndClean() throws Exception {
        String text = Generated.from("""
                function f(alpha, beta, gamma) {
                  delta = sqrt(alpha^2 + beta^2 + gamma^2)*log(alpha/beta)*log(beta/gamma) + alpha*beta/gamma - sqrt(gamma)
                  return delta*exp(-delta)*sin(delta + alpha)*cos(delta + beta)/(delta + gamma + alpha*beta*gamma*delta)
                } derive gradient, hessian
                """).source("Test.java");
        text.lines().forEach(line -> {
            assertTrue(line.length() <= 120, line);
            assertFalse(line.endsWith(" "), line);
            assertFalse(line.contains("\t"), line);
        });
    }

    /** Every product stands under a name that is used again: 2^200 without sharing. */
    @Test
    void whatIsSharedIsComputedOnce() throws Exception {
        StringBuilder source = new StringBuilder("function f(x) {\n  a0 = x\n");
        for (int i = 1; i <= 200; i++) {
            source.append("  a")
                    .append(i)
                    .append(" = a")
                    .append(i - 1)
                    .append("*a")
                    .append(i - 1)
                    .append("/2 + 0.25\n");
        }
        Generated generated = Generated.from(source + "  return a200\n}");
        assertTrue(Double.isFinite((double) generated.call("Test", "f", 0.5)));
    }

    /** Ten thousand operations, in methods that HotSpot compiles, with selections and what is shared far apart. */
    @Test
    void longFormulas() throws Exception {
        Random random = new Random(3);
        StringBuilder source = new StringBuilder("function f(x[4]) {\n  v0 = x[0]\n  v1 = x[1]\n  v2 = x[2]\n");
        for (int i = 3; i < 2000; i++) {
            String a = "v" + random.nextInt(i);
            String b = "v" + (i - 1 - random.nextInt(3));
            source.append("  v").append(i).append(" = ");
            source.append(
                    i % 7 == 0
                            ? a + " > " + b + " ? sin(" + a + ")*cos(" + a + ") : sin(" + b + ")*cos(" + b + ")/2\n"
                            : "sin(" + a + ")*" + b + "/2 + cos(" + b + ")/3\n");
        }
        check(source + "  return v1999 + v1000\n}");
    }

    @Test
    void deepFormulas() throws Exception {
        int depth = 3000;
        check("function f(x) = " + "sin(1 + ".repeat(depth) + "x" + ")".repeat(depth));
    }

    @Test
    void longSums() throws Exception {
        StringBuilder source = new StringBuilder("function f(x, y) = x*y");
        for (int i = 0; i < 3000; i++) {
            source.append(" + x^").append(i % 5).append("*y/").append(i + 1);
        }
        check(source.toString());
    }
}
