package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Images;
import dev.gradc.benchmark.portable.ImagesForward;
import java.util.Arrays;

/** A JVM that starts, makes a network, asks it once and ends; and one that does nothing. */
final class Start {

    private static final int TIMES = 15;

    private Start() {}

    static final class Nothing {
        public static void main(String[] args) {}
    }

    static final class Portable {
        public static void main(String[] args) {
            ImagesForward forward = new ImagesForward(new Images(1), 1);
            forward.run(new float[784], 1);
            System.out.println(forward.p()[0]);
        }
    }

    static final class Vector {
        public static void main(String[] args) {
            var forward = new dev.gradc.benchmark.vector.ImagesForward(new dev.gradc.benchmark.vector.Images(1), 1);
            forward.run(new float[784], 1);
            System.out.println(forward.p()[0]);
        }
    }

    /** The medians for a JVM that does nothing and for the two backends, in nanoseconds; measured in turns. */
    static double[] measure() {
        double[][] times = new double[3][TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[0][i] = ColdJvm.run(Nothing.class).nanoseconds();
            times[1][i] = ColdJvm.run(Portable.class).nanoseconds();
            times[2][i] = ColdJvm.run(Vector.class, "--add-modules", "jdk.incubator.vector")
                    .nanoseconds();
        }
        return Arrays.stream(times).mapToDouble(Start::median).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
