package dev.gradc.benchmark;

import java.util.Arrays;

/**
 * The long short-term memory as a careful programmer writes it: layer by layer through time, each exponential once, and the way back
 * from what the way there has kept. Its tanh is exact to the last bits of 1, not of small values.
 */
final class MemoryByHand implements Evaluation {

    private static final int BITS = MemoryProblem.BITS;

    private final MemoryProblem problem;

    /** What goes into each layer, and what comes out of the last: layer, then character, then bit. */
    private final double[][] signal;

    private final double[][] forget;
    private final double[][] input;
    private final double[][] output;
    private final double[][] change;
    private final double[][] cell;
    private final double[][] shown;

    /** The derivative by what goes into the layer at hand; before, by what comes out of it. */
    private final double[] adjoint;

    MemoryByHand(MemoryProblem problem) {
        this.problem = problem;
        int size = problem.characters * BITS;
        signal = new double[problem.layers + 1][size];
        forget = new double[problem.layers][size];
        input = new double[problem.layers][size];
        output = new double[problem.layers][size];
        change = new double[problem.layers][size];
        cell = new double[problem.layers][size];
        shown = new double[problem.layers][size];
        adjoint = new double[size];
    }

    @Override
    public double run(double[] derivative) {
        Arrays.fill(derivative, 0);
        int size = problem.characters * BITS;
        for (int at = 0; at < size; at += BITS) {
            for (int i = 0; i < BITS; i++) {
                signal[0][at + i] = problem.into[i] * problem.x[at + i];
            }
        }
        for (int layer = 0; layer < problem.layers; layer++) {
            forward(layer);
        }
        double value = loss(derivative);
        for (int layer = problem.layers - 1; layer >= 0; layer--) {
            backward(layer, derivative);
        }
        int into = 8 * BITS * problem.layers;
        for (int at = 0; at < size; at += BITS) {
            for (int i = 0; i < BITS; i++) {
                derivative[into + i] += adjoint[at + i] * problem.x[at + i];
            }
        }
        return value;
    }

    private void forward(int layer) {
        double[] w = problem.w;
        double[] b = problem.b;
        double[] x = signal[layer];
        double[] h = signal[layer + 1];
        double[] c = cell[layer];
        int gates = 4 * BITS * layer;
        for (int i = 0; i < BITS; i++) {
            int f = gates + i;
            double wf = w[f];
            double wi = w[f + BITS];
            double wo = w[f + 2 * BITS];
            double wc = w[f + 3 * BITS];
            double past = problem.hidden[layer * BITS + i];
            double kept = problem.cell[layer * BITS + i];
            for (int at = i; at < x.length; at += BITS) {
                double forgotten = sigmoid(wf * x[at] + b[f]);
                double entered = sigmoid(wi * past + b[f + BITS]);
                double let = sigmoid(wo * x[at] + b[f + 2 * BITS]);
                double changed = tanh(wc * past + b[f + 3 * BITS]);
                kept = kept * forgotten + entered * changed;
                double seen = tanh(kept);
                past = let * seen;
                forget[layer][at] = forgotten;
                input[layer][at] = entered;
                output[layer][at] = let;
                change[layer][at] = changed;
                shown[layer][at] = seen;
                c[at] = kept;
                h[at] = past;
            }
        }
    }

    /** Returns the loss and begins the way back. */
    private double loss(double[] derivative) {
        double[] h = signal[problem.layers];
        double[] x = problem.x;
        int last = (problem.characters - 1) * BITS;
        int out = 8 * BITS * problem.layers + BITS;
        double[] y = new double[BITS];
        double[] e = new double[BITS];
        double value = 0;
        for (int at = 0; at < last; at += BITS) {
            double sum = 2;
            double bits = 0;
            for (int i = 0; i < BITS; i++) {
                y[i] = problem.out[i] * h[at + i] + problem.out[BITS + i];
                e[i] = Math.exp(y[i]);
                sum += e[i];
                bits += x[at + BITS + i];
            }
            double log = Math.log(sum);
            double factor = bits / sum;
            for (int i = 0; i < BITS; i++) {
                double bit = x[at + BITS + i];
                value += bit * (log - y[i]);
                double dy = (factor * e[i] - bit) / last;
                derivative[out + i] += dy * h[at + i];
                derivative[out + BITS + i] += dy;
                adjoint[at + i] = dy * problem.out[i];
            }
        }
        Arrays.fill(adjoint, last, adjoint.length, 0);
        return value / last;
    }

    private void backward(int layer, double[] derivative) {
        double[] w = problem.w;
        double[] x = signal[layer];
        double[] h = signal[layer + 1];
        int gates = 4 * BITS * layer;
        int biases = 4 * BITS * problem.layers;
        for (int i = 0; i < BITS; i++) {
            int f = gates + i;
            double wf = w[f];
            double wi = w[f + BITS];
            double wo = w[f + 2 * BITS];
            double wc = w[f + 3 * BITS];
            double dwf = 0;
            double dwi = 0;
            double dwo = 0;
            double dwc = 0;
            double dbf = 0;
            double dbi = 0;
            double dbo = 0;
            double dbc = 0;
            double dPast = 0;
            double dKept = 0;
            for (int at = x.length - BITS + i; at >= 0; at -= BITS) {
                boolean first = at < BITS;
                double past = first ? problem.hidden[layer * BITS + i] : h[at - BITS];
                double kept = first ? problem.cell[layer * BITS + i] : cell[layer][at - BITS];
                double forgotten = forget[layer][at];
                double entered = input[layer][at];
                double let = output[layer][at];
                double changed = change[layer][at];
                double seen = shown[layer][at];
                double dh = adjoint[at] + dPast;
                double dc = dKept + dh * let * (1 - seen * seen);
                double zf = dc * kept * forgotten * (1 - forgotten);
                double zi = dc * changed * entered * (1 - entered);
                double zo = dh * seen * let * (1 - let);
                double zc = dc * entered * (1 - changed * changed);
                dwf += zf * x[at];
                dwi += zi * past;
                dwo += zo * x[at];
                dwc += zc * past;
                dbf += zf;
                dbi += zi;
                dbo += zo;
                dbc += zc;
                adjoint[at] = zf * wf + zo * wo;
                dPast = zi * wi + zc * wc;
                dKept = dc * forgotten;
            }
            derivative[f] = dwf;
            derivative[f + BITS] = dwi;
            derivative[f + 2 * BITS] = dwo;
            derivative[f + 3 * BITS] = dwc;
            derivative[biases + f] = dbf;
            derivative[biases + f + BITS] = dbi;
            derivative[biases + f + 2 * BITS] = dbo;
            derivative[biases + f + 3 * BITS] = dbc;
        }
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double tanh(double z) {
        return 1 - 2 / (1 + Math.exp(2 * z));
    }
}
