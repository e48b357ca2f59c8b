/**
 * Writes Java through JavaPoet. {@link dev.gradc.emit.JavaEmitter} is the door.
 *
 * <ul>
 *   <li>Classes of functions: {@code FunctionsClass} writes one, a method for each {@link dev.gradc.emit.MethodUnit}, whose
 *       statements are a {@link dev.gradc.emit.LoweredMethod}; {@code FunctionsTestClass} writes a test that compares it with finite
 *       differences.
 *   <li>Classes of a network, which agree by {@code NetworkClasses}: {@code ModelClass} owns the parameters, {@code ForwardClass} and {@code
 *       BackwardClass} are the passes, with their arrays in a {@code Workspace}, and {@code TrainerClass} trains, with the {@code
 *       UpdateMethod} of the optimiser and, where threads take examples, {@code SharedExamples}; {@code Kernels} multiplies matrices and {@code RowsClass} applies functions to rows for them, {@code ParameterFile} reads and writes parameters.
 *   <li>Methods: {@code CodeWriter} writes the statements that {@code lower} made, and {@code ExpressionWriter} the expressions in them,
 *       under the names of {@code Variables}; {@code RunWriter} writes what is done to runs of elements at once, {@code VectorLoop} loops over
 *       vectors. {@code Helpers} are the functions that they call, {@code PartMethods} what became of methods that were too long.
 *   <li>Functions of rows: {@code PortableRows} writes loops that the virtual machine turns into vectors, {@code VectorRows}, with {@code
 *       VectorMethods}, {@code VectorRule} and {@code VectorExpressions}, those with vectors of their own.
 *   <li>Words: text of the source reaches a Java file only through {@code Identifiers}, {@code JavadocText} and {@code Literals}.
 * </ul>
 */
package dev.gradc.emit;
