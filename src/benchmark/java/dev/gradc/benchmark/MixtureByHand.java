package dev.gradc.benchmark;

import java.util.Arrays;

/**
 * The mixture as a careful programmer writes it: points in blocks that fit a near cache, one row for each axis, so that the inner loops run
 * over points, and several rows at once. The derivative by a mean needs only the sum of what its points say.
 */
final class MixtureByHand implements Evaluation {

    private static final int BLOCK = 64;

    private final MixtureProblem problem;
    private final int d;
    private final int triangle;

    /** Per component: the triangle by rows, with the exponentials on its diagonal. */
    private final double[][][] rows;

    private final double[][] block;
    private final double[][] centred;

    /** Per component and axis: the points, turned and scaled. */
    private final double[][][] u;

    /** Per component: first the exponents, then the shares of the points. */
    private final double[][] share;

    private final double[] largest = new double[BLOCK];
    private final double[] sum = new double[BLOCK];

    MixtureByHand(MixtureProblem problem) {
        this.problem = problem;
        d = problem.d;
        triangle = d * (d + 1) / 2;
        rows = new double[problem.components][d][d];
        block = new double[d][BLOCK];
        centred = new double[d][BLOCK];
        u = new double[problem.components][d][BLOCK];
        share = new double[problem.components][BLOCK];
    }

    @Override
    public double run(double[] derivative) {
        int components = problem.components;
        double[] shares = new double[components];
        double[][] turned = new double[components][d];
        double[][][] products = new double[components][d][d];
        double prior = readTriangles();
        double value = prior - problem.points * d * Math.log(2 * Math.PI) / 2;
        for (int first = 0; first < problem.points; first += BLOCK) {
            int size = Math.min(BLOCK, problem.points - first);
            load(first, size);
            for (int k = 0; k < components; k++) {
                exponents(k);
            }
            value += normalise(size);
            for (int k = 0; k < components; k++) {
                shares[k] += accumulate(k, turned[k], products[k]);
            }
        }
        return value - finish(derivative, shares, turned, products);
    }

    /** Returns the logarithm of the prior. */
    private double readTriangles() {
        double squares = 0;
        for (int k = 0; k < problem.components; k++) {
            int next = k * triangle;
            for (int i = 0; i < d; i++) {
                rows[k][i][i] = Math.exp(problem.q[next++]);
                squares += rows[k][i][i] * rows[k][i][i];
            }
            for (int j = 0; j < d; j++) {
                for (int i = j + 1; i < d; i++) {
                    rows[k][i][j] = problem.q[next++];
                    squares += rows[k][i][j] * rows[k][i][j];
                }
            }
        }
        return squares / 2;
    }

    /** The points of a block, axis by axis; what is left over stays from before and gets no share. */
    private void load(int first, int size) {
        for (int n = 0; n < size; n++) {
            for (int j = 0; j < d; j++) {
                block[j][n] = problem.x[(first + n) * d + j];
            }
        }
    }

    private void centre(int k) {
        for (int j = 0; j < d; j++) {
            double[] from = block[j];
            double[] to = centred[j];
            double mean = problem.mean[k * d + j];
            for (int n = 0; n < BLOCK; n++) {
                to[n] = from[n] - mean;
            }
        }
    }

    private void exponents(int k) {
        centre(k);
        double constant = problem.alpha[k];
        for (int i = 0; i < d; i++) {
            constant += problem.q[k * triangle + i];
        }
        double[] exponent = share[k];
        Arrays.fill(exponent, constant);
        for (int i = 0; i < d; i++) {
            double[] row = rows[k][i];
            double[] ui = u[k][i];
            Arrays.fill(ui, 0);
            int j = 0;
            for (; j + 3 <= i; j += 4) {
                addFour(ui, row, j);
            }
            for (; j <= i; j++) {
                addOne(ui, row[j], centred[j]);
            }
            for (int n = 0; n < BLOCK; n++) {
                exponent[n] -= ui[n] * ui[n] / 2;
            }
        }
    }

    private void addFour(double[] to, double[] row, int j) {
        double[] x = centred[j];
        double[] y = centred[j + 1];
        double[] z = centred[j + 2];
        double[] w = centred[j + 3];
        double a = row[j];
        double b = row[j + 1];
        double c = row[j + 2];
        double e = row[j + 3];
        for (int n = 0; n < BLOCK; n++) {
            to[n] += a * x[n] + b * y[n] + c * z[n] + e * w[n];
        }
    }

    private static void addOne(double[] to, double a, double[] x) {
        for (int n = 0; n < BLOCK; n++) {
            to[n] += a * x[n];
        }
    }

    /** Makes shares of exponents; returns the sum of the points' logarithms. */
    private double normalise(int size) {
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (double[] exponent : share) {
            for (int n = 0; n < BLOCK; n++) {
                largest[n] = Math.max(largest[n], exponent[n]);
            }
        }
        Arrays.fill(sum, 0);
        for (double[] exponent : share) {
            for (int n = 0; n < BLOCK; n++) {
                exponent[n] = Math.exp(exponent[n] - largest[n]);
                sum[n] += exponent[n];
            }
        }
        double value = 0;
        for (int n = 0; n < size; n++) {
            value += largest[n] + Math.log(sum[n]);
        }
        for (double[] exponent : share) {
            for (int n = 0; n < BLOCK; n++) {
                exponent[n] = n < size ? exponent[n] / sum[n] : 0;
            }
        }
        return value;
    }

    /** Adds what a block says about a component; returns the sum of its shares. */
    private double accumulate(int k, double[] turned, double[][] products) {
        centre(k);
        double[] w = share[k];
        for (int i = 0; i < d; i++) {
            double[] s = u[k][i];
            double total = 0;
            for (int n = 0; n < BLOCK; n++) {
                s[n] *= w[n];
            }
            for (int n = 0; n < BLOCK; n++) {
                total += s[n];
            }
            turned[i] += total;
            double[] row = products[i];
            int j = 0;
            for (; j + 3 <= i; j += 4) {
                addProducts(row, j, s);
            }
            for (; j <= i; j++) {
                double[] c = centred[j];
                double product = 0;
                for (int n = 0; n < BLOCK; n++) {
                    product += s[n] * c[n];
                }
                row[j] += product;
            }
        }
        double total = 0;
        for (int n = 0; n < BLOCK; n++) {
            total += w[n];
        }
        return total;
    }

    private void addProducts(double[] row, int j, double[] s) {
        double[] x = centred[j];
        double[] y = centred[j + 1];
        double[] z = centred[j + 2];
        double[] w = centred[j + 3];
        double a = 0;
        double b = 0;
        double c = 0;
        double e = 0;
        for (int n = 0; n < BLOCK; n++) {
            double sn = s[n];
            a += sn * x[n];
            b += sn * y[n];
            c += sn * z[n];
            e += sn * w[n];
        }
        row[j] += a;
        row[j + 1] += b;
        row[j + 2] += c;
        row[j + 3] += e;
    }

    /** Writes the gradient; returns the logarithm of the sum of the weights, once for each point. */
    private double finish(double[] derivative, double[] shares, double[][] turned, double[][][] products) {
        int components = problem.components;
        double total = 0;
        for (int k = 0; k < components; k++) {
            total += Math.exp(problem.alpha[k]);
        }
        for (int k = 0; k < components; k++) {
            derivative[k] = shares[k] - problem.points * Math.exp(problem.alpha[k]) / total;
            for (int j = 0; j < d; j++) {
                double slope = 0;
                for (int i = j; i < d; i++) {
                    slope += rows[k][i][j] * turned[k][i];
                }
                derivative[components + k * d + j] = slope;
            }
            int next = components * (1 + d) + k * triangle;
            for (int i = 0; i < d; i++) {
                double e = rows[k][i][i];
                derivative[next++] = shares[k] + e * (e - products[k][i][i]);
            }
            for (int j = 0; j < d; j++) {
                for (int i = j + 1; i < d; i++) {
                    derivative[next++] = rows[k][i][j] - products[k][i][j];
                }
            }
        }
        return problem.points * Math.log(total);
    }
}
