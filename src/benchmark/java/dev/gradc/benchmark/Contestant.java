package dev.gradc.benchmark;

/** Who does the work. */
public enum Contestant {
    /** What gradc generates, plain Java. */
    PORTABLE,
    /** What gradc generates with the Vector API. */
    VECTOR,
    /** Plain Java with two threads. */
    PORTABLE_2,
    /** The Vector API with two threads. */
    VECTOR_2,
    /** Java as a careful programmer writes it. */
    BY_HAND,
    /** Hipparchus, which carries derivatives along in objects. */
    HIPPARCHUS,
    /** Encog, which trains networks in Java. */
    ENCOG,
    /** PyTorch through DJL. */
    PYTORCH,
    /** The same with two threads. */
    PYTORCH_2
}
