package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks whose sums are products of matrices: both backends give the same, and a step of training allocates nothing. */
class BackendsTest {

    private static final int BATCH = 5;

    private static final String DENSE = "h = x |> flatten() |> dense(40, tanh) |> dense(24, relu)\n o = dense(h, 3)";
    private static final String CONVOLUTION =
            "h = reshape(x, 1, 12, 12) |> conv2d(6, 3, relu, padding = 1) |> maxPool2d(2) |> conv2d(5, 3, tanh) |> flatten()\n"
                    + " o = dense(h, 3)";
    private static final String RECURRENCE = "h = lstm(x, 16)\n o = dense(h[11], 3)";
    private static final String ATTENTION = "h = x |> attention(3) |> layerNorm() |> flatten()\n o = dense(h, 3)";

    private static String network(String layers) {
        return "network Net { input x[12,12]\n target label : int(3)\n " + layers
                + "\n output p = softmax(o)\n loss crossEntropy(p, label)\n train { optimizer sgd(lr = 0.1) batch "
                + BATCH
                + " } }";
    }

    private static Stream<Arguments> networks() {
        return Stream.of(DENSE, CONVOLUTION, RECURRENCE, ATTENTION)
                .flatMap(layers -> Stream.of(Precision.values()).map(precision -> Arguments.of(layers, precision)));
    }

    /** To 1e-14 and 2e-6, of gradients whose greatest entries are near 1: the backends add in different orders. */
    @ParameterizedTest
    @MethodSource("networks")
    void sameLossesAndGradients(String layers, Precision precision) throws Exception {
        double[][] results = new double[Backend.values().length][];
        for (Backend backend : Backend.values()) {
            Generated generated = Generated.of(Generated.files(network(layers), new Options(precision, backend)));
            assertTrue(generated.sources().containsKey("NetKernels.java"), "no product of matrices");
            Object model = generated.construct("Net", 3L);
            Object forward = generated.construct("NetForward", model, BATCH);
            Object backward = generated.construct("NetBackward", model, forward);
            Object x = precision == Precision.FLOAT ? floats(inputs()) : inputs();
            Number loss = (Number) Generated.on(backward, "gradient", x, labels(), BATCH);
            int count = (int) generated.type("Net").getField("PARAMETER_COUNT").get(null);
            Object gradient = precision == Precision.FLOAT ? new float[count] : new double[count];
            Generated.on(backward, "copyGradientTo", gradient);
            results[backend.ordinal()] = IntStream.rangeClosed(0, count)
                    .mapToDouble(i -> i < count ? Array.getDouble(gradient, i) : loss.doubleValue())
                    .toArray();
        }
        assertTrue(Arrays.stream(results[0]).anyMatch(entry -> Math.abs(entry) > 1e-3), "all is 0");
        assertArrayEquals(results[0], results[1], precision == Precision.FLOAT ? 2e-6 : 1e-14);
    }

    /** The matrix of a recurrence is brought into rows once, not at every step. */
    @Test
    void recurrencesMultiplyByRows() throws Exception {
        String forward = Generated.of(Generated.files(network(RECURRENCE), Options.DEFAULT))
                .sources()
                .get("NetForward.java");
        assertTrue(forward.contains("hUTransposed[64 * l + i] = hU[16 * i + l];"), forward);
        assertTrue(forward.contains("hUTransposed, 0, 64, "), forward);
    }

    @Test
    void stepsAllocateNothing() throws Throwable {
        Generated generated =
                Generated.of(Generated.files(network(RECURRENCE), new Options(Precision.DOUBLE, Backend.PORTABLE)));
        Object model = generated.construct("Net", 3L);
        Object trainer = generated.construct("NetTrainer", model, 4L);
        double[] x = inputs();
        int[] labels = labels();
        MethodHandle step = MethodHandles.lookup()
                .findVirtual(
                        trainer.getClass(),
                        "step",
                        MethodType.methodType(double.class, double[].class, int[].class, int.class))
                .bindTo(trainer);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double first = (double) step.invokeExact(x, labels, BATCH);
        double last = 0;
        long least = Long.MAX_VALUE;
        // The virtual machine may allocate for a method handle that it compiles, once; a step would every time.
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                last = (double) step.invokeExact(x, labels, BATCH);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertTrue(last < first, last + " after " + first);
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static double[] inputs() {
        return new Random(1).doubles(144 * BATCH, -1, 1).toArray();
    }

    private static int[] labels() {
        return new Random(2).ints(BATCH, 0, 3).toArray();
    }
}
