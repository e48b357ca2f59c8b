/**
 * Statements: {@link dev.gradc.emit.statement.CodeWriter} writes those that {@link dev.gradc.lower} made, in {@code Lines}: loops over
 * vectors by {@code VectorLoop}, what is done to runs of elements at once by {@code RunWriter}, sums and extrema by {@code Gathering}, zeros
 * by {@code Clearing}. {@link dev.gradc.emit.statement.PartMethods} are what became of methods that were too long.
 *
 * <p>Expressions: {@link dev.gradc.emit.statement.ExpressionWriter} writes them in {@link dev.gradc.emit.statement.Fragment}s, which {@code
 * Arithmetic} puts together, with {@link dev.gradc.emit.statement.Literals}, under the names of {@link
 * dev.gradc.emit.statement.Variables}; {@link dev.gradc.emit.statement.VectorExpressions} writes those of vectors. Functions are each a
 * {@link dev.gradc.emit.statement.JavaMethod}, of Java's library or among the {@link dev.gradc.emit.statement.Helpers}, which {@link
 * dev.gradc.emit.statement.HelperMethods} writes.
 */
package dev.gradc.emit.statement;
