/**
 * Writes Java through JavaPoet. {@link dev.gradc.emit.JavaEmitter} is the door. Each group reads only those after it:
 *
 * <ul>
 *   <li>Tests: {@code FunctionsTestClass} and {@code NetworkTestClass} compare a class with finite differences, by {@code
 *       SlopeMethods} and {@code Differences}.
 *   <li>Classes of functions: {@code FunctionsClass} writes one, a method for each {@link dev.gradc.emit.MethodUnit}, whose
 *       statements are a {@link dev.gradc.emit.LoweredMethod}, of a matrix without its zeros by {@code Sparse}.
 *   <li>Classes of a network, which agree by {@code NetworkClasses}: {@code ModelClass} owns the parameters, {@code ForwardClass} and
 *       {@code BackwardClass} are the passes, with {@code PassMethods} that work in the arrays of a {@code Workspace}, and {@code
 *       TrainerClass} trains, with {@code EpochMethods}, the {@code UpdateMethod} of the optimiser and, where threads take examples, {@code
 *       SharedExamples}. A {@code ForwardPass} is the forward pass in one {@code Mode}, in {@code Stages}. {@code Kernels} multiplies
 *       matrices, {@code ParameterFile} reads and writes parameters; both are a {@code Template}.
 *   <li>Functions of rows: a {@code RowsClass} is {@code PortableRows}, loops that the virtual machine turns into vectors, or {@code
 *       VectorRows}, which has vectors of its own, by {@code VectorMethods} and {@code VectorRule}.
 *   <li>Functions of numbers: {@code HelperMethods} writes those that a class calls.
 *   <li>Statements: {@code CodeWriter} writes those that {@code lower} made, in {@code Lines}: loops over vectors by {@code VectorLoop},
 *       what is done to runs of elements at once by {@code RunWriter}, sums and extrema by {@code Gathering}, zeros by {@code Clearing}.
 *       {@code PartMethods} are what became of methods that were too long.
 *   <li>Expressions: {@code ExpressionWriter} writes them in {@code Fragment}s, which {@code Arithmetic} puts together, under the
 *       names of {@code Variables}, and asks {@code Helpers} for functions; {@code VectorExpressions} writes those of vectors.
 *   <li>Words: text of the source reaches a Java file only through {@code Identifiers}, {@code JavadocText}, {@code Comments} and {@code
 *       Literals}.
 * </ul>
 */
package dev.gradc.emit;
