package dev.gradc.verify;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Initial;
import java.util.Random;

/** Draws values for tensors. */
public final class Samples {

    private Samples() {}

    /** The extents of a shape; {@code batch} where it is no constant. */
    public static int[] extents(Shape shape, int batch) {
        return shape.extents().stream()
                .mapToInt(extent -> extent instanceof Constant constant ? (int) constant.value() : batch)
                .toArray();
    }

    public static int size(Shape shape, int batch) {
        int size = 1;
        for (int extent : extents(shape, batch)) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    /** Values for {@code tensor}: integers within its limit, else numbers from {@code low} to {@code high}. */
    public static double[] uniform(Tensor tensor, int batch, Random random, double low, double high) {
        double[] values = new double[size(tensor.shape(), batch)];
        int limit = tensor.limit()
                .filter(Constant.class::isInstance)
                .map(l -> (int) ((Constant) l).value())
                .orElse(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.isInteger() ? random.nextInt(limit) : low + (high - low) * random.nextDouble();
        }
        return values;
    }

    /** Values for a tensor of {@code shape} from {@code distribution}. */
    public static double[] draw(Shape shape, int batch, Initial distribution, Random random) {
        double[] values = new double[size(shape, batch)];
        for (int i = 0; i < values.length; i++) {
            double first = distribution.first();
            values[i] = switch (distribution.kind()) {
                case CONSTANT -> first;
                case UNIFORM -> first + (distribution.second() - first) * random.nextDouble();
                case NORMAL -> first + distribution.second() * random.nextGaussian();
                case BERNOULLI -> random.nextDouble() < first ? 1 : 0;
            };
        }
        return values;
    }
}
