package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.MatchResult;
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

    private static final float[] SPECIAL = {
        0, -0f, Float.NaN, 1 / 0f, -1 / 0f, 88.7f, 88.8f, 89, -87.4f, -104, -105, 1e-45f, -1e-45f, 1e-38f, 3e38f, -3e38f
    };

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
     * Long rows against the functions of java.lang.Math in double precision: half a unit of the last place, and a sixteenth, for double loops; 2.5
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
        System.arraycopy(SPECIAL, 0, x, 0, SPECIAL.length);
        for (int i = SPECIAL.length; i < count; i++) {
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
        assertUnits(function, reference, backend == Backend.VECTOR, x, a);
    }

    /** Of rows that are too short for vectors, and in the sides of selections, each number by itself. */
    @ParameterizedTest
    @MethodSource("functions")
    void numbersOneByOne(String function, DoubleUnaryOperator reference, Backend backend) throws Exception {
        Generated generated = Generated.of(Generated.files(
                "network Net { input x[3]\n target y\n param w = 1\n output a = " + function
                        + "(x)\n output b = x < w ? 0 : " + function + "(x)\n loss squaredError(w*a[0], y) }",
                new Options(Precision.FLOAT, backend)));
        assertTrue(generated.sources().get("NetForward.java").contains("rows." + function + "(3 * batch"));
        Object model = generated.construct("Net", 1L);
        Array.setFloat(model.getClass().getField("w").get(model), 0, Float.NEGATIVE_INFINITY);
        Object net = generated.construct("NetForward", model, 1);
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            float[] x = {
                (float) (210 * random.nextDouble() - 105),
                (float) random.nextGaussian(),
                i < SPECIAL.length
                        ? SPECIAL[i]
                        : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(44) - 40))
            };
            Generated.on(net, "run", x, 1);
            float[] a = (float[]) Generated.on(net, "a");
            assertUnits(function, reference, false, x, a);
            assertArrayEquals(a, (float[]) Generated.on(net, "b"));
            if (x[2] == 0 && function.matches("tanh|expm1")) {
                assertEquals(Float.floatToRawIntBits(x[2]), Float.floatToRawIntBits(a[2]), "the sign of 0");
            }
        }
    }

    private static void assertUnits(
            String function, DoubleUnaryOperator reference, boolean vectors, float[] x, float[] actual) {
        double units = vectors ? 2.5 : 0.5 + 1 / 16.0;
        for (int i = 0; i < x.length; i++) {
            double expected = reference.applyAsDouble(x[i]);
            int at = i;
            if (Float.isFinite((float) expected)) {
                double unit = Math.max(Math.ulp((float) expected), Float.MIN_NORMAL / (vectors ? 1 : 1L << 23));
                assertEquals(expected, actual[i], units * unit, () -> function + " at " + x[at]);
            } else {
                assertEquals((float) expected, actual[i], () -> function + " at " + x[at]);
            }
        }
    }

    /** Only of these does the virtual machine compute several entries at once. */
    @Test
    void nothingThatIsComputedOneByOne() throws Exception {
        Generated generated = Generated.of(Generated.files(SOURCE, new Options(Precision.FLOAT, Backend.PORTABLE)));
        String rows = generated.sources().get("NetRows.java");
        List<MatchResult> methods = Pattern.compile("double \\w+Branchless\\(.*?\n    }", Pattern.DOTALL)
                .matcher(rows)
                .results()
                .toList();
        assertEquals(3, methods.size());
        for (MatchResult method : methods) {
            assertFalse(
                    Pattern.compile("Math\\.(?!min|max|abs)|\\?|if")
                            .matcher(method.group())
                            .find(),
                    method.group());
        }
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
