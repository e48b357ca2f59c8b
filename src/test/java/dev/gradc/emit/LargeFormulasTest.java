package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Formulas of ten thousand operations and more become methods that are compiled just in time and classes that can be loaded, which
 * {@link Generated} sees to, and compute what a loop of plain Java computes.
 */
@Tag("slow")
class LargeFormulasTest {

    @Test
    void aSumOfDistinctTerms() throws Exception {
        int terms = 5_000;
        int variables = 90;
        double[] factors = new Random(1).doubles(terms).map(Math::abs).toArray();
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        double[] x = new Random(2).doubles(variables).toArray();
        for (int i = 0; i < variables; i++) {
            parameters.add("x" + i);
        }
        StringJoiner sum = new StringJoiner(" + ");
        double value = 0;
        double[] gradient = new double[variables];
        for (int k = 0; k < terms; k++) {
            int i = k % variables;
            int j = 7 * k % 89;
            sum.add("sin(" + factors[k] + "*x" + i + ")*x" + j);
            value += Math.sin(factors[k] * x[i]) * x[j];
            gradient[i] += factors[k] * Math.cos(factors[k] * x[i]) * x[j];
            gradient[j] += Math.sin(factors[k] * x[i]);
        }
        Generated generated = Generated.from("function f" + parameters + " = " + sum + " derive gradient");
        Object[] arguments = new Object[variables + 1];
        for (int i = 0; i < variables; i++) {
            arguments[i] = x[i];
        }
        double[] found = new double[variables];
        arguments[variables] = found;
        assertEquals(value, (double) generated.call("Test", "fGradient", arguments), 1e-9 * terms);
        for (int i = 0; i < variables; i++) {
            assertEquals(gradient[i], found[i], 1e-9 * terms);
        }
        assertTrue(generated.classes().size() > 1, "all constants fit into one class");
    }

    /** Each piece stands in the selection of all before it, deeper than javac descends in one method. */
    @Test
    void aFunctionOfManyPieces() throws Exception {
        int pieces = 1_000;
        StringBuilder source = new StringBuilder("function f(x, y) = ");
        for (int k = 0; k < pieces; k++) {
            source.append("x < " + k + " ? " + k + "*y*x : ");
        }
        Generated generated = Generated.from(source + "sin(x) derive gradient");
        double[] gradient = new double[2];
        for (double x : new double[] {-1.5, 0.5, 17.25, 500.5, 998.5, 1001}) {
            double k = Math.max(0, Math.floor(x) + 1);
            boolean last = k >= pieces;
            double value = (double) generated.call("Test", "fGradient", x, 3.0, gradient);
            assertEquals(last ? Math.sin(x) : 3 * k * x, value, 1e-9);
            assertEquals(last ? Math.cos(x) : 3 * k, gradient[0], 1e-9);
            assertEquals(last ? 0 : k * x, gradient[1], 1e-9);
        }
    }

    @Test
    void aChainOfLines() throws Exception {
        int lines = 10_000;
        StringBuilder source = new StringBuilder("function f(x, y) {\n  a0 = x\n");
        double a = 0.3;
        double inX = 1;
        double inY = 0;
        for (int k = 1; k <= lines; k++) {
            source.append("  a" + k + " = sin(a" + (k - 1) + ")*y + " + k % 10 + "\n");
            inX *= Math.cos(a) * 0.9;
            inY = inY * Math.cos(a) * 0.9 + Math.sin(a);
            a = Math.sin(a) * 0.9 + k % 10;
        }
        source.append("  return a" + lines + "\n} derive gradient\n");
        double[] gradient = new double[2];
        Generated generated = Generated.from(source.toString());
        assertEquals(a, (double) generated.call("Test", "fGradient", 0.3, 0.9, gradient), 1e-12);
        assertEquals(inX, gradient[0], 1e-12);
        assertEquals(inY, gradient[1], 1e-12);
    }

    /** Reading backwards keeps the loops apart, so that each line has an array of its own. */
    @Test
    void aChainOfVectors() throws Exception {
        int lines = 1_000;
        int n = 6;
        StringBuilder source = new StringBuilder("function f(x[" + n + "], c) {\n  h0[i] = x[i]*c\n");
        double[] x = new Random(3).doubles(n).toArray();
        double[][] h = new double[lines][n];
        for (int i = 0; i < n; i++) {
            h[0][i] = x[i] * 0.7;
        }
        for (int k = 1; k < lines; k++) {
            source.append("  h" + k + "[i] = sin(h" + (k - 1) + "[i])*h" + (k - 1) + "[" + (n - 1) + "-i] + c\n");
            for (int i = 0; i < n; i++) {
                h[k][i] = Math.sin(h[k - 1][i]) * h[k - 1][n - 1 - i] + 0.7;
            }
        }
        source.append("  return sum(h" + (lines - 1) + ")\n} derive gradient\n");
        double[] adjoint = new double[n];
        Arrays.fill(adjoint, 1);
        double inC = 0;
        for (int k = lines - 1; k > 0; k--) {
            double[] before = new double[n];
            for (int i = 0; i < n; i++) {
                inC += adjoint[i];
                before[i] += adjoint[i] * Math.cos(h[k - 1][i]) * h[k - 1][n - 1 - i];
                before[n - 1 - i] += adjoint[i] * Math.sin(h[k - 1][i]);
            }
            adjoint = before;
        }
        double value = 0;
        for (int i = 0; i < n; i++) {
            inC += adjoint[i] * x[i];
            value += h[lines - 1][i];
        }
        double[] gradient = new double[n + 1];
        Generated generated = Generated.from(source.toString());
        assertEquals(value, (double) generated.call("Test", "fGradient", x, 0.7, gradient), 1e-9);
        for (int i = 0; i < n; i++) {
            assertEquals(adjoint[i] * 0.7, gradient[i], 1e-9 * Math.max(1, Math.abs(gradient[i])));
        }
        assertEquals(inC, gradient[n], 1e-9 * Math.max(1, Math.abs(inC)));
    }

    /** Its entries that are not 0 are worked out, and the caller's array is cleared for the others. */
    @Test
    void aHessianThatIsMostlyZero() throws Exception {
        int n = 400;
        StringJoiner sum = new StringJoiner(" + ");
        for (int i = 0; i + 1 < n; i++) {
            sum.add("x[" + i + "]^3*x[" + (i + 1) + "]");
        }
        Generated generated = Generated.from("function f(x[" + n + "]) = " + sum + " derive hessian");
        double[] x = new Random(4).doubles(n).toArray();
        double[] hessian = new double[n * n];
        Arrays.fill(hessian, Double.NaN);
        generated.call("Test", "fHessian", x, new double[n], hessian);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double expected = 0;
                if (i == j && i + 1 < n) {
                    expected = 6 * x[i] * x[i + 1];
                } else if (Math.abs(i - j) == 1) {
                    expected = 3 * x[Math.min(i, j)] * x[Math.min(i, j)];
                }
                assertEquals(expected, hessian[i * n + j], 1e-14);
            }
        }
        int length =
                generated.sources().values().stream().mapToInt(String::length).sum();
        assertTrue(length < 1000 * n, "the source has " + length + " characters");
    }

    @Test
    void aNetworkOfManyLines() throws Exception {
        int lines = 1_000;
        StringBuilder source = new StringBuilder("network N {\n  input x\n  target y\n  param w = 0.4\n  h0 = w*x\n");
        for (int k = 1; k < lines; k++) {
            source.append("  h" + k + " = sin(h" + (k - 1) + ") + " + k + ".5*x\n");
        }
        source.append("  output o = h" + (lines - 1) + "\n  loss (o - y)^2\n}\n");
        double h = 0.4 * 0.3;
        double slope = 0.3;
        for (int k = 1; k < lines; k++) {
            slope *= Math.cos(h);
            h = Math.sin(h) + (k + 0.5) * 0.3;
        }
        Generated generated = Generated.from(source.toString());
        Object model = generated.construct("N", 1L);
        Object forward = generated.construct("NForward", model, 1);
        Object backward = generated.construct("NBackward", model, forward);
        double loss = (double) Generated.on(backward, "gradient", new double[] {0.3}, new double[] {0.2}, 1);
        assertEquals((h - 0.2) * (h - 0.2), loss, 1e-6 * loss);
        assertEquals(2 * (h - 0.2) * slope, Generated.field(backward, "dw")[0], 1e-9);
    }

    /** Long methods are cut into parts: what one finds, another reads, also in a subscript, and as an integer. */
    @Test
    void aPositionInALongMethod() throws Exception {
        Interpreted.check("""
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
        Interpreted.check(source + "  return v1999 + v1000\n}");
    }

    @Test
    void deepFormulas() throws Exception {
        int depth = 3000;
        Interpreted.check("function f(x) = " + "sin(1 + ".repeat(depth) + "x" + ")".repeat(depth));
    }

    @Test
    void longSums() throws Exception {
        StringBuilder source = new StringBuilder("function f(x, y) = x*y");
        for (int i = 0; i < 3000; i++) {
            source.append(" + x^").append(i % 5).append("*y/").append(i + 1);
        }
        Interpreted.check(source.toString());
    }
}
