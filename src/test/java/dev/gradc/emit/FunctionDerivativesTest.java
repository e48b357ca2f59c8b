package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated derivatives compute where entries are few, absent, at computed places, or without weight. */
class FunctionDerivativesTest {

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
        Arrays.fill(x, 1);
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
        Arrays.fill(y, 1);
        double[] gradient = new double[401];
        assertEquals(4000.0, generated.call("Test", "fGradient", new double[] {5}, y, gradient));
        assertEquals(800, gradient[0]);
        assertEquals(20, gradient[400]);
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

    /** An integer that is fixed chooses what is read, where its derivative is added, and how long a sum is. */
    @ParameterizedTest
    @ValueSource(ints = {4, 400})
    void aFixedInteger(int n) throws Exception {
        Generated generated = Generated.from("""
                function f(x[%1$d], k : int(%1$d), m[%1$d] : int(5)) = x[k]^2*sum[i](sum[j:m[i]](x[i])) derive gradient at (k = 2, m = 3)
                """.formatted(n));
        double[] x = new double[n];
        Arrays.fill(x, 1);
        double[] gradient = new double[n];
        assertEquals(3.0 * n, generated.call("Test", "fGradient", x, gradient));
        assertEquals(3, gradient[0]);
        assertEquals(6.0 * n + 3, gradient[2]);
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

    /** The caller's array may hold anything. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20})
    void theHessianOfALinearFunctionIsZero(int n) throws Exception {
        Generated generated = Generated.from("function f(x[" + n + "]) = x[0] + 2*x[1] derive hessian");
        double[] hessian = new double[n * n];
        Arrays.fill(hessian, 99);
        generated.call("Test", "fHessian", new double[n], new double[n], hessian);
        assertArrayEquals(new double[n * n], hessian);
    }
}
