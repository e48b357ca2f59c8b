/**
 * The table of functions and rules. Its content is text, in the {@code .nn} files of {@code resources/dev/gradc/library}; this package
 * only holds what those lines say once they are understood: which method computes a function, what its partial derivatives
 * are, which identities the simplifier may use, and what takes the place of functions in single precision.
 */
package dev.gradc.library;
