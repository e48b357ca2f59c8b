/**
 * Terms and the bodies that they stand in. {@link dev.gradc.check.term.Elaborator} turns a term into a value. It leaves calls to {@code
 * Calls} ({@code Inlining}, {@code ScalarInlining}, {@code ShapeChanges}, {@code DerivativeTerms}), operators to {@code Entrywise}, sums to {@code Reductions}, elements to
 * {@code Subscripts}. A call may put a whole body in its place: {@link dev.gradc.check.term.Blocks} understands its lines in order, {@code
 * Recurrences}, with {@code RecurrenceShapes} and {@code Starts}, those that read their own earlier entries. {@link
 * dev.gradc.check.term.IndexRanges} finds the ranges of indices. So these classes need each other in a circle, as terms and bodies do.
 */
package dev.gradc.check.term;
