package dev.gradc.emit;

import dev.gradc.ir.Backend;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;
import dev.gradc.ir.Precision;
import dev.gradc.lower.Contraction;
import dev.gradc.lower.Strides;
import java.util.List;
import java.util.Optional;

/**
 * The class that multiplies matrices for a network. Each network has its own: in a shared one the virtual machine would compile the
 * loops for the mixture of all sizes.
 */
final class Kernels {

    /** The greatest width and depth that are brought in at a time: half a megabyte of floats, which the second-level cache holds. */
    private static final int WIDEST = 512;

    private static final int DEEPEST = 256;

    private final NetworkClasses classes;
    private final int width;
    private final int depth;

    /** @param products what it is needed for, if for anything */
    static Optional<Kernels> of(NetworkClasses classes, List<Contraction> products) {
        return products.isEmpty() ? Optional.empty() : Optional.of(new Kernels(classes, products));
    }

    private Kernels(NetworkClasses classes, List<Contraction> products) {
        this.classes = classes;
        width = greatest(products.stream().map(product -> longer(product)).toList(), WIDEST);
        depth = greatest(products.stream().map(Contraction::depth).toList(), DEEPEST);
    }

    /** Products of few columns are computed by their rows. */
    private static List<Index> longer(Contraction product) {
        return extent(product.rows()) > extent(product.columns()) ? product.rows() : product.columns();
    }

    private static int greatest(List<List<Index>> runs, int limit) {
        long greatest = runs.stream().mapToLong(Kernels::extent).max().orElse(1);
        return (int) Math.min(greatest, limit);
    }

    private static long extent(List<Index> run) {
        long extent = 1;
        for (Index loop : run) {
            extent *= loop.high() instanceof Constant ? Strides.extent(loop) : Integer.MAX_VALUE;
        }
        return extent;
    }

    /** The bytes of the numbers that an instance owns. */
    long bytes() {
        long number = classes.precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        return classes.backend == Backend.VECTOR ? 0 : number * width * (depth + 1L);
    }

    GeneratedFile write() {
        return template(classes.backend, width, depth)
                .put("MODEL", classes.model.simpleName())
                .put(classes.precision)
                .write(classes.kernels.packageName(), classes.kernels.simpleName());
    }

    static Template template(Backend backend, int width, int depth) {
        return switch (backend) {
            case PORTABLE ->
                new Template("PortableKernels.template").put("THE_WIDTH", width).put("THE_DEPTH", depth);
            case VECTOR -> new Template("VectorKernels.template");
        };
    }
}
