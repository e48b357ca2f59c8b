/**
 * Formulas as a mathematician writes them, in the exact arithmetic of real numbers. {@link dev.gradc.algebra.Algebra} is the door:
 * {@code NormalForm} collects sums ({@code SumForm}) and products ({@code ProductForm}), {@code Factoring} takes common factors out, {@code
 * Expansion} multiplies out what is shorter so, and {@code Arrangement} and {@code Finish} put terms and factors in the order, and
 * under the signs and roots, that readers expect.
 */
package dev.gradc.algebra;
