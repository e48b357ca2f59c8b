package dev.gradc.ir;

/** What the products of matrices in generated code are made of. */
public enum Backend {
    /** Plain Java, in loops that the virtual machine vectorises by itself. */
    PORTABLE,
    /** The vectors of {@code jdk.incubator.vector}: code that is compiled and run with {@code --add-modules jdk.incubator.vector}. */
    VECTOR
}
