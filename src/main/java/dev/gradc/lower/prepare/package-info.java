/**
 * Definitions before they get loops: {@link dev.gradc.lower.prepare.Slices} brings a tensor to the functions that read parts of it, {@link
 * dev.gradc.lower.prepare.GuardedLoops} leaves out what a guard excludes, {@link dev.gradc.lower.prepare.MatrixOperands} and {@link
 * dev.gradc.lower.prepare.Transposes} bring the factors of products into the form of matrices, {@link
 * dev.gradc.lower.prepare.RowArguments} the arguments of functions into rows; {@link dev.gradc.lower.prepare.DataLast} orders what is left.
 * What they compute on the way is {@code Temporary}.
 */
package dev.gradc.lower.prepare;
