package dev.gradc.benchmark;

import java.util.List;
import org.encog.engine.network.activation.ActivationFunction;
import org.encog.engine.network.activation.ActivationReLU;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.engine.network.activation.ActivationSoftMax;
import org.encog.engine.network.activation.ActivationTANH;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.error.CrossEntropyErrorFunction;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.encog.neural.networks.training.propagation.back.Backpropagation;

/** The networks that have dense layers only, in Encog, from the weights of the compiled network. It computes in 64-bit numbers. */
final class Encog implements Model {

    private final Network work;
    private final BasicNetwork network = new BasicNetwork();

    Encog(Network work) {
        this.work = work;
        ActivationFunction hidden = switch (work) {
            case TINY_32, FLOWERS_1 -> new ActivationTANH();
            default -> new ActivationReLU();
        };
        ActivationFunction last = work.classes == 2 ? new ActivationSigmoid() : new ActivationSoftMax();
        // Of each layer a matrix and a bias.
        List<Compiled.Weights> weights = Compiled.weights(work);
        int layers = weights.size() / 2;
        network.addLayer(new BasicLayer(null, true, work.inputs));
        for (int layer = 0; layer < layers - 1; layer++) {
            network.addLayer(new BasicLayer(hidden, true, weights.get(2 * layer).shape()[0]));
        }
        network.addLayer(new BasicLayer(new EncogOutput(last, hidden), false, outputs()));
        network.getStructure().finalizeStructure();
        for (int layer = 0; layer < layers; layer++) {
            set(
                    layer,
                    weights.get(2 * layer).values(),
                    weights.get(2 * layer + 1).values());
        }
    }

    private int outputs() {
        return work.classes == 2 ? 1 : work.classes;
    }

    private void set(int layer, float[] matrix, float[] bias) {
        int inputs = matrix.length / bias.length;
        for (int i = 0; i < bias.length; i++) {
            for (int j = 0; j < inputs; j++) {
                network.setWeight(layer, j, i, matrix[i * inputs + j]);
            }
            // The bias is one more neuron below.
            network.setWeight(layer, inputs, i, bias[i]);
        }
    }

    @Override
    public Step training() {
        Loss loss = new Loss();
        // It adds up the gradients of the examples and takes no mean.
        double rate = (double) Network.RATE / work.batch;
        Backpropagation descent = new Backpropagation(network, new BasicMLDataSet(examples(), targets()), rate, 0);
        descent.setErrorFunction(loss);
        // It would add a tenth to the slope of each sigmoid.
        descent.fixFlatSpot(false);
        descent.setThreadCount(1);
        return () -> {
            loss.sum = 0;
            descent.iteration();
            return (float) (loss.sum / work.batch);
        };
    }

    private double[][] examples() {
        float[] from = work.examples();
        double[][] x = new double[work.batch][work.inputs];
        for (int i = 0; i < from.length; i++) {
            x[i / work.inputs][i % work.inputs] = from[i];
        }
        return x;
    }

    private double[][] targets() {
        int[] labels = work.labels();
        double[][] y = new double[work.batch][outputs()];
        for (int i = 0; i < labels.length; i++) {
            if (work.classes == 2) {
                y[i][0] = labels[i];
            } else {
                y[i][labels[i]] = 1;
            }
        }
        return y;
    }

    /** Cross entropy, with its value; Encog has its gradient only. */
    private static final class Loss extends CrossEntropyErrorFunction {

        private double sum;

        @Override
        public void calculateError(
                ActivationFunction function,
                double[] before,
                double[] after,
                double[] ideal,
                double[] actual,
                double[] error,
                double shift,
                double significance) {
            super.calculateError(function, before, after, ideal, actual, error, shift, significance);
            for (int i = 0; i < actual.length; i++) {
                if (ideal[i] == 1) {
                    sum -= Math.log(actual[i]);
                } else if (actual.length == 1) {
                    sum -= Math.log(1 - actual[i]);
                }
            }
        }
    }

    @Override
    public Answer inference() {
        double[] x = new double[work.inputs];
        double[] p = new double[work.classes];
        float[] result = new float[work.classes];
        return example -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = example[i];
            }
            network.compute(x, p);
            for (int i = 0; i < p.length; i++) {
                result[i] = (float) p[i];
            }
            return result;
        };
    }
}
