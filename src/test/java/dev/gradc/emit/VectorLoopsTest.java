package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops with vectors: each entry is the same to the bit as without them, and loops that vectors would change are left alone. */
class VectorLoopsTest {

    private static final int STEPS = 12;
    private static final int BATCH = 5;

    /** Two states of which one feeds the other; guards at the first step; a sum whose terms come from two steps; an integer. */
    private static final String TWO_STATES = """
            a[t,i] = (w[i] - a[t-1,i]/4)*x[t,i] - c[t-1,i]*b[i]  from a[-1] = 0
            c[t,i] = a[t,i]*c[t-1,i] + (1 - c[t-1,i]^2)*0.3 + (t - w[i])/100  from c[-1] = 0
            loss sum[i](c[steps-1,i]^2) + sum[t,i](a[t,i])/100
            """;

    /** More operations than one method of vectors may have. */
    private static final String LONG = """
            a[t,i] = w[i]*x[t,i] - (a[t-1,i] + b[i])/(3 + a[t-1,i]^2)  from a[-1] = 0
            c[t,i] = (a[t,i] - c[t-1,i]*w[i])*(a[t,i] + c[t-1,i]*b[i])/(2 + a[t,i]^2 + c[t-1,i]^2)  from c[-1] = 0
            d[t,i] = c[t,i]*a[t,i] - d[t-1,i]*(1 - c[t,i])/(1 + d[t-1,i]^2)*0.3  from d[-1] = 0
            loss sum[i](d[steps-1,i]^2)
            """;

    private static String network(String body, int width) {
        return "network Net(steps = " + STEPS + ", width = " + width + ") {\n input x[steps,width]\n"
                + " param w[width] ~ normal(0, 0.3)\n param b[width] ~ normal(0, 0.3)\n" + body
                + " train { optimizer sgd(lr = 0.1) batch " + BATCH + " } }";
    }

    static Stream<Arguments> networks() {
        return Stream.of(TWO_STATES, LONG)
                .flatMap(body -> Stream.of(16, 29, 64, 150)
                        .flatMap(width ->
                                Stream.of(Precision.values()).map(precision -> Arguments.of(body, width, precision))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void sameBitsAsWithout(String body, int width, Precision precision) throws Exception {
        double[] without = lossAndGradient(body, width, new Options(precision, Backend.PORTABLE), false);
        double[] with = lossAndGradient(body, width, new Options(precision, Backend.VECTOR), true);
        assertTrue(Arrays.stream(with).allMatch(Double::isFinite), Arrays.toString(with));
        assertArrayEquals(without, with);
    }

    private static double[] lossAndGradient(String body, int width, Options options, boolean vectors) throws Exception {
        Generated generated = Generated.of(Generated.files(network(body, width), options));
        for (String file : new String[] {"NetForward.java", "NetBackward.java"}) {
            String source = generated.sources().get(file);
            assertEquals(vectors, source.contains("SPECIES.length()"), source);
        }
        Object model = generated.construct("Net", 3L);
        Object forward = generated.construct("NetForward", model, BATCH);
        Object backward = generated.construct("NetBackward", model, forward);
        boolean single = options.precision() == Precision.FLOAT;
        double[] numbers = new Random(1).doubles(STEPS * width * BATCH, -1, 1).toArray();
        Object x = single ? floats(numbers) : numbers;
        Number loss = (Number) Generated.on(backward, "gradient", x, BATCH);
        int count = (int) generated.type("Net").getField("PARAMETER_COUNT").get(null);
        Object gradient = single ? new float[count] : new double[count];
        Generated.on(backward, "copyGradientTo", gradient);
        double[] result = new double[count + 1];
        Arrays.setAll(result, i -> i < count ? Array.getDouble(gradient, i) : loss.doubleValue());
        return result;
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** What one iteration reads of the one before, of another order, or of integers, is no row of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a[i] = w[i]*a[i-1] + x[0,i]  from a[-1] = 0
                    a[i] = w[width-1-i]*x[0,i]
                    a[i] = w[i]*i
                    a[i] = w[i] > 0 ? x[0,i] : b[i]
                    """)
    void othersAreLeftAlone(String line) throws Exception {
        String source = Generated.files(
                        network(line + "\n loss sum[i](a[i]^2)\n", 64), new Options(Precision.FLOAT, Backend.VECTOR))
                .toString();
        assertTrue(source.contains("a["), source);
        assertTrue(!source.contains("intoArray(a,"), source);
    }
}
