package dev.gradc.benchmark;

import static dev.gradc.benchmark.Contestant.ENCOG;
import static dev.gradc.benchmark.Contestant.PORTABLE;
import static dev.gradc.benchmark.Contestant.PORTABLE_2;
import static dev.gradc.benchmark.Contestant.PYTORCH;
import static dev.gradc.benchmark.Contestant.PYTORCH_2;
import static dev.gradc.benchmark.Contestant.VECTOR;
import static dev.gradc.benchmark.Contestant.VECTOR_2;

import java.util.List;
import java.util.Random;

/** A network of {@code networks.nn} with a batch to train it with; the data are random, but always the same. */
public enum Network {
    TINY_32("Tiny", "2-5-1", 32, 2, 2),
    FLOWERS_1("Flowers", "4-16-3", 1, 4, 3),
    IMAGES_1("Images", "784-128-10", 1, 784, 10),
    IMAGES_32("Images", "784-128-10", 32, 784, 10),
    IMAGES_128("Images", "784-128-10", 128, 784, 10),
    DEEP_IMAGES_128("DeepImages", "784-512-512-10", 128, 784, 10),
    CONVOLUTIONS_32("Convolutions", "28×28, conv 5×5×8, pool, conv 5×5×16, pool, 10", 32, 784, 10),
    SEQUENCES_32("Sequences", "LSTM 32→64, 20 steps", 32, 640, 10);

    /** How far a step goes down the gradient; the same for all contestants. */
    static final float RATE = 0.01f;

    /** What its class is called. */
    final String model;

    final int batch;

    /** Numbers in an example. */
    final int inputs;

    final int classes;

    private final String layers;

    Network(String model, String layers, int batch, int inputs, int classes) {
        this.model = model;
        this.layers = layers;
        this.batch = batch;
        this.inputs = inputs;
        this.classes = classes;
    }

    /** Whether it is trained; else it is asked. */
    boolean trains() {
        return batch > 1;
    }

    String title() {
        return trains() ? "train " + layers + ", batch " + batch : "ask " + layers;
    }

    /** Those who can do it, first the one whom the others must agree with. */
    List<Contestant> contestants() {
        return switch (this) {
            // Encog has dense layers only.
            case SEQUENCES_32 -> List.of(PYTORCH, PYTORCH_2, VECTOR, PORTABLE);
            // Two threads share the examples of the one, the products of the other.
            case CONVOLUTIONS_32 -> List.of(PYTORCH, PYTORCH_2, VECTOR, VECTOR_2, PORTABLE, PORTABLE_2);
            case DEEP_IMAGES_128 -> List.of(PYTORCH, PYTORCH_2, ENCOG, VECTOR, VECTOR_2, PORTABLE, PORTABLE_2);
            default -> List.of(PYTORCH, PYTORCH_2, ENCOG, VECTOR, PORTABLE);
        };
    }

    /** All contestants start from equal weights. */
    Model by(Contestant contestant) {
        return switch (contestant) {
            case PORTABLE -> new Compiled(this, "portable", 1);
            case PORTABLE_2 -> new Compiled(this, "portable", 2);
            case VECTOR -> new Compiled(this, "vector", 1);
            case VECTOR_2 -> new Compiled(this, "vector", 2);
            case ENCOG -> new Encog(this);
            case PYTORCH -> new Torch(this, 1);
            case PYTORCH_2 -> new Torch(this, 2);
            case BY_HAND, HIPPARCHUS -> throw new IllegalArgumentException(contestant + " has no networks");
        };
    }

    /** One example after the other, normally distributed. */
    float[] examples() {
        Random random = new Random(1);
        float[] x = new float[batch * inputs];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** The class of each example. */
    int[] labels() {
        return new Random(2).ints(batch, 0, classes).toArray();
    }

    /** The same as numbers: of two classes, the probability of the second. */
    float[] targets() {
        int[] labels = labels();
        float[] targets = new float[batch];
        for (int i = 0; i < batch; i++) {
            targets[i] = labels[i];
        }
        return targets;
    }
}
