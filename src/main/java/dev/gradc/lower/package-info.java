/**
 * From a program to loops: what the emitter writes down without thinking any more.
 *
 * <p>{@link dev.gradc.lower.Lowering} is the door. {@link dev.gradc.lower.Powers} turns small powers into products, {@link
 * dev.gradc.lower.Nest} puts each definition into the loops of those before it where the order of the computation allows that,
 * {@link dev.gradc.lower.Lockstep} lets iterations over data go on together, {@link dev.gradc.lower.Storage} decides what
 * needs an array and what is a local variable, {@link dev.gradc.lower.Statements} turns definitions into steps that store and gather, and
 * {@link dev.gradc.lower.Placement} gives names to shared values and finds the innermost place from which all their uses can be reached.
 * {@link dev.gradc.lower.MergedLoops}, {@link dev.gradc.lower.Jam} and {@link dev.gradc.lower.VectorLoops} give loops the form that a
 * processor is fast with, {@link dev.gradc.lower.Partition} cuts what is too long for a method. The result is a {@link dev.gradc.lower.Body} of {@link
 * dev.gradc.lower.Code}; {@link dev.gradc.lower.OperationCount} says what it costs.
 */
package dev.gradc.lower;
