/**
 * The one intermediate representation: a Wengert list of definitions over tensors.
 *
 * <p>A {@link dev.gradc.ir.Program} is an ordered list of {@link dev.gradc.ir.Definition}s {@code for i,j,k: t[i,j] += body}. A body
 * is a scalar, hash-consed {@link dev.gradc.ir.Expr}: a constant, an index, an element of a tensor, a call, or a selection.
 * Reductions stand only at the root of a definition, so a body binds no names and two equal bodies are one object. Scalars
 * are tensors of rank 0; a batch is one more index; every adjoint is again a definition.
 *
 * <ul>
 *   <li>Expressions: {@link dev.gradc.ir.Expr} is a {@code Constant}, an {@code Index}, an {@code Access}, a {@code Call} of an {@code
 *       Operator} or another {@code Function}, or a {@code Select}. {@code Walk} lists what stands in them, {@code Rewrite} rebuilds
 *       them, {@code ExprTable} and {@code ExprSet} remember things of them.
 *   <li>Programs: a {@code Definition} fills entries of a {@code Tensor} of some {@code Shape}, through time in {@code Recurrence}s; a
 *       {@code Gradient} is a backward pass, a {@link dev.gradc.ir.Unit} all that a file declares.
 *   <li>What is known without running them: {@code IntegerRange} and {@code KnownRanges} of subscripts, {@code Affine} of their form,
 *       {@code Box} and {@code Filling} of the entries that a definition reaches.
 *   <li>Names: {@code Letters} for indices, {@code Numbering} for the second of a name. Numbers: {@code Precision} and {@code Decimals}.
 * </ul>
 */
package dev.gradc.ir;
