package dev.gradc.benchmark;

/** Who does the work. */
public enum Contestant {
    /** What gradc generates, plain Java. */
    PORTABLE,
    /** What gradc generates with the Vector API. */
    VECTOR,
    /** Java as a careful programmer writes it. */
    BY_HAND,
    /** Hipparchus, which carries derivatives along in objects. */
    HIPPARCHUS,
    /** PyTorch through DJL. */
    PYTORCH,
    /** The same with two threads. */
    PYTORCH_2
}
