package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How parameters start, by the statistics of very many: the variances that the papers demand, with the fans counted by hand, and the shape
 * of the distribution by its fourth moment, which is 1.8 times the square of the variance for a uniform one, and 3 times for a normal one.
 */
class InitializersTest {

    private static final double UNIFORM = 1.8;
    private static final double NORMAL = 3;

    // A matrix has as many inputs as columns; each weight of a kernel [80,50,3,2] sees 50*3*2 inputs, and 80*3*2
    // outputs.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            glorotUniform     | 200,300    | 0.004               | 1.8
            glorotNormal      | 200,300    | 0.004               | 3
            heUniform         | 200,300    | 0.00666666666666667 | 1.8
            heNormal          | 200,300    | 0.00666666666666667 | 3
            lecunUniform      | 200,300    | 0.00333333333333333 | 1.8
            lecunNormal       | 200,300    | 0.00333333333333333 | 3
            glorotUniform     | 80,50,3,2  | 0.00256410256410256 | 1.8
            heNormal          | 80,50,3,2  | 0.00666666666666667 | 3
            heUniform         | 80,50,12   | 0.00333333333333333 | 1.8
            uniform(-1, 1)    | 200,300    | 0.33333333333333333 | 1.8
            normal(0, 2)      | 200,300    | 4                   | 3
            """)
    void haveTheVarianceOfTheirSource(String initializer, String shape, double variance, double kurtosis)
            throws Exception {
        double[] w = weights(initializer, shape);
        double second = moment(w, 2);
        // The mean of n numbers is off by about sqrt(variance/n); six times that is next to impossible.
        assertEquals(0, moment(w, 1), 6 * Math.sqrt(variance / w.length));
        double spread = variance * Math.sqrt((kurtosis - 1) / w.length);
        assertEquals(variance, second, 6 * spread);
        assertEquals(kurtosis, moment(w, 4) / (second * second), kurtosis == NORMAL ? 0.3 : 0.03);
        if (kurtosis == UNIFORM) {
            double bound = Math.sqrt(3 * variance);
            assertTrue(Arrays.stream(w).allMatch(x -> Math.abs(x) <= bound));
            assertEquals(bound, Arrays.stream(w).max().orElseThrow(), 0.001 * bound);
        }
    }

    @ParameterizedTest
    @CsvSource({"zeros, 0", "ones, 1", "constant(2.5), 2.5"})
    void areConstant(String initializer, double value) throws Exception {
        assertTrue(Arrays.stream(weights(initializer, "20,30")).allMatch(x -> x == value));
    }

    @ParameterizedTest
    @CsvSource({"'uniform(3, 5)', 4", "'normal(-2, 0.5)', -2"})
    void haveTheMeanThatIsAskedFor(String initializer, double mean) throws Exception {
        assertEquals(mean, moment(weights(initializer, "200,300"), 1), 0.02);
    }

    /** One that a user declares is told the same numbers of inputs and outputs. */
    @ParameterizedTest
    @CsvSource({"'200,300', 300.0002", "'80,50,3,2', 300.00048", "40, 40.000001"})
    void areToldTheirFans(String shape, double inAndOut) throws Exception {
        assertEquals(inAndOut, weights("fans", shape)[0], 1e-9);
    }

    private static double[] weights(String initializer, String shape) throws Exception {
        Generated generated = Generated.from("""
                initializer fans(fanIn, fanOut) = constant(fanIn + fanOut/1e6)
                network Net {
                  input x
                  param w[%s] ~ %s
                  loss x*sum(w^2)
                }
                """.formatted(shape, initializer));
        return Generated.field(generated.construct("Net", 7L), "w");
    }

    private static double moment(double[] numbers, int order) {
        return DoubleStream.of(numbers).map(x -> Math.pow(x, order)).average().orElseThrow();
    }
}
