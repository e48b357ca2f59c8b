package dev.gradc.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import samples.functions.Arm;
import samples.functions.Mixture;
import samples.functions.Options;
import samples.functions.Rosenbrock;

/** The sample functions against printed values and against formulas worked out by hand. */
class FunctionSamplesTest {

    /** J. C. Hull, Options, Futures, and Other Derivatives, the example of the chapter on Black, Scholes and Merton. */
    @Test
    void thePriceInHullsBook() {
        assertEquals(4.76, Options.call(42, 40, 0.1, 0.2, 0.5), 0.005);
    }

    /** The same book's chapter on the Greek letters: a share at 49, a strike of 50, 5 %, 20 %, 20 weeks. */
    @Test
    void theGreeksInHullsBook() {
        double[] gradient = new double[5];
        double[] hessian = new double[4];
        assertEquals(2.40, Options.callGradient(49, 50, 0.05, 0.2, 0.3846, gradient), 0.005);
        Options.callHessian(49, 50, 0.05, 0.2, 0.3846, new double[2], hessian);
        assertEquals(0.522, gradient[0], 0.0005, "delta");
        assertEquals(8.91, gradient[2], 0.005, "rho");
        assertEquals(12.1, gradient[3], 0.05, "vega");
        assertEquals(-4.31, -gradient[4], 0.005, "theta");
        assertEquals(0.066, hessian[0], 0.0005, "gamma");
    }

    /** The closed forms of the Greeks, with the normal distribution integrated numerically. */
    @Test
    void theGreeksInClosedForm() {
        double s = 100;
        double k = 110;
        double r = 0.03;
        double sigma = 0.25;
        double t = 1.5;
        double root = sigma * Math.sqrt(t);
        double d1 = (Math.log(s / k) + (r + sigma * sigma / 2) * t) / root;
        double d2 = d1 - root;
        double discounted = k * Math.exp(-r * t);
        double vega = s * density(d1) * Math.sqrt(t);
        double[] gradient = new double[5];
        double value = Options.callGradient(s, k, r, sigma, t, gradient);
        assertEquals(s * distribution(d1) - discounted * distribution(d2), value, 1e-11);
        double[] expected = {
            distribution(d1),
            -Math.exp(-r * t) * distribution(d2),
            t * discounted * distribution(d2),
            vega,
            s * density(d1) * sigma / (2 * Math.sqrt(t)) + r * discounted * distribution(d2)
        };
        assertArrayEquals(expected, gradient, 1e-10);
        double[] hessian = new double[4];
        Options.callHessian(s, k, r, sigma, t, new double[2], hessian);
        double vanna = -density(d1) * d2 / sigma;
        double[] second = {density(d1) / (s * root), vanna, vanna, vega * d1 * d2 / sigma};
        assertArrayEquals(second, hessian, 1e-11);
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** By Simpson's rule. */
    private static double distribution(double z) {
        int steps = 2000;
        double h = z / steps;
        double sum = density(0) + density(z);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * density(i * h);
        }
        return 0.5 + sum * h / 3;
    }

    @Test
    void theArmsJacobianIsWhatDifferencesGive() {
        Random random = new Random(1);
        double step = 1e-5;
        for (int pose = 0; pose < 20; pose++) {
            double[] q = Draws.uniform(6, -Math.PI, Math.PI, random);
            double[] jacobian = new double[18];
            Arm.handJacobian(q, new double[3], jacobian);
            for (int joint = 0; joint < 6; joint++) {
                double[] before = new double[3];
                double[] after = new double[3];
                double angle = q[joint];
                q[joint] = angle - step;
                Arm.hand(q, before);
                q[joint] = angle + step;
                Arm.hand(q, after);
                q[joint] = angle;
                for (int axis = 0; axis < 3; axis++) {
                    assertEquals((after[axis] - before[axis]) / (2 * step), jacobian[6 * axis + joint], 1e-9);
                }
            }
        }
    }

    /** Stretched straight up: the heights of all joints added. */
    @Test
    void theArmAtRest() {
        double[] hand = new double[3];
        Arm.hand(new double[] {0, -Math.PI / 2, 0, 0, 0, 0}, hand);
        assertArrayEquals(new double[] {0.025 + 0.365 + 0.08, 0, 0.4 + 0.315 + 0.035}, hand, 1e-15);
    }

    /** The derivatives in closed form: a tridiagonal Hessian. */
    @Test
    void rosenbrocksHessian() {
        double[] x = Draws.uniform(10, -2, 2, new Random(2));
        double[] gradient = new double[10];
        double[] hessian = new double[100];
        double value = 0;
        double[] first = new double[10];
        double[] second = new double[100];
        for (int i = 0; i < 9; i++) {
            double rise = x[i + 1] - x[i] * x[i];
            value += 100 * rise * rise + (1 - x[i]) * (1 - x[i]);
            first[i] += -400 * x[i] * rise - 2 * (1 - x[i]);
            first[i + 1] += 200 * rise;
            second[11 * i] += 800 * x[i] * x[i] - 400 * rise + 2;
            second[11 * (i + 1)] += 200;
            second[10 * i + i + 1] -= 400 * x[i];
            second[10 * (i + 1) + i] -= 400 * x[i];
        }
        assertEquals(value, Rosenbrock.rosenbrockHessian(x, gradient, hessian), 1e-10);
        assertArrayEquals(first, gradient, 1e-10);
        assertArrayEquals(second, hessian, 1e-10);
    }

    /** The density of each point, component by component, without any precaution. */
    @Test
    void theMixturesLikelihood() {
        Random random = new Random(3);
        double[] x = Draws.normal(200, random);
        double[] weight = Draws.normal(3, random);
        double[] mean = Draws.normal(6, random);
        double[] logDeviation = Draws.uniform(6, -0.5, 0.5, random);
        double total = 0;
        for (double w : weight) {
            total += Math.exp(w);
        }
        double expected = 0;
        for (int n = 0; n < 100; n++) {
            double density = 0;
            for (int k = 0; k < 3; k++) {
                double part = Math.exp(weight[k]) / total;
                for (int d = 0; d < 2; d++) {
                    double deviation = Math.exp(logDeviation[2 * k + d]);
                    part *= density((x[2 * n + d] - mean[2 * k + d]) / deviation) / deviation;
                }
                density += part;
            }
            expected += Math.log(density);
        }
        assertEquals(expected, Mixture.logLikelihood(x, weight, mean, logDeviation), 1e-10);
    }

    /** A point a thousand deviations away: its density is 0 in floating point, its logarithm is not -∞. */
    @Test
    void theMixturesLikelihoodFarAway() {
        double[] x = new double[200];
        x[0] = 1000;
        double far = Mixture.logLikelihood(x, new double[3], new double[6], new double[6]);
        assertEquals(-500_000 - 100 * Math.log(2 * Math.PI), far, 1e-8);
        double[] gradient = new double[15];
        Mixture.logLikelihoodGradient(x, new double[3], new double[6], new double[6], gradient);
        for (double partial : gradient) {
            assertTrue(Double.isFinite(partial));
        }
    }
}
