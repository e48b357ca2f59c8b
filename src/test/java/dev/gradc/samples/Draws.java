package dev.gradc.samples;

import java.util.Random;
import java.util.stream.DoubleStream;

/** Data for the samples. */
final class Draws {

    private Draws() {}

    /** {@code count} numbers of the standard normal distribution. */
    static double[] normal(int count, Random random) {
        return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
    }

    /** {@code count} numbers from {@code low} to {@code high}. */
    static double[] uniform(int count, double low, double high, Random random) {
        return random.doubles(count, low, high).toArray();
    }

    /** 1 for even places, 0 for odd ones: two classes of one size. */
    static double[] classes(int count) {
        double[] y = new double[count];
        for (int i = 0; i < count; i += 2) {
            y[i] = 1;
        }
        return y;
    }

    /** For each y a point on a ring around the origin, with some noise: the inner one for 1, the outer for 0. */
    static double[] rings(double[] y, Random random) {
        double[] x = new double[2 * y.length];
        for (int i = 0; i < y.length; i++) {
            double radius = (y[i] == 1 ? 0.5 : 1.3) + 0.1 * random.nextGaussian();
            double angle = 2 * Math.PI * random.nextDouble();
            x[2 * i] = radius * Math.cos(angle);
            x[2 * i + 1] = radius * Math.sin(angle);
        }
        return x;
    }

    /** How many of the probabilities are on the side of their class, as a part of 1. */
    static double accuracy(double[] p, double[] y) {
        double right = 0;
        for (int i = 0; i < y.length; i++) {
            right += (p[i] > 0.5) == (y[i] == 1) ? 1 : 0;
        }
        return right / y.length;
    }

    /** How many of the rows of {@code p} are largest at their class, as a part of 1. */
    static double accuracy(double[] p, int[] label) {
        int classes = p.length / label.length;
        double right = 0;
        for (int i = 0; i < label.length; i++) {
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = p[classes * i + k] > p[classes * i + best] ? k : best;
            }
            right += best == label[i] ? 1 : 0;
        }
        return right / label.length;
    }
}
