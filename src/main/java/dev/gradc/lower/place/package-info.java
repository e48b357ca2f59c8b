/**
 * Statements from steps: {@link dev.gradc.lower.place.Statements} turns steps into stores and sums, {@link dev.gradc.lower.place.Tidy} and
 * {@code Powers} simplify what they compute. {@link dev.gradc.lower.place.Placement}, with {@code Scope}, {@code Value}, {@code
 * GuardedReads} and {@code PlacedCode}, gives names to shared values and finds the innermost place from which all their uses can be reached;
 * {@code Hints} and {@code Words} find the names.
 */
package dev.gradc.lower.place;
