package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The library's own arc sine, arc cosine and root of a circle, in generated code, against forty digits and the decided values. */
class ArcFunctionsTest {

    private static final MathContext DIGITS = new MathContext(60);
    private static final int POINTS = 2000;

    private static Generated generated;

    @BeforeAll
    static void compile() throws Exception {
        generated = Generated.from("function s(x) = asin(x)\nfunction c(x) = acos(x)\nfunction r(x) = sqrt(1 - x^2)");
    }

    private static double asin(double x) throws Exception {
        return (double) generated.call("Test", "s", x);
    }

    private static double acos(double x) throws Exception {
        return (double) generated.call("Test", "c", x);
    }

    /** The whole interval, where one formula takes over from the other, the ends, and what is small. */
    private static double[] points() {
        Random random = new Random(1);
        return DoubleStream.concat(
                        DoubleStream.concat(
                                random.doubles(POINTS, -1, 1),
                                random.doubles(POINTS, 0.49, 0.51).map(x -> random.nextBoolean() ? x : -x)),
                        DoubleStream.concat(
                                random.doubles(POINTS, -15, 0)
                                        .map(e -> (1 - Math.pow(10, e)) * (random.nextBoolean() ? 1 : -1)),
                                random.doubles(POINTS, -100, 0)
                                        .map(e -> Math.pow(10, e) * (random.nextBoolean() ? 1 : -1))))
                .toArray();
    }

    @Test
    void arcSineIsExactToThirteenTenthsOfAnUlp() throws Exception {
        for (double x : points()) {
            // One step of Newton's method doubles the digits of Java's.
            double near = StrictMath.asin(x);
            BigDecimal residue = new BigDecimal(x).subtract(sin(near));
            assertClose(asin(x), near, residue.divide(cos(near), DIGITS), 1.4, "asin(" + x + ")");
        }
    }

    @Test
    void arcCosineIsExactToAnUlp() throws Exception {
        for (double x : points()) {
            double near = StrictMath.acos(x);
            BigDecimal residue = cos(near).subtract(new BigDecimal(x));
            assertClose(acos(x), near, residue.divide(sin(near), DIGITS), 1.1, "acos(" + x + ")");
        }
    }

    @Test
    void theRootOfTheCircleDoesNotCancelAtItsEnds() throws Exception {
        for (double x : points()) {
            BigDecimal exact = new BigDecimal(x);
            BigDecimal root = BigDecimal.ONE.subtract(exact.multiply(exact)).sqrt(DIGITS);
            double near = root.doubleValue();
            double computed = (double) generated.call("Test", "r", x);
            assertClose(computed, near, root.subtract(new BigDecimal(near)), 1.4, "sqrt(1 - " + x + "^2)");
        }
    }

    private static void assertClose(double computed, double near, BigDecimal more, double ulps, String what) {
        BigDecimal error =
                new BigDecimal(computed).subtract(new BigDecimal(near)).subtract(more);
        double inUlps = Math.abs(error.doubleValue()) / Math.ulp(near);
        assertTrue(inUlps < ulps, what + " misses by " + inUlps + " units of the last place");
    }

    private static BigDecimal sin(double x) {
        return series(new BigDecimal(x), new BigDecimal(x), 1);
    }

    private static BigDecimal cos(double x) {
        return series(new BigDecimal(x), BigDecimal.ONE, 0);
    }

    /** The sum of x^n/n! over every second n from {@code n} on, with alternating signs. */
    private static BigDecimal series(BigDecimal x, BigDecimal first, int n) {
        BigDecimal square = x.multiply(x, DIGITS).negate();
        BigDecimal sum = first;
        BigDecimal term = first;
        for (int i = n; i < 60; i += 2) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((i + 1L) * (i + 2)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    @Test
    void theirEndsAreExact() throws Exception {
        assertEquals(Math.PI / 2, asin(1));
        assertEquals(-Math.PI / 2, asin(-1));
        assertEquals(0.0, asin(0.0));
        assertEquals(-0.0, asin(-0.0));
        assertEquals(Double.MIN_VALUE, asin(Double.MIN_VALUE));
        assertEquals(0.0, acos(1));
        assertEquals(Math.PI, acos(-1));
        assertEquals(Math.PI / 2, acos(0));
        for (double outside : new double[] {Math.nextUp(1.0), -2, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertEquals(Double.NaN, asin(outside));
            assertEquals(Double.NaN, acos(outside));
        }
    }
}
