/**
 * Gives the surface tree its meaning: names, shapes, index ranges, inlining of functions and layers. Out comes a
 * {@link dev.gradc.ir.Unit} of programs, or diagnostics. {@link dev.gradc.check.Checker} is the door.
 *
 * <ul>
 *   <li>What a file declares: {@code Declarations} finds it by its name, {@code TableRows} turns functions into rows of the derivative
 *       table, {@link dev.gradc.check.StandardLibrary} is what all files may use.
 *   <li>Statements: {@code Functions} and {@code Networks}, with {@code Initials}, {@code Optimizers} and {@code TrainSettings}, understand a
 *       declaration, {@code Blocks} the lines of its body in order, {@code Recurrences}, with {@code RecurrenceShapes}, {@code Starts} and
 *       {@code LoopOrder}, lines that read their own earlier entries.
 *   <li>Terms: {@code Elaborator} turns one into a {@code Value}, in a {@code Context} of names, loops and conditions. It leaves calls to
 *       {@code Calls} ({@code Overloads}, {@code Inlining}, {@code ScalarInlining}, {@code ShapeChanges}, {@code DerivativeTerms}), sums to
 *       {@code Reductions}, elements to {@code Subscripts}.
 *   <li>Indices: {@code IndexRanges} and {@code IndexSizes} find their ranges; {@code Subscripts}, {@code Distances} and {@code
 *       Enumeration} prove that what they reach is there.
 *   <li>What comes of it: {@code Translation} is the list of definitions that grows on the way, {@code Owner} names the parameters of
 *       layers.
 *   <li>What is wrong: {@code NotFound}, {@code WrongArguments} and {@code ShapeMismatch} say it; {@code Uncalled} and {@code UnknownNames}
 *       look into what nothing calls.
 * </ul>
 */
package dev.gradc.check;
