/**
 * Differentiation. {@link dev.gradc.diff.Reverse} and {@link dev.gradc.diff.Forward} are the doors to the two modes. Reverse mode walks a
 * Wengert list backwards ({@code BackwardPass}, through time {@code BackwardRecurrence}) and brings together what the definitions
 * contribute to each adjoint ({@code Adjoints}). Both modes take the derivative of a definition's body from {@code BodyAdjoint}, which is
 * the chain rule through the derivative table. {@link dev.gradc.diff.Derivatives} arranges gradients, Jacobians and Hessians for callers.
 */
package dev.gradc.diff;
