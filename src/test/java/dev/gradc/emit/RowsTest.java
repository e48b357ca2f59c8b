package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of whole rows in single precision: one row for all examples, rows inside products, and rows in a recurrence. */
class RowsTest {

    private static final int BATCH = 3;
    private static final int WIDTH = 300;

    private static final String SOURCE = """
            network Net {
              input  x[300]
              target y[300]
              param  w = 1
              output a = tanh(x)
              output b = x*sigmoid(2*x) + exp(-x)
              output c = x > 0 ? x : exp(x) - 1
              h[t:2] = tanh(h[t-1]/2 + x) from h[-1] = x
              output d = h
              loss meanSquaredError(w*a, y)
            }
            """;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void floatsAsFromLongFormulas(Backend backend) throws Exception {
        Generated generated = Generated.of(Generated.files(SOURCE, new Options(Precision.FLOAT, backend)));
        String forward = generated.sources().get("NetForward.java");
        assertTrue(forward.contains("rows.tanh(300 * batch, x, 0"), "a row for all examples");
        Object net = generated.construct("NetForward", generated.construct("Net", 1L), BATCH);
        Random random = new Random(3);
        float[] x = new float[BATCH * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (3 * random.nextGaussian());
        }
        Generated.on(net, "run", x, BATCH);
        float[] a = (float[]) Generated.on(net, "a");
        float[] b = (float[]) Generated.on(net, "b");
        float[] c = (float[]) Generated.on(net, "c");
        float[] d = (float[]) Generated.on(net, "d");
        for (int i = 0; i < x.length; i++) {
            double v = x[i];
            assertClose(Math.tanh(v), a[i]);
            assertClose(v / (1 + Math.exp(-2 * v)) + Math.exp(-v), b[i]);
            assertClose(v > 0 ? v : Math.exp(v) - 1, c[i]);
            double first = Math.tanh(v / 2 + v);
            int at = i / WIDTH * 2 * WIDTH + i % WIDTH;
            assertClose(first, d[at]);
            assertClose(Math.tanh(first / 2 + v), d[at + WIDTH]);
        }
    }

    private static Stream<Arguments> functions() {
        Map<String, DoubleUnaryOperator> functions = Map.of(
                "exp", Math::exp,
                "expm1", Math::expm1,
                "tanh", Math::tanh,
                "sigmoid", x -> 1 / (1 + Math.exp(-x)),
                "softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
        return functions.entrySet().stream()
                .flatMap(f -> Stream.of(Backend.values()).map(b -> Arguments.of(f.getKey(), f.getValue(), b)));
    }

    /**
     * Against the functions of java.lang.Math in double precision: half a unit of the last place, and a sixteenth, for double loops; 2.5
     * units for vectors, or where the result is no normal number, what such a number's unit is. Infinities and NaN are what they are there.
     */
    @ParameterizedTest
    @MethodSource("functions")
    void unitsOfTheLastPlace(String function, DoubleUnaryOperator reference, Backend backend) throws Exception {
        int count = 40_000;
        Generated generated = Generated.of(Generated.files(
                "network Net { input x[" + count + "]\n target y\n param w = 1\n output a = " + function
                        + "(x)\n loss squaredError(w*a[0], y) }",
                new Options(Precision.FLOAT, backend)));
        assertTrue(generated.sources().containsKey("NetRows.java"));
        float[] x = new float[count];
        Random random = new Random(4);
        float[] special = {
            0, -0f, Float.NaN, 1 / 0f, -1 / 0f, 88.7f, 88.8f, 89, -87.4f, -104, -105, 1e-45f, -1e-45f, 1e-38f, 3e38f,
            -3e38f
        };
        System.arraycopy(special, 0, x, 0, special.length);
        for (int i = special.length; i < count; i++) {
            x[i] = (float)
                    switch (i % 3) {
                        case 0 -> 210 * random.nextDouble() - 105;
                        case 1 -> random.nextGaussian();
                        default -> random.nextGaussian() * Math.pow(10, random.nextInt(44) - 40);
                    };
        }
        Object net = generated.construct("NetForward", generated.construct("Net", 1L), 1);
        Generated.on(net, "run", x, 1);
        float[] a = (float[]) Generated.on(net, "a");
        double units = backend == Backend.VECTOR ? 2.5 : 0.5 + 1 / 16.0;
        for (int i = 0; i < count; i++) {
            double expected = reference.applyAsDouble(x[i]);
            int at = i;
            if (Float.isFinite((float) expected)) {
                double unit = Math.max(
                        Math.ulp((float) expected), Float.MIN_NORMAL / (backend == Backend.VECTOR ? 1 : 1L << 23));
                assertEquals(expected, a[i], units * unit, () -> function + " at " + x[at]);
            } else {
                assertEquals((float) expected, a[i], () -> function + " at " + x[at]);
            }
        }
    }

    /** Only of these does the virtual machine compute several entries at once. */
    @Test
    void nothingThatIsComputedOneByOne() throws Exception {
        Generated generated = Generated.of(Generated.files(SOURCE, new Options(Precision.FLOAT, Backend.PORTABLE)));
        String rows = generated.sources().get("NetRows.java");
        assertFalse(Pattern.compile("Math\\.(?!min|max|abs)").matcher(rows).find(), rows);
    }

    private static void assertClose(double expected, float actual) {
        assertEquals(expected, actual, 4e-7 * Math.max(0.1, Math.abs(expected)));
    }

    /** In double precision the functions are those of java.lang.Math. */
    @Test
    void doublesHaveNoRows() throws Exception {
        assertFalse(Generated.files(SOURCE, new Options(Precision.DOUBLE, Backend.PORTABLE)).stream()
                .anyMatch(file -> file.path().endsWith("Rows.java")));
    }
}
