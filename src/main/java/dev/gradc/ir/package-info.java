/**
 * The one intermediate representation: a Wengert list of definitions over tensors.
 *
 * <p>A {@link dev.gradc.ir.Program} is an ordered list of {@link dev.gradc.ir.Definition}s {@code for i,j,k: t[i,j] += body}. A body
 * is a scalar, hash-consed {@link dev.gradc.ir.Expr}: a constant, an index, an element of a tensor, a call, or a selection.
 * Reductions stand only at the root of a definition, so a body binds no names and two equal bodies are one object. Scalars
 * are tensors of rank 0; a batch is one more index; every adjoint is again a definition.
 */
package dev.gradc.ir;
