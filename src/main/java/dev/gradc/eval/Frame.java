package dev.gradc.eval;

/** Where the loops of a definition stand. */
final class Frame {

    /** The value of each loop's index, outermost first. */
    final int[] index;

    /**
     * For each level a number that changes whenever one of its loops moves on. Level 0 is outside all loops and level n inside n of
     * them, so a value that depends on the outermost n indices only is good as long as {@code stamps[n]} stays.
     */
    final long[] stamps;

    private long clock;

    Frame(int loops) {
        index = new int[loops];
        stamps = new long[loops + 1];
    }

    /** Lets the loop {@code loop}, counted from 0, stand at {@code value}. */
    void move(int loop, int value) {
        index[loop] = value;
        stamps[loop + 1] = ++clock;
    }
}
