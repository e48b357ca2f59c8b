package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainers whose threads take parts of the examples of a step. */
class SharedExamplesTest {

    private static final int BATCH = 21;

    private static String network(String layers, String loss) {
        return "network Net { input x[9,9]\n target label : int(3)\n h = reshape(x, 1, 9, 9) |> " + layers
                + " |> flatten()\n output p = softmax(dense(h, 3))\n loss " + loss
                + "\n train { optimizer sgd(lr = 1) batch " + BATCH + " } }";
    }

    private static final String CONVOLUTION = network("conv2d(4, 3, tanh)", "crossEntropy(p, label)");

    private static boolean isInParts(String source) throws Exception {
        return Generated.files(source, new Options(Precision.DOUBLE, Backend.PORTABLE)).stream()
                .anyMatch(file ->
                        file.path().endsWith("NetTrainer.java") && file.text().contains("int PARTS = 8"));
    }

    /** A step of length 1 goes down by the gradient of all its examples, however many each part has. */
    @ParameterizedTest
    @CsvSource({"21,1", "21,3", "20,2", "8,2", "5,1", "5,4", "1,2"})
    void stepsOfTheWholeBatch(int examples, int threads) throws Exception {
        for (String loss : new String[] {"crossEntropy(p, label)", "crossEntropy(p, label) + 0.1*sum(h.K^2)"}) {
            for (Backend backend : Backend.values()) {
                step(network("conv2d(4, 3, tanh)", loss), backend, examples, threads);
            }
        }
    }

    private static void step(String source, Backend backend, int examples, int threads) throws Exception {
        Generated generated = Generated.of(Generated.files(source, new Options(Precision.DOUBLE, backend)));
        assertTrue(generated.sources().get("NetTrainer.java").contains("PARTS"));
        Object model = generated.construct("Net", 1L);
        Object backward = generated.construct("NetBackward", model, generated.construct("NetForward", model, BATCH));
        double[] x = new Random(2).doubles(81L * examples, -1, 1).toArray();
        int[] labels = new Random(3).ints(examples, 0, 3).toArray();
        double loss = (double) Generated.on(backward, "gradient", x, labels, examples);
        double[] gradient = flat(backward, "copyGradientTo", model);
        double[] before = flat(model, "copyParametersTo", model);
        try (AutoCloseable trainer = (AutoCloseable) generated.construct("NetTrainer", model, 1L, threads)) {
            assertEquals(loss, (double) Generated.on(trainer, "step", x, labels, examples), 1e-14);
        }
        double[] after = flat(model, "copyParametersTo", model);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i] - gradient[i], after[i], 1e-14);
        }
    }

    private static double[] flat(Object from, String method, Object model) throws Exception {
        double[] flat =
                new double[(int) model.getClass().getField("PARAMETER_COUNT").get(null)];
        Generated.on(from, method, (Object) flat);
        return flat;
    }

    @Test
    void convolutionsAreSharedByExamples() throws Exception {
        assertTrue(isInParts(CONVOLUTION));
    }

    static Stream<String> others() {
        return Stream.of(
                // The whole batch goes into the products of dense layers.
                CONVOLUTION.replace("conv2d(4, 3, tanh)", "flatten() |> dense(40, tanh)"),
                CONVOLUTION.replace("tanh)", "tanh) |> batchNorm()"),
                CONVOLUTION.replace("tanh)", "tanh) |> dropout(0.2)"),
                CONVOLUTION.replace("loss crossEntropy(p, label)", "loss crossEntropy(p, label)*batchMean(h[0])"));
    }

    /** Where examples meet before the mean of their losses, or draw random numbers in their order. */
    @ParameterizedTest
    @MethodSource("others")
    void othersAreNot(String source) throws Exception {
        assertFalse(isInParts(source));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, BATCH + 1})
    void batchesThatDoNotFitAreRefused(int examples) throws Exception {
        Generated generated =
                Generated.of(Generated.files(CONVOLUTION, new Options(Precision.DOUBLE, Backend.PORTABLE)));
        Object trainer = generated.construct("NetTrainer", generated.construct("Net", 1L), 1L);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Generated.on(trainer, "step", new double[81 * BATCH], new int[BATCH], examples));
        assertEquals(
                "a batch of " + examples + " examples where the least is 1 and the most " + BATCH,
                refused.getMessage());
    }

    /** The place is that in the batch, not in a part of it. */
    @Test
    void labelsAreChecked() throws Exception {
        Generated generated =
                Generated.of(Generated.files(CONVOLUTION, new Options(Precision.DOUBLE, Backend.PORTABLE)));
        Object trainer = generated.construct("NetTrainer", generated.construct("Net", 1L), 1L);
        int[] labels = new int[BATCH];
        labels[17] = 3;
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Generated.on(trainer, "step", new double[81 * BATCH], labels, BATCH));
        assertEquals("label[17] is 3; the least is 0 and the most 2", refused.getMessage());
    }
}
