/**
 * Loops around definitions: {@link dev.gradc.lower.nest.Nest} puts each into the loops of those before it where the order of the computation
 * allows that, by an {@code Insertion} that leaves {@link dev.gradc.lower.nest.Step}s in {@link dev.gradc.lower.nest.NestedLoop}s; {@code
 * Row} finds the loop that is best inside the others, {@code Reach} what a definition fills. {@link dev.gradc.lower.nest.Lockstep}, with
 * {@code LockstepLoop}, {@code Lanes} and {@code Standing}, lets iterations over data go on together; {@link dev.gradc.lower.nest.Storage}
 * decides what needs an array and what is a local variable.
 */
package dev.gradc.lower.nest;
