/**
 * Derivatives against finite differences, and rules of the user against what they replace. {@link dev.gradc.verify.Checking} is what
 * {@code gradc check} does.
 */
package dev.gradc.verify;
