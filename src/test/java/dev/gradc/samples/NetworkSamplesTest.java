package dev.gradc.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import samples.networks.Activations;
import samples.networks.ActivationsForward;
import samples.networks.ActivationsTrainer;
import samples.networks.Autoencoder;
import samples.networks.AutoencoderForward;
import samples.networks.AutoencoderTrainer;
import samples.networks.Digits;
import samples.networks.DigitsForward;
import samples.networks.DigitsTrainer;
import samples.networks.Heads;
import samples.networks.HeadsBackward;
import samples.networks.HeadsForward;
import samples.networks.HeadsTrainer;
import samples.networks.Neurons;
import samples.networks.NeuronsForward;
import samples.networks.NeuronsTrainer;
import samples.networks.Normalized;
import samples.networks.NormalizedForward;
import samples.networks.NormalizedTrainer;
import samples.networks.Oscillator;
import samples.networks.OscillatorForward;
import samples.networks.OscillatorTrainer;
import samples.networks.Pair;
import samples.networks.PairForward;
import samples.networks.PairTrainer;
import samples.networks.Shapes;
import samples.networks.ShapesForward;
import samples.networks.ShapesTrainer;

/** Each network learns its task, on examples that it has not seen. */
class NetworkSamplesTest {

    /** A wave, to which no plane comes near. */
    @Test
    void neuronsLearnACurve() {
        Random random = new Random(1);
        int examples = 256;
        double[] x = Draws.uniform(3 * examples, -1, 1, random);
        double[] t = new double[examples];
        for (int i = 0; i < examples; i++) {
            t[i] = Math.sin(3 * x[3 * i]) + x[3 * i + 1] / 2;
        }
        Neurons model = new Neurons(1);
        NeuronsTrainer trainer = new NeuronsTrainer(model, 1);
        for (int epoch = 0; epoch < NeuronsTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, t, examples);
        }
        NeuronsForward forward = new NeuronsForward(model, examples);
        double loss = forward.loss(x, t, examples);
        assertTrue(loss < 0.03 * variance(t), "loss " + loss);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    /** Digits as a pocket calculator shows them, in noise and a little displaced. */
    @Test
    void digitsAreRead() {
        Random random = new Random(2);
        int examples = 500;
        int[] label = new int[examples];
        double[] pixels = digits(label, random);
        Digits model = new Digits(1);
        DigitsTrainer trainer = new DigitsTrainer(model, 1);
        for (int epoch = 0; epoch < DigitsTrainer.EPOCHS; epoch++) {
            trainer.epoch(pixels, label, examples);
        }
        double[] fresh = digits(label, random);
        DigitsForward forward = new DigitsForward(model, examples);
        forward.run(fresh, examples);
        assertTrue(Draws.accuracy(forward.p(), label) > 0.95, "accuracy " + Draws.accuracy(forward.p(), label));
    }

    /** Images of 8×8 pixels; the bars from the top clockwise, then the middle one, for each digit. */
    private static double[] digits(int[] label, Random random) {
        int[] bars = {
            0b1111110, 0b0110000, 0b1101101, 0b1111001, 0b0110011, 0b1011011, 0b1011111, 0b1110000, 0b1111111, 0b1111011
        };
        double[] pixels = new double[64 * label.length];
        for (int i = 0; i < label.length; i++) {
            label[i] = random.nextInt(10);
            int row = random.nextInt(2);
            int column = random.nextInt(4);
            for (int k = 0; k < 4; k++) {
                int across = column + k;
                int upper = row + k;
                int lower = row + 3 + k;
                int[] places = {
                    8 * row + across,
                    8 * upper + column + 3,
                    8 * lower + column + 3,
                    8 * (row + 6) + across,
                    8 * lower + column,
                    8 * upper + column,
                    8 * (row + 3) + across
                };
                for (int bar = 0; bar < 7; bar++) {
                    if ((bars[label[i]] >> (6 - bar) & 1) == 1) {
                        pixels[64 * i + places[bar]] = 1;
                    }
                }
            }
            for (int k = 0; k < 64; k++) {
                pixels[64 * i + k] = 0.8 * pixels[64 * i + k] + 0.2 * random.nextDouble();
            }
        }
        return pixels;
    }

    /** What the comment in the sample says: for each head the derivative by what goes into it is answer minus truth. */
    @Test
    void headsHaveTheDerivativeAnswerMinusTruth() {
        Random random = new Random(3);
        Heads model = new Heads(1);
        HeadsForward forward = new HeadsForward(model, 1);
        HeadsBackward backward = new HeadsBackward(model, forward);
        double[] x = Draws.normal(2, random);
        backward.gradient(x, new double[] {2}, new double[] {1}, new int[] {1}, 1);
        forward.run(x, 1);
        assertEquals(forward.how()[0] - 2, backward.daB[0], 1e-15);
        assertEquals(forward.yes()[0] - 1, backward.dbB[0], 1e-15);
        double[] which = forward.which();
        assertArrayEquals(new double[] {which[0], which[1] - 1, which[2]}, backward.dcB, 1e-15);
    }

    @Test
    void headsLearnAllThree() {
        Random random = new Random(4);
        int examples = 600;
        double[] x = new double[2 * examples];
        double[] amount = new double[examples];
        double[] truth = new double[examples];
        int[] label = new int[examples];
        heads(x, amount, truth, label, random);
        Heads model = new Heads(1);
        HeadsTrainer trainer = new HeadsTrainer(model, 1);
        for (int epoch = 0; epoch < HeadsTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, amount, truth, label, examples);
        }
        heads(x, amount, truth, label, random);
        HeadsForward forward = new HeadsForward(model, examples);
        forward.run(x, examples);
        double error = 0;
        for (int i = 0; i < examples; i++) {
            error += Math.pow(forward.how()[i] - amount[i], 2) / examples;
        }
        assertTrue(error < 0.02 * variance(amount), "error " + error);
        assertTrue(Draws.accuracy(forward.yes(), truth) > 0.95);
        assertTrue(Draws.accuracy(forward.which(), label) > 0.95);
    }

    /** A product, whether the point is in a circle, and the sector where it lies. */
    private static void heads(double[] x, double[] amount, double[] truth, int[] label, Random random) {
        for (int i = 0; i < label.length; i++) {
            double a = 4 * random.nextDouble() - 2;
            double b = 4 * random.nextDouble() - 2;
            x[2 * i] = a;
            x[2 * i + 1] = b;
            amount[i] = a * b;
            truth[i] = a * a + b * b < 2 ? 1 : 0;
            label[i] = (int) Math.floor((Math.atan2(b, a) / Math.PI + 1) * 1.499999);
        }
    }

    /** Nine classifiers in one network, each of which tells the rings apart. */
    @Test
    void everyActivationTellsTheRingsApart() {
        Random random = new Random(5);
        int examples = 400;
        double[] y = Draws.classes(examples);
        double[] x = Draws.rings(y, random);
        Activations model = new Activations(1);
        double slope = model.scoresGeneralisedScoreSlope[0];
        ActivationsTrainer trainer = new ActivationsTrainer(model, 1);
        for (int epoch = 0; epoch < ActivationsTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, examples);
        }
        double[] fresh = Draws.rings(y, random);
        ActivationsForward forward = new ActivationsForward(model, examples);
        forward.run(fresh, examples);
        for (int k = 0; k < 9; k++) {
            double[] p = new double[examples];
            for (int i = 0; i < examples; i++) {
                p[i] = forward.p()[9 * i + k];
            }
            assertTrue(Draws.accuracy(p, y) > 0.97, "activation " + k + ": " + Draws.accuracy(p, y));
        }
        assertTrue(Math.abs(model.scoresGeneralisedScoreSlope[0] - slope) > 0.01, "the slope is learnt");
    }

    /** Points of a curve: one number tells them well, the coordinate along the best straight line does not. */
    @Test
    void theAutoencoderUnrollsACurve() {
        Random random = new Random(6);
        int examples = 400;
        double[] x = new double[3 * examples];
        for (int i = 0; i < examples; i++) {
            double along = 3 * random.nextDouble() - 1.5;
            x[3 * i] = Math.sin(along);
            x[3 * i + 1] = Math.cos(2 * along) / 2;
            x[3 * i + 2] = along / 3;
        }
        Autoencoder model = new Autoencoder(1);
        AutoencoderTrainer trainer = new AutoencoderTrainer(model, 1);
        for (int epoch = 0; epoch < AutoencoderTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, examples);
        }
        double learnt = new AutoencoderForward(model, examples).loss(x, examples);
        double straight = besideTheBestLine(x);
        assertTrue(learnt < straight / 20, learnt + " against " + straight);
    }

    /** The mean squared distance, per coordinate, from the line of principal component analysis, found by iteration. */
    private static double besideTheBestLine(double[] x) {
        int examples = x.length / 3;
        double[] mean = new double[3];
        for (int k = 0; k < x.length; k++) {
            mean[k % 3] += x[k] / examples;
        }
        double[] direction = {1, 1, 1};
        double along = 0;
        for (int iteration = 0; iteration < 100; iteration++) {
            double[] next = new double[3];
            for (int i = 0; i < examples; i++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += (x[3 * i + k] - mean[k]) * direction[k];
                }
                for (int k = 0; k < 3; k++) {
                    next[k] += dot * (x[3 * i + k] - mean[k]) / examples;
                }
            }
            along = Math.sqrt(next[0] * next[0] + next[1] * next[1] + next[2] * next[2]);
            for (int k = 0; k < 3; k++) {
                direction[k] = next[k] / along;
            }
        }
        double all = 0;
        for (int k = 0; k < x.length; k++) {
            all += Math.pow(x[k] - mean[k % 3], 2) / examples;
        }
        return (all - along) / 3;
    }

    /** Inputs of very different scales; what is drawn and averaged while training is neither afterwards. */
    @Test
    void normalisationTakesInputsAsTheyCome() {
        Random random = new Random(7);
        int examples = 400;
        double[] y = Draws.classes(examples);
        double[] x = scaled(Draws.rings(y, random));
        Normalized model = new Normalized(1);
        NormalizedTrainer trainer = new NormalizedTrainer(model, 1);
        for (int epoch = 0; epoch < NormalizedTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, examples);
        }
        assertEquals(500, model.hBatchNormRunningMean[0], 20);
        assertEquals(-3, model.hBatchNormRunningMean[1], 0.002);

        double[] fresh = scaled(Draws.rings(y, random));
        NormalizedForward forward = new NormalizedForward(model, examples, 1);
        forward.run(fresh, examples);
        double[] p = forward.p().clone();
        assertTrue(Draws.accuracy(p, y) > 0.97, "accuracy " + Draws.accuracy(p, y));
        forward.run(fresh, 1);
        assertEquals(p[0], forward.p()[0], 0.0, "alone as among others");
    }

    /** Around (500, -3), with deviations near 90 and 0.009. */
    private static double[] scaled(double[] x) {
        for (int k = 0; k < x.length; k++) {
            x[k] = k % 2 == 0 ? 500 + 130 * x[k] : -3 + 0.013 * x[k];
        }
        return x;
    }

    /** Bars, crosses and frames anywhere in an image. */
    @Test
    void convolutionKnowsShapesAnywhere() {
        Random random = new Random(8);
        int examples = 300;
        int[] label = new int[examples];
        double[] x = shapes(label, random);
        Shapes model = new Shapes(1);
        ShapesTrainer trainer = new ShapesTrainer(model, 1);
        for (int epoch = 0; epoch < ShapesTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, label, examples);
        }
        double[] fresh = shapes(label, random);
        ShapesForward forward = new ShapesForward(model, examples);
        forward.run(fresh, examples);
        assertTrue(Draws.accuracy(forward.q(), label) > 0.95, "accuracy " + Draws.accuracy(forward.q(), label));
    }

    private static double[] shapes(int[] label, Random random) {
        double[] x = Draws.uniform(144 * label.length, 0, 0.3, random);
        for (int i = 0; i < label.length; i++) {
            label[i] = i % 3;
            int row = random.nextInt(8);
            int column = random.nextInt(8);
            for (int r = 0; r < 5; r++) {
                for (int c = 0; c < 5; c++) {
                    boolean ink = switch (label[i]) {
                        case 0 -> r == 2;
                        case 1 -> r == c || r + c == 4;
                        default -> r == 0 || r == 4 || c == 0 || c == 4;
                    };
                    x[144 * i + 12 * (row + r) + column + c] += ink ? 0.7 : 0;
                }
            }
        }
        return x;
    }

    /** From nothing but the critic's opinion the generator finds the target's mean and deviation. */
    @Test
    void thePairLearnsADistribution() {
        Random random = new Random(9);
        Pair model = new Pair(1);
        PairTrainer trainer = new PairTrainer(model, 1);
        int batch = PairTrainer.BATCH;
        for (int step = 0; step < 3000; step++) {
            trainer.lr = 0.002;
            trainer.discriminatorStep(Draws.normal(4 * batch, random), target(batch, random), batch);
            trainer.lr = 0.0005;
            trainer.generatorStep(Draws.normal(4 * batch, random), target(batch, random), batch);
        }
        int examples = 4000;
        PairForward forward = new PairForward(model, examples);
        forward.run(Draws.normal(4 * examples, random), new double[examples], examples);
        double mean = Arrays.stream(forward.fake()).average().orElseThrow();
        double deviation = Math.sqrt(variance(forward.fake()));
        assertEquals(2, mean, 0.15);
        assertEquals(0.5, deviation, 0.12);
    }

    /** Around 2 with deviation 0.5. */
    private static double[] target(int count, Random random) {
        return Arrays.stream(Draws.normal(count, random)).map(z -> 2 + z / 2).toArray();
    }

    /** Against the method of Runge and Kutta. */
    @Test
    void theOscillatorObeysItsEquation() {
        Random random = new Random(10);
        int examples = 128;
        Oscillator model = new Oscillator(1);
        OscillatorTrainer trainer = new OscillatorTrainer(model, 1);
        double[] t = new double[2 * examples];
        for (int epoch = 0; epoch < OscillatorTrainer.EPOCHS; epoch++) {
            for (int i = 0; i < examples; i++) {
                t[2 * i] = 3 * random.nextDouble();
            }
            trainer.epoch(t, examples);
        }
        OscillatorForward forward = new OscillatorForward(model, 1);
        double u = 1;
        double v = 0;
        double h = 0.01;
        for (int step = 0; step <= 300; step++) {
            forward.run(new double[] {step * h, 0}, 1);
            assertEquals(u, forward.u()[0], 0.03, "at " + step * h);
            // u' = v and v' = -u, so that each slope is the one before it, turned.
            double[] du = {v, v - h / 2 * u, 0, 0};
            double[] dv = {-u, -(u + h / 2 * v), 0, 0};
            du[2] = v + h / 2 * dv[1];
            dv[2] = -(u + h / 2 * du[1]);
            du[3] = v + h * dv[2];
            dv[3] = -(u + h * du[2]);
            u += h / 6 * (du[0] + 2 * du[1] + 2 * du[2] + du[3]);
            v += h / 6 * (dv[0] + 2 * dv[1] + 2 * dv[2] + dv[3]);
        }
    }
}
