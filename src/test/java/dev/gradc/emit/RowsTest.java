package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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

    @Test
    void floatsAsFromLongFormulas() throws Exception {
        Generated generated = Generated.of(Generated.files(SOURCE, new Options(Precision.FLOAT, Backend.PORTABLE)));
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
