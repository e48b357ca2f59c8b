package dev.gradc.lower.code;

import dev.gradc.ir.Affine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Index;

/** Which loops are worth vectors, and how much one of them may do. */
public final class VectorLimits {

    /** Fewer entries fill no vector. */
    private static final long SHORTEST = 16;

    /** Rows of 512 are as fast without vectors, so longer ones stay as they are. */
    private static final long LONGEST = 1024;

    /** Loads, operations and stores of a loop; HotSpot inlines no more vectors into one method than about fifty. */
    public static final int MOST = 36;

    private VectorLimits() {}

    /** Whether loops over {@code index} are of a length for vectors. */
    public static boolean isRow(Index index) {
        return index.low() == Constant.ZERO
                && least(index) >= SHORTEST
                && !(index.high() instanceof Constant && least(index) > LONGEST);
    }

    /** The iterations of a loop from 0, or what they are a multiple of. */
    public static long least(Index index) {
        Affine end = Affine.of(index.high());
        return end.isOfSizes() ? end.divisor() : 1;
    }
}
