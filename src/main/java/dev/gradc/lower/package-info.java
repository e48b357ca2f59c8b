/**
 * From a program to loops: what the emitter writes down without thinking any more. {@link dev.gradc.lower.Lowering} is the door, and
 * its one method {@code lower} the way through the package:
 *
 * <ul>
 *   <li>Definitions are prepared: {@link dev.gradc.lower.StepsOutermost} lays out, for all passes of a network at once, what recurrences
 *       compute; {@code Slices} brings a tensor to the functions that read parts of it; {@code GuardedLoops} leaves out what a guard excludes, {@code MatrixOperands} and {@code Transposes} bring
 *       the factors of products into the form of matrices, {@code RowArguments} the arguments of functions into rows; {@code DataLast}
 *       orders what is left.
 *   <li>They get loops: {@code Nest} puts each into the loops of those before it where the order of the computation allows that, by an
 *       {@code Insertion} that leaves {@code Step}s in {@code NestedLoop}s; {@code Lockstep}, with {@code LockstepLoop}, {@code Lanes} and {@code Standing}, lets iterations over data go on together,
 *       {@code Storage} decides what needs an array and what is a local variable.
 *   <li>They become statements: {@code Statements} turns steps into stores and sums, {@code Tidy} and {@code Powers} simplify what they
 *       compute, and {@code Placement}, with {@code Scope}, {@code Value}, {@code GuardedReads}, {@code PlacedCode} and {@code Hints}, gives names to shared values and finds the
 *       innermost place from which all their uses can be reached.
 *   <li>The loops get the form that a processor is fast with: {@code Copies}, {@code MergedLoops}, {@code Jam}, {@code VectorLoops}; and
 *       {@code Partition} cuts what is too long for a method, by the measure of {@code CodeSize}.
 * </ul>
 *
 * <p>The result is a {@link dev.gradc.lower.Body} of {@link dev.gradc.lower.Code}, whose largest statements are products of matrices,
 * {@link dev.gradc.lower.Contraction}, and functions of rows, {@link dev.gradc.lower.Application}. {@link dev.gradc.lower.OperationCount}
 * says what it costs, {@link dev.gradc.lower.IndependentExamples} whether the examples of a batch can be computed apart. Where in their
 * arrays elements stand is the subject of {@link dev.gradc.ir.Affine}, {@link dev.gradc.lower.Strides} and {@link
 * dev.gradc.lower.Offsets}.
 */
package dev.gradc.lower;
