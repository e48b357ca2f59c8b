/**
 * What can be known of integer expressions and of loops, without a program around them: {@link dev.gradc.check.index.Constants}, {@link
 * dev.gradc.check.index.Enumeration} and {@link dev.gradc.check.index.Integers} answer questions about one expression, {@link
 * dev.gradc.check.index.IndexSizes} and {@link dev.gradc.check.index.WholeRange} find ranges, {@link dev.gradc.check.index.LoopOrder} the
 * order in which a recurrence can run, by the {@code Distances} between what it reads and what it defines.
 */
package dev.gradc.check.index;
