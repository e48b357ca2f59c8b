package dev.gradc.eval;

/** What an expression became: computes its value at the present iteration. */
@FunctionalInterface
interface Code {
    double at(Frame frame);

    /** What an integer expression became. */
    @FunctionalInterface
    interface Whole {
        int at(Frame frame);
    }
}
