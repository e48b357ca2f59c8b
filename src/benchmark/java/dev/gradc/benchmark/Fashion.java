package dev.gradc.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Trains the network of 784-128-10 on the 60,000 images of Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), from the files as they are, and
 * tries it on the 10,000 others. Prints the accuracy.
 */
final class Fashion {

    /** Where Debian's package dataset-fashion-mnist puts it. */
    static final Path DATA = Path.of("/usr/share/datasets/fashion-mnist");

    static final int EPOCHS = 10;

    /** At first; it falls to 0 in a straight line. */
    private static final float RATE = 0.15f;

    private Fashion() {}

    static final class Portable {
        public static void main(String[] args) throws IOException {
            System.out.println(accuracy("portable"));
        }
    }

    static final class Vector {
        public static void main(String[] args) throws IOException {
            System.out.println(accuracy("vector"));
        }
    }

    private static double accuracy(String backend) throws IOException {
        Compiled network = new Compiled(Network.IMAGES_128, backend, 1);
        float[] x = images("train-images-idx3-ubyte.gz", 60_000);
        int[] labels = labels("train-labels-idx1-ubyte.gz", 60_000);
        Compiled.Passes passes = network.passes(x, labels);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            passes.run(RATE * (EPOCHS - epoch) / EPOCHS);
        }
        float[] newX = images("t10k-images-idx3-ubyte.gz", 10_000);
        int[] newLabels = labels("t10k-labels-idx1-ubyte.gz", 10_000);
        Model.Answer answer = network.inference();
        int right = 0;
        float[] image = new float[784];
        for (int i = 0; i < newLabels.length; i++) {
            System.arraycopy(newX, 784 * i, image, 0, 784);
            right += largest(answer.to(image)) == newLabels[i] ? 1 : 0;
        }
        return right / (double) newLabels.length;
    }

    private static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /** Grey values, with the mean 0 and the deviation 1 of all that are trained with. */
    private static float[] images(String file, int count) throws IOException {
        byte[] bytes = bytes(file, 16, count * 784);
        float[] x = new float[bytes.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = ((bytes[i] & 0xff) / 255f - 0.286f) / 0.353f;
        }
        return x;
    }

    private static int[] labels(String file, int count) throws IOException {
        byte[] bytes = bytes(file, 8, count);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = bytes[i];
        }
        return labels;
    }

    private static byte[] bytes(String file, int header, int count) throws IOException {
        try (InputStream packed = Files.newInputStream(DATA.resolve(file));
                DataInputStream data = new DataInputStream(new GZIPInputStream(packed, 1 << 16))) {
            data.readFully(new byte[header]);
            byte[] bytes = new byte[count];
            data.readFully(bytes);
            return bytes;
        }
    }
}
