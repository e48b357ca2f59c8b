package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is brought together over a range that ends before it begins, in straight-line code and in loops. */
class EmptyRangesTest {

    /** The last of the ranges j ≤ i < N has no entry; the one before has the last. */
    @ParameterizedTest
    @CsvSource({
        "'sum[i:j..N](x[i]^2)',       0,         2",
        "'prod[i:j..N](x[i]^2)',      1,         2",
        "'max[i:j..N](x[i]^2)',       -Infinity, 2",
        "'min[i:j..N](x[i]^2)',       Infinity,  2",
        "'mean[i:j..N](x[i]^2)',      NaN,       2",
        "'max[i:j..N,k:2](x[i]^2*k)', -Infinity, 2",
        "'j < N ? max[i:j..N](x[i]^2) : 7',  7,  2",
        "'j < N ? mean[i:j..N](x[i]^2) : 7', 7,  2"
    })
    void haveAValueAndNoDerivative(String reduction, double ofNothing, double slopeOfOne) throws Exception {
        for (int size : new int[] {3, 300}) {
            Generated generated = generated(reduction, size);
            double[] value = new double[2];
            double[] jacobian = new double[2 * size];
            generated.call(
                    "Test",
                    "fJacobian",
                    IntStream.rangeClosed(1 - size, 0).mapToDouble(i -> 1 + i).toArray(),
                    value,
                    jacobian);
            double[] expected = new double[2 * size];
            expected[size - 1] = slopeOfOne;
            assertArrayEquals(new double[] {1, ofNothing}, value);
            assertArrayEquals(expected, jacobian);
        }
    }

    /** A range to a number below its beginning is as empty as one that ends where it begins. */
    @ParameterizedTest
    @CsvSource({"-5", "-5..-7", "3..1", "2..-4"})
    void rangesThatEndBelowTheirBeginning(String range) throws Exception {
        Generated generated = Generated.from("function f(x[3], y[2]) = x[0]*sum[i:" + range
                + "](sum[j:2](y[j])*y@y) + prod[i:" + range + "](x[1]) + x[2] derive gradient");
        double[] gradient = new double[5];
        assertEquals(3.0, generated.call("Test", "fGradient", new double[] {1, 2, 2}, new double[] {3, 4}, gradient));
        assertArrayEquals(new double[] {0, 0, 1, 0, 0}, gradient);
    }

    /** Over one index it is the index, wherever that begins. */
    @ParameterizedTest
    @CsvSource({
        "'argmax[i:j..N](x[i])',      2 0",
        "'x[argmax[i:j..N](x[i])]',   1 -1",
        "'argmax[i:1..N](x[i])',      2 2",
        "'argmax[i:1..N,k:2](x[i])',  2 2"
    })
    void argmaxIsAnIndex(String reduction, String expected) throws Exception {
        double[] value = new double[2];
        generated(reduction, 3).call("Test", "f", new double[] {-1, 0, 1}, value);
        assertArrayEquals(
                IntStream.range(0, 2)
                        .mapToDouble(i -> Double.parseDouble(expected.split(" ")[i]))
                        .toArray(),
                value);
    }

    private static Generated generated(String reduction, int size) throws Exception {
        return Generated.from("const N = " + size + "\nfunction f(x[N]) {\n y[j:N+1] = " + reduction
                + "\n return y[N-1..]\n} derive jacobian");
    }
}
