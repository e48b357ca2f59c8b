package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated functions compute. */
class FunctionsTest {

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
        Interpreted.check("function "
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
        Interpreted.check("""
                function f(x[200,3]) {
                  c[t] = c[t-1]/2 + h[t-1] from c[-1] = 0
                  h[t] = x[t] + c[t]/3 from h[-1] = 0
                  return h[199]
                }
                """);
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
        Interpreted.check(source);
    }

    @Test
    void integersIndexAndAreNumbers() throws Exception {
        Generated generated =
                Generated.from("function f(E[3,2], token[4] : int(3)) = sum[t,k](E[token[t],k]*(k + 1)*token[t])");
        double value = (double) generated.call("Test", "f", new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 0, 1, 2});
        assertEquals(2 * 17 + 0 + 11 + 2 * 17, value);
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
        assertTrue(source.matches("(?s).*return [0-9.]+ \\* x;.*"), source);
        assertEquals(value, (double) generated.call("Test", "f", 1.0), 4e-16 * value);
    }

    /** A vector of one number, written at a place that is an integer of the caller's and read at another. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x[k]^3", "sum[i:k+1](x[i]^3)", "x[k%1]*x[0]^2", "x[at[0]]*x[at[1]]*x[k]", "sum[i](x[at[i]]^3)/2"
            })
    void aVectorOfOneNumber(String formula) throws Exception {
        Generated generated = Generated.from(
                "function f(x[1], k : int(1), at[2] : int(1)) = " + formula + " derive gradient, hessian");
        double[] gradient = new double[1];
        double[] hessian = new double[1];
        double value =
                (double) generated.call("Test", "fHessian", new double[] {2}, 0, new int[] {0, 0}, gradient, hessian);
        assertArrayEquals(new double[] {8, 12, 12}, new double[] {value, gradient[0], hessian[0]}, 1e-12);
        generated.call("Test", "fGradient", new double[] {2}, 0, new int[] {0, 0}, gradient);
        assertEquals(12, gradient[0], 1e-12);
    }

    /** Only those of numbers: what Java's method gives without any is known when it is called. */
    @Test
    void aMethodWithoutArgumentsIsCalled() throws Exception {
        Generated generated = Generated.from("native chance() = java.lang.Math.random\nfunction f(x) = x*chance()");
        assertNotEquals(generated.call("Test", "f", 1.0), generated.call("Test", "f", 1.0));
    }
}
