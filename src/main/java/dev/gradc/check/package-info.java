/**
 * Gives the surface tree its meaning: names, shapes, index ranges, inlining of functions and layers. Out comes a
 * {@link dev.gradc.ir.Unit} of programs, or diagnostics.
 *
 * <p>Start reading at {@link dev.gradc.check.Checker}; {@code Elaborator} turns a term into a {@code Value}.
 */
package dev.gradc.check;
