/**
 * From a program to loops: what the emitter writes down without thinking any more. {@link dev.gradc.lower.Lowering} is the door, and
 * its one method {@code lower} the way through the folders, each of which reads {@link dev.gradc.lower.code} and none that comes after it:
 *
 * <ul>
 *   <li>{@link dev.gradc.lower.prepare}: definitions get the form of matrices and rows;
 *   <li>{@link dev.gradc.lower.nest}: they get loops, and what they compute gets its place in memory;
 *   <li>{@link dev.gradc.lower.place}: they become statements, with variables for what they share;
 *   <li>{@link dev.gradc.lower.tune}: the loops get the form that a processor is fast with.
 * </ul>
 *
 * <p>The result is a {@link dev.gradc.lower.code.Body} of {@link dev.gradc.lower.code.Code}. Before, {@link
 * dev.gradc.lower.StepsOutermost} lays out what recurrences compute, for all passes of a network at once; after, {@link
 * dev.gradc.lower.OperationCount} says what it costs, and {@link dev.gradc.lower.IndependentExamples} whether the examples of a batch can
 * be computed apart.
 */
package dev.gradc.lower;
