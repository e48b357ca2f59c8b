/**
 * Differentiation of programs.
 *
 * <ul>
 *   <li>{@link dev.gradc.diff.Reverse} and {@link dev.gradc.diff.Forward} are the doors to the two modes. Both take the derivative of a
 *       definition's body from {@code BodyAdjoint}, which is the chain rule through the derivative table, after {@code Linearization} of
 *       its reduction.
 *   <li>Reverse mode walks a Wengert list backwards ({@code BackwardPass}, through time {@code BackwardRecurrence}): each definition is a
 *       {@code Line} with {@code Contributions} to the {@code Adjoints} of what it reads. {@code Window} is the way back through pooling,
 *       {@code Silence} keeps what no selection takes out of it.
 *   <li>{@link dev.gradc.diff.Derivatives} arranges gradients, Jacobians, Hessians and products for callers, of programs without loops by
 *       {@code EntryDerivatives} and {@code Elimination}.
 *   <li>Before it: {@link dev.gradc.diff.Reuse} keeps values that derivatives are written in, {@link dev.gradc.diff.PerEntry} and {@link
 *       dev.gradc.diff.Pointwise} find the derivatives of each example in one pass, {@link dev.gradc.diff.Specialization} fixes arguments.
 * </ul>
 */
package dev.gradc.diff;
