package dev.gradc.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import samples.linear.Logistic;
import samples.linear.LogisticForward;
import samples.linear.LogisticTrainer;
import samples.linear.MulticlassPerceptron;
import samples.linear.MulticlassPerceptronForward;
import samples.linear.MulticlassPerceptronTrainer;
import samples.linear.Multinomial;
import samples.linear.MultinomialForward;
import samples.linear.MultinomialTrainer;
import samples.linear.Perceptron;
import samples.linear.PerceptronForward;
import samples.linear.PerceptronTrainer;
import samples.linear.Regression;
import samples.linear.RegressionTrainer;

/** Linear models have one best solution, and training finds it; a perceptron has a rule, and its training is that. */
class LinearSamplesTest {

    /** Against the normal equations. */
    @Test
    void regressionFindsTheLeastSquares() {
        Random random = new Random(1);
        int examples = RegressionTrainer.BATCH;
        double[] x = Draws.normal(3 * examples, random);
        double[] y = new double[examples];
        for (int i = 0; i < examples; i++) {
            y[i] = 3 + 1.5 * x[3 * i] - 2 * x[3 * i + 1] + 0.5 * x[3 * i + 2] + 0.3 * random.nextGaussian();
        }
        Regression model = new Regression(1);
        RegressionTrainer trainer = new RegressionTrainer(model, 1);
        for (int epoch = 0; epoch < RegressionTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, examples);
        }

        double[][] normal = new double[4][5];
        for (int i = 0; i < examples; i++) {
            double[] row = {x[3 * i], x[3 * i + 1], x[3 * i + 2], 1};
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    normal[r][c] += row[r] * row[c];
                }
                normal[r][4] += row[r] * y[i];
            }
        }
        double[] expected = solution(normal);
        assertArrayEquals(Arrays.copyOf(expected, 3), model.w, 1e-10);
        assertEquals(expected[3], model.b[0], 1e-10);
    }

    /** Against Newton's method, on findings with the means and deviations of a heart clinic's, rounded. */
    @Test
    void logisticFindsTheMostProbableWeights() {
        Random random = new Random(2);
        int examples = LogisticTrainer.BATCH;
        double[] mean = {54, 0.7, 2, 132, 247, 0.15, 1, 150, 0.3, 1, 1.6, 0.7, 4.7};
        double[] deviation = {9, 0.5, 1, 18, 52, 0.36, 1, 23, 0.5, 1.2, 0.6, 0.9, 1.9};
        double[] truth = Draws.normal(13, random);
        double[] x = new double[13 * examples];
        double[] y = new double[examples];
        for (int i = 0; i < examples; i++) {
            double score = -0.2;
            for (int j = 0; j < 13; j++) {
                double z = random.nextGaussian();
                x[13 * i + j] = mean[j] + deviation[j] * z;
                score += truth[j] * z;
            }
            y[i] = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
        }

        Logistic model = new Logistic(1);
        standardise(x, examples, model.mean, model.deviation);
        LogisticTrainer trainer = new LogisticTrainer(model, 1);
        for (int epoch = 0; epoch < LogisticTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, examples);
        }

        double[] expected = byNewton(x, y, model.mean, model.deviation, 1e-3);
        assertArrayEquals(Arrays.copyOf(expected, 13), model.w, 1e-6);
        assertEquals(expected[13], model.b[0], 1e-6);
        LogisticForward forward = new LogisticForward(model, examples);
        forward.run(x, examples);
        assertTrue(Draws.accuracy(forward.p(), y) > 0.8);
    }

    /** Mean and standard deviation of each of the columns of {@code x}. */
    private static void standardise(double[] x, int examples, double[] mean, double[] deviation) {
        for (int j = 0; j < mean.length; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < examples; i++) {
                sum += x[mean.length * i + j];
                squares += x[mean.length * i + j] * x[mean.length * i + j];
            }
            mean[j] = sum / examples;
            deviation[j] = Math.sqrt(squares / examples - mean[j] * mean[j]);
        }
    }

    /** Weights and bias where the penalised mean loss of a logistic regression is least. */
    private static double[] byNewton(double[] x, double[] y, double[] mean, double[] deviation, double penalty) {
        int n = mean.length;
        double[] w = new double[n + 1];
        for (int iteration = 0; iteration < 30; iteration++) {
            double[][] system = new double[n + 1][n + 2];
            for (int r = 0; r < n; r++) {
                system[r][r] = 2 * penalty;
                system[r][n + 1] = 2 * penalty * w[r];
            }
            for (int i = 0; i < y.length; i++) {
                double[] row = new double[n + 1];
                row[n] = 1;
                double score = w[n];
                for (int j = 0; j < n; j++) {
                    row[j] = (x[n * i + j] - mean[j]) / deviation[j];
                    score += w[j] * row[j];
                }
                double p = 1 / (1 + Math.exp(-score));
                for (int r = 0; r <= n; r++) {
                    for (int c = 0; c <= n; c++) {
                        system[r][c] += p * (1 - p) * row[r] * row[c] / y.length;
                    }
                    system[r][n + 1] += (p - y[i]) * row[r] / y.length;
                }
            }
            double[] step = solution(system);
            for (int r = 0; r <= n; r++) {
                w[r] -= step[r];
            }
        }
        return w;
    }

    /** Where the likelihood is greatest, what is expected of each class, and of its inputs, is what was seen. */
    @Test
    void multinomialExpectsWhatWasSeen() {
        Random random = new Random(3);
        int examples = MultinomialTrainer.BATCH;
        int[] label = new int[examples];
        double[] x = new double[4 * examples];
        for (int i = 0; i < examples; i++) {
            label[i] = i % 3;
            for (int j = 0; j < 4; j++) {
                x[4 * i + j] = random.nextGaussian() + (j == label[i] ? 2 : 0);
            }
        }
        Multinomial model = new Multinomial(1);
        MultinomialTrainer trainer = new MultinomialTrainer(model, 1);
        for (int epoch = 0; epoch < MultinomialTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, label, examples);
        }

        MultinomialForward forward = new MultinomialForward(model, examples);
        forward.run(x, examples);
        double[] p = forward.p();
        for (int k = 0; k < 3; k++) {
            double[] surplus = new double[5];
            for (int i = 0; i < examples; i++) {
                double more = p[3 * i + k] - (label[i] == k ? 1 : 0);
                surplus[4] += more / examples;
                for (int j = 0; j < 4; j++) {
                    surplus[j] += more * x[4 * i + j] / examples;
                }
            }
            assertArrayEquals(new double[5], surplus, 1e-7);
        }
        assertTrue(Draws.accuracy(p, label) > 0.8);
    }

    /** Step by step w ± f(x) after a mistake and nothing otherwise, to the last bit; and no mistake is left in the end. */
    @Test
    void perceptronFollowsRosenblatt() {
        Random random = new Random(4);
        int examples = 100;
        double[] x = Draws.uniform(2 * examples, -1, 1, random);
        double[] y = new double[examples];
        for (int i = 0; i < examples; i++) {
            x[2 * i] += Math.copySign(0.01, x[2 * i]);
            x[2 * i + 1] += Math.copySign(0.01, x[2 * i + 1]);
            y[i] = Math.signum(x[2 * i] * x[2 * i + 1]);
        }

        Perceptron model = new Perceptron(1);
        PerceptronTrainer trainer = new PerceptronTrainer(model, 1);
        double[] w = new double[4];
        int mistakes = 0;
        int steps = 0;
        for (int epoch = 0; epoch < PerceptronTrainer.EPOCHS; epoch++) {
            for (int i = 0; i < examples; i++) {
                double[] point = {x[2 * i], x[2 * i + 1]};
                double[] f = {1, point[0], point[1], point[0] * point[1]};
                boolean mistake = y[i] * (w[0] + w[1] * f[1] + w[2] * f[2] + w[3] * f[3]) <= 0;
                for (int k = 0; k < 4 && mistake; k++) {
                    w[k] = y[i] > 0 ? w[k] + f[k] : w[k] - f[k];
                }
                mistakes += mistake ? 1 : 0;
                steps++;
                trainer.step(point, new double[] {y[i]}, 1);
                assertArrayEquals(w, model.w, 0.0);
            }
        }
        assertTrue(mistakes > 5 && mistakes < steps / 10, mistakes + " mistakes");

        PerceptronForward forward = new PerceptronForward(model, examples);
        forward.run(x, examples);
        assertArrayEquals(y, forward.side());
        assertEquals(
                1,
                Draws.accuracy(
                        forward.yes(), Arrays.stream(y).map(v -> (v + 1) / 2).toArray()));
    }

    /** The same for three classes: f(x) for the right class, -f(x) for the one that was guessed. */
    @Test
    void multiclassPerceptronFollowsRosenblatt() {
        Random random = new Random(5);
        int examples = 99;
        double[] x = new double[2 * examples];
        int[] label = new int[examples];
        for (int i = 0; i < examples; i++) {
            label[i] = i % 3;
            double angle = 2 * Math.PI / 3 * label[i];
            x[2 * i] = 2 * Math.cos(angle) + 1.6 * random.nextDouble() - 0.8;
            x[2 * i + 1] = 2 * Math.sin(angle) + 1.6 * random.nextDouble() - 0.8;
        }

        MulticlassPerceptron model = new MulticlassPerceptron(1);
        MulticlassPerceptronTrainer trainer = new MulticlassPerceptronTrainer(model, 1);
        double[] w = new double[9];
        int mistakes = 0;
        for (int epoch = 0; epoch < 5; epoch++) {
            for (int i = 0; i < examples; i++) {
                double[] f = {1, x[2 * i], x[2 * i + 1]};
                int guess = 0;
                for (int k = 1; k < 3; k++) {
                    guess = score(w, k, f) > score(w, guess, f) ? k : guess;
                }
                for (int j = 0; j < 3 && guess != label[i]; j++) {
                    w[3 * label[i] + j] += f[j];
                    w[3 * guess + j] -= f[j];
                }
                mistakes += guess != label[i] ? 1 : 0;
                trainer.step(new double[] {f[1], f[2]}, new int[] {label[i]}, 1);
                assertArrayEquals(w, model.W, 0.0);
            }
        }
        assertTrue(mistakes > 2 && mistakes < 50, mistakes + " mistakes");

        MulticlassPerceptronForward forward = new MulticlassPerceptronForward(model, examples);
        forward.run(x, examples);
        assertArrayEquals(label, forward.guess());
    }

    private static double score(double[] w, int k, double[] f) {
        return w[3 * k] * f[0] + w[3 * k + 1] * f[1] + w[3 * k + 2] * f[2];
    }

    /** Solves a linear system whose last column is its right side, by Gauss and Jordan with pivots. */
    private static double[] solution(double[][] system) {
        int n = system.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(system[row][column]) > Math.abs(system[pivot][column]) ? row : pivot;
            }
            double[] best = system[pivot];
            system[pivot] = system[column];
            system[column] = best;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : system[row][column] / best[column];
                for (int c = column; c <= n; c++) {
                    system[row][c] -= factor * best[c];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = 0; row < n; row++) {
            solution[row] = system[row][n] / system[row][row];
        }
        return solution;
    }
}
