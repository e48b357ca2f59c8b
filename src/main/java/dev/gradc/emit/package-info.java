/**
 * Writes Java through JavaPoet. {@link dev.gradc.emit.JavaEmitter} is the door.
 *
 * <p>{@link dev.gradc.emit.ExpressionWriter} writes expressions, {@link dev.gradc.emit.CodeWriter} the statements that {@code lower}
 * made; {@link dev.gradc.emit.FunctionsClass} writes a class of functions, and {@link dev.gradc.emit.ModelClass}, {@link
 * dev.gradc.emit.ForwardClass}, {@link dev.gradc.emit.BackwardClass} and {@link dev.gradc.emit.TrainerClass} what becomes of a
 * network. Text of the source reaches a Java file only through {@link dev.gradc.emit.Identifiers} and {@link dev.gradc.emit.JavadocText}.
 */
package dev.gradc.emit;
