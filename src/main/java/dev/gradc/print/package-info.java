/**
 * Writes expressions as text, LaTeX, MathML and Java.
 *
 * <p>What a notation looks like is text too: a file {@code resources/dev/gradc/print/*.notation} holds a template for each operator
 * and for the functions that have a form of their own. {@link dev.gradc.print.Layout} decides about signs and order, {@link
 * dev.gradc.print.Printer} about parentheses and shared parts.
 */
package dev.gradc.print;
