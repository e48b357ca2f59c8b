package dev.gradc.emit.network;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;
import dev.gradc.ir.Precision;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Strides;
import java.util.List;
import java.util.Optional;

/**
 * The class that multiplies matrices for a network. Each network has its own: in a shared one the virtual machine would compile the
 * loops for the mixture of all sizes.
 */
public final class Kernels {

    /** The greatest width and depth that are brought in at a time: half a megabyte of floats, which the second-level cache holds. */
    private static final int WIDEST = 512;

    private static final int DEEPEST = 255;

    /** Panels of the right matrix are as wide as some vectors, of which this is a multiple. */
    private static final int VECTORS = 64;

    /** Rows of the right matrix are taken in by threes, of which the depth is a multiple. */
    private static final int ROWS = 3;

    /** The rows that a thread computes of a panel before it brings them to where they belong. */
    private static final int GROUP = 64;

    private final NetworkClasses classes;
    private final int width;
    private final int depth;

    /** @param products what it is needed for, if for anything */
    public static Optional<Kernels> of(NetworkClasses classes, List<Contraction> products) {
        return products.isEmpty() ? Optional.empty() : Optional.of(new Kernels(classes, products));
    }

    private Kernels(NetworkClasses classes, List<Contraction> products) {
        this.classes = classes;
        int widest = greatest(products.stream().map(product -> longer(product)).toList(), WIDEST);
        int deepest = greatest(products.stream().map(Contraction::depth).toList(), DEEPEST);
        width = (widest + VECTORS - 1) / VECTORS * VECTORS;
        depth = (deepest + ROWS - 1) / ROWS * ROWS;
    }

    /** Any product may be computed as its mirror image. */
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
            long length = loop.high() instanceof Constant ? Strides.extent(loop) : Integer.MAX_VALUE;
            extent = Math.min(extent * length, Integer.MAX_VALUE);
        }
        return extent;
    }

    /** The bytes of the numbers that an instance owns which one thread uses. */
    long bytes() {
        long number = classes.precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        if (classes.backend == Backend.VECTOR) {
            return number * (width * (long) depth + GROUP * VECTORS);
        }
        // Rows of their own, 48 bytes longer than they are wide.
        return (number * width + 48) * (depth + 2);
    }

    /** The class, and that of the threads which share its work. */
    public List<GeneratedFile> write() {
        return write(
                classes.kernels.packageName(),
                classes.model.simpleName(),
                classes.backend,
                classes.precision,
                width,
                depth);
    }

    public static List<GeneratedFile> write(
            String packageName, String model, Backend backend, Precision precision, int width, int depth) {
        String team = model + "Team";
        return List.of(
                new Template(backend == Backend.VECTOR ? "VectorKernels.template" : "PortableKernels.template")
                        .put("MODEL", model)
                        .put("TEAM", team)
                        .put("THE_WIDTH", width)
                        .put("THE_DEPTH", depth)
                        .put("THE_GROUP", GROUP)
                        .put(precision)
                        .write(packageName, model + "Kernels"),
                new Template("Team.template").put("MODEL", model).write(packageName, team));
    }
}
