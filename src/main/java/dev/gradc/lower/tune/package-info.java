/**
 * Loops in the form that a processor is fast with: {@link dev.gradc.lower.tune.Copies} of whole runs, {@link
 * dev.gradc.lower.tune.MergedLoops} through the same elements, {@link dev.gradc.lower.tune.Jam} for sums side by side, {@link
 * dev.gradc.lower.tune.VectorLoops}; and {@link dev.gradc.lower.tune.Partition} cuts what is too long for a method, by the measure of {@code
 * CodeSize}.
 */
package dev.gradc.lower.tune;
