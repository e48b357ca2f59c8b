/**
 * Differentiation. {@link dev.gradc.diff.Reverse} walks a Wengert list backwards, {@link dev.gradc.diff.Forward} forwards;
 * both take the derivative of a definition's body from {@code BodyAdjoint}, which is the chain rule through the derivative table.
 */
package dev.gradc.diff;
