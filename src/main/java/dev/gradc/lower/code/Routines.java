package dev.gradc.lower.code;

import dev.gradc.ir.Function;
import java.util.Set;

/**
 * What statements may leave to methods that work on many elements at once.
 *
 * @param products whether there are some for products of matrices
 * @param functions those of one argument that can be applied to a row of numbers
 * @param vectors whether loops may be written with vectors
 */
public record Routines(boolean products, Set<Function> functions, boolean vectors) {

    public static final Routines NONE = new Routines(false, Set.of(), false);

    public Routines {
        functions = Set.copyOf(functions);
    }
}
