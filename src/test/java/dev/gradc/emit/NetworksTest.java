package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    private static final String RINGS = """
            /** Two rings, told apart by a hidden layer. */
            network Rings(hidden = 5) {
              input  x[2]
              target y
              param  W1[hidden,2] ~ glorotUniform
              param  b1[hidden]   = 0
              param  W2[hidden]   ~ glorotUniform
              param  b2           = 0
              h = tanh(W1@x + b1)
              output o = sigmoid(W2@h + b2)
              loss -(y*log(o) + (1-y)*log(1-o))
              train { optimizer adam(lr = 0.02)  batch 32  epochs 200  stop after 10 without improvement }
            }
            """;

    /** Loss, outputs and gradients of each network are those of the interpreter. */
    @ParameterizedTest
    @ValueSource(strings = {RINGS, """
                network Net {
                  input x[4]
                  target label : int(3)
                  h = x |> dense(5, relu) |> dense(6, tanh)
                  output p = softmax(dense(h, 3))
                  loss crossEntropy(p, label)
                }
                """, """
                network Net {
                  input token[3] : int(5)
                  target y[2]
                  param E[5,2] ~ normal(0, 1)
                  e[t,k] = E[token[t],k]
                  m[k] = sum[t](e[t,k])
                  output o = dense(m, 2)
                  loss squaredError(o, y) + 0.1*sum(E^2)
                }
                """, """
                network Net {
                  input x[1,6,6]
                  target label : int(3)
                  param K[2,1,3,3] ~ normal(0, 1)
                  c[o,i,j] = tanh(sum[a,r,s](K[o,a,r,s]*x[a,i+r,j+s]))
                  p[o,i,j] = max[r:2, s:2](c[o, 2*i+r, 2*j+s])
                  output q = softmax(dense(flatten(p), 3))
                  loss crossEntropy(q, label)
                }
                """, """
                network Net {
                  input x[5]
                  target y[5]
                  param W[3] ~ normal(0, 1)
                  param U[3,3] ~ normal(0, 1)
                  param V[3] ~ normal(0, 1)
                  h[t] = tanh(W*x[t] + U@h[t-1]) from h[-1] = 0
                  output o[t] = V@h[t]
                  loss mean((o - y)^2)
                }
                """, """
                network Net {
                  input z[2]
                  input real
                  param G.W[2] ~ normal(0, 1)
                  param D.W ~ normal(0, 1)
                  output fake = G.W@z
                  loss discriminator = -log(sigmoid(D.W*real)) - log(1 - sigmoid(D.W*fake)) wrt D
                  loss generator = -log(sigmoid(D.W*fake)) wrt G
                }
                """, """
                network Net {
                  input x[3]
                  target y
                  output o = x |> layerNorm() |> dense(1)
                  output twice[i] = o[i]*2
                  loss (o[0] - y)^2
                }
                """})
    void asTheInterpreter(String source) throws Exception {
        Interpreted.checkNetwork(source);
    }

    /** What the probabilities and the loss have in common. */
    @Test
    void oneExponentialOfEachScore() throws Exception {
        String forward = Generated.from("""
                network Net {
                  input x[4]
                  target label : int(3)
                  output p = softmax(dense(x, 3))
                  loss crossEntropy(p, label)
                }
                """).sources().get("NetForward.java");
        assertEquals(1, forward.split("Math\\.exp\\(").length - 1, forward);
    }

    /** So many layers that the passes do not fit into one method each. */
    @Test
    void deepNetworks() throws Exception {
        StringBuilder source = new StringBuilder("network Net {\n  input x[3]\n  target y\n  h0 = x\n");
        for (int layer = 1; layer <= 40; layer++) {
            String scale = layer % 4 == 0 ? " + mean(h" + (layer - 1) + ")" : "";
            source.append("  h")
                    .append(layer)
                    .append(" = dense(h")
                    .append(layer - 1)
                    .append(", 3, tanh)");
            source.append(scale).append("\n");
        }
        asTheInterpreter(source + "  output o = dense(h40, 1)\n  loss (o[0] - y)^2\n}\n");
    }

    /** Points on two rings; the inner one is to be told from the outer one. */
    private static void draw(double[] x, double[] y) {
        Random random = new Random(11);
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 2;
            double radius = y[i] + 0.3 * random.nextDouble() + 0.3;
            double angle = 2 * Math.PI * random.nextDouble();
            x[2 * i] = radius * Math.cos(angle);
            x[2 * i + 1] = radius * Math.sin(angle);
        }
    }

    private static Object trained(Generated generated, double[] x, double[] y) throws Exception {
        Object model = generated.construct("Rings", 3L);
        Object trainer = generated.construct("RingsTrainer", model, 3L);
        for (int epoch = 0; epoch < 100; epoch++) {
            Generated.on(trainer, "epoch", x, y, y.length);
        }
        return model;
    }

    @Test
    void theRingsAreLearnt() throws Exception {
        double[] x = new double[1000];
        double[] y = new double[500];
        draw(x, y);
        Generated generated = Generated.from(RINGS);
        Object model = trained(generated, x, y);
        Object forward = generated.construct("RingsForward", model, 500);
        Generated.on(forward, "run", x, 500);
        double[] o = (double[]) Generated.on(forward, "o");
        int right = 0;
        for (int i = 0; i < 500; i++) {
            right += (o[i] > 0.5) == (y[i] > 0.5) ? 1 : 0;
        }
        assertTrue(right >= 495, right + " of 500");

        // The same once more, to the last bit.
        assertArrayEquals(Generated.field(model, "W1"), Generated.field(trained(generated, x, y), "W1"));
    }

    /** A parameter that is one number, the logarithm of a Bernoulli distribution, the beginning of a recurrence. */
    @Test
    void passesAreWrittenAsByHand() throws Exception {
        String forward = Generated.from(RINGS).source("RingsForward.java");
        assertTrue(forward.contains("double b2 = model.b2[0];"), forward);
        assertTrue(forward.contains("= softplus(-W2hnPlusB2) * yn + softplus(W2hnPlusB2) * (1 - yn);"), forward);
        String backward = Generated.from("""
                network Net {
                  input x[12,8]
                  param U[8,8] ~ normal(0, 0.1)
                  h[t] = tanh(x[t] + U@h[t-1]) from h[-1] = 0
                  loss sum(h^2)
                }
                """).source("NetBackward.java");
        assertTrue(backward.contains("t >= 1 ?"), backward);
    }

    @Test
    void parametersAreOneFlatVectorToo() throws Exception {
        Generated generated = Generated.from(RINGS);
        Object a = generated.construct("Rings", 1L);
        Object b = generated.construct("Rings", 2L);
        double[] flat = new double[21];
        Generated.on(a, "copyParametersTo", (Object) flat);
        assertFalse(java.util.Arrays.equals(Generated.field(a, "W2"), Generated.field(b, "W2")));
        Generated.on(b, "setParameters", (Object) flat);
        assertArrayEquals(Generated.field(a, "W2"), Generated.field(b, "W2"));
        assertEquals(21, generated.type("Rings").getField("PARAMETER_COUNT").get(null));
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        Generated generated = Generated.from(RINGS);
        Object model = generated.construct("Rings", 1L);
        Object forward = generated.construct("RingsForward", model, 4);
        assertEquals("a batch of 5 examples where the least is 1 and the most 4", refused(forward, new double[10], 5));
        assertEquals("a batch of 0 examples where the least is 1 and the most 4", refused(forward, new double[10], 0));
        assertEquals("x holds 5 numbers; the batch needs 6", refused(forward, new double[5], 3));
    }

    private static String refused(Object forward, double[] x, int batch) {
        return assertThrows(IllegalArgumentException.class, () -> Generated.on(forward, "run", x, batch))
                .getMessage();
    }

    @Test
    void aClassThatDoesNotExistIsRefused() throws Exception {
        Generated generated = Generated.from("""
                network Net {
                  input x[2]
                  target label : int(3)
                  output p = softmax(dense(x, 3))
                  loss crossEntropy(p, label)
                }
                """);
        Object model = generated.construct("Net", 1L);
        Object forward = generated.construct("NetForward", model, 4);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Generated.on(forward, "loss", new double[4], new int[] {2, 3}, 2))
                .getMessage();
        assertEquals("label[1] is 3; the least is 0 and the most 2", message);
    }

    /** Names that Java reserves, that meet each other, or that the classes use themselves. */
    @Test
    void namesNeverCollide() throws Exception {
        Generated generated = Generated.from("""
                /** Ends a comment: * / and \\u002a/ and {@code. */
                network class {
                  input model[2]
                  input capacity
                  target forward
                  param random[2] ~ normal(0, 1)
                  param h.W ~ normal(0, 1)
                  param hW ~ normal(0, 1)
                  param σ = 1
                  param double = 0
                  param List = 1
                  param PARAMETER_COUNT = 1
                  param class_File = 1
                  steps = random@model*h.W + hW*capacity + double/σ + List*PARAMETER_COUNT*class_File
                  output int = steps
                  loss (int - forward)^2
                  train { optimizer momentum(lr = 0.1) }
                }
                """);
        Object model = generated.construct("class_", 1L);
        Object trainer = generated.construct("class_Trainer", model, 1L);
        double[] x = {1, 2, 3, 4};
        assertNotNull(Generated.on(trainer, "epoch", x, new double[] {1, 2}, new double[] {1, 2}, 2));
    }

    private static final String NORMALISED = """
            network Net {
              input x[3]
              target y
              h = x |> dense(4) |> batchNorm() |> dropout(0.5)
              output o = dense(h, 1)
              loss (o[0] - y)^2
              train { optimizer sgd(lr = 0.0)  batch 4 }
            }
            """;

    /** Dropout and normalisation: random and over the batch in training, still and with running means otherwise. */
    @Test
    void trainingIsAnotherMode() throws Exception {
        Generated generated = Generated.from(NORMALISED);
        assertFalse(
                generated.source("NetForward.java").matches("(?s).*[01] ?!= ?0.*"),
                "the mode is decided when compiling");
        Object model = generated.construct("Net", 1L);
        double[] x = new Random(1).doubles(12).toArray();
        double[] y = {1, 2, 3, 4};
        Object forward = generated.construct("NetForward", model, 4, 7L);
        Object backward = generated.construct("NetBackward", model, forward);
        double still = (double) Generated.on(forward, "loss", x, y, 4);
        assertEquals(still, Generated.on(forward, "loss", x, y, 4));
        double first = (double) Generated.on(backward, "gradient", x, y, 4);
        assertNotEquals(first, Generated.on(backward, "gradient", x, y, 4), "another draw");
        assertEquals(still, Generated.on(forward, "loss", x, y, 4), "the running means have not changed yet");
        Generated.on(forward, "updateStates");
        assertNotEquals(still, Generated.on(forward, "loss", x, y, 4));

        // Steps that change no parameter bring the running mean to that of the data.
        Object trainer = generated.construct("NetTrainer", model, 1L);
        for (int step = 0; step < 500; step++) {
            Generated.on(trainer, "step", x, y, 4);
        }
        double[] sum = new double[4];
        double[] w = Generated.field(model, "hDenseW");
        double[] b = Generated.field(model, "hDenseB");
        for (int i = 0; i < 4; i++) {
            for (int n = 0; n < 4; n++) {
                sum[i] += b[i] / 4;
                for (int k = 0; k < 3; k++) {
                    sum[i] += w[3 * i + k] * x[3 * n + k] / 4;
                }
            }
        }
        assertArrayEquals(sum, Generated.field(model, "hBatchNormRunningMean"), 1e-9);
    }

    /** The generated gradient in training, with the same draws, is the slope of the training loss. */
    @Test
    void theGradientIsThatOfTraining() throws Exception {
        Generated generated = Generated.from(NORMALISED);
        double[] x = new Random(1).doubles(12).toArray();
        double[] y = {1, 2, 3, 4};
        double step = 1e-6;
        double[] losses = new double[2];
        double slope = 0;
        for (int side = 0; side < 2; side++) {
            Object model = generated.construct("Net", 1L);
            Object forward = generated.construct("NetForward", model, 4, 7L);
            Object backward = generated.construct("NetBackward", model, forward);
            Generated.field(model, "hDenseW")[5] += side == 0 ? step : -step;
            losses[side] = (double) Generated.on(backward, "gradient", x, y, 4);
            slope = Generated.field(backward, "dhDenseW")[5];
        }
        assertEquals((losses[0] - losses[1]) / (2 * step), slope, 1e-4);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theSameInputGivesTheSameBytes(Precision precision) throws Exception {
        assertEquals(Generated.files(RINGS, precision), Generated.files(RINGS, precision));
    }

    @Test
    void floatIsUsedThroughout() throws Exception {
        Generated generated = Generated.from(RINGS, Precision.FLOAT);
        assertTrue(generated.source("Rings.java").contains("public final float[] W1"));
        assertTrue(generated.source("RingsBackward.java").contains("float dW2h ="));
        Object model = generated.construct("Rings", 3L);
        Object trainer = generated.construct("RingsTrainer", model, 3L);
        double first = (double) Generated.on(trainer, "epoch", new float[] {1, 0, 0, 1}, new float[] {1, 0}, 2);
        assertEquals(0.69, first, 0.3);
    }

    @Test
    void linesAreShortAndClean() throws Exception {
        Generated.files(RINGS, Precision.DOUBLE)
                .forEach(file -> file.text().lines().forEach(line -> {
                    assertTrue(line.length() <= 120, line);
                    assertFalse(line.endsWith(" "), line);
                }));
    }

    @Test
    void outputsKeepTheirNamesWhateverTheLibraryCallsItsOwn() throws Exception {
        Generated generated = Generated.from("""
                network Net {
                  input x[4]
                  target label : int(3)
                  output p = softmax(dense(x, 3))
                  loss crossEntropy(p, label)
                }
                """);
        assertNotNull(generated.type("NetForward").getMethod("p"));
    }
}
