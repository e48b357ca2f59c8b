package dev.gradc.benchmark;

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

    final String title;
    final int batch;

    /** Numbers in an example. */
    final int inputs;

    final int classes;

    Network(String model, String title, int batch, int inputs, int classes) {
        this.model = model;
        this.title = title;
        this.batch = batch;
        this.inputs = inputs;
        this.classes = classes;
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
}
