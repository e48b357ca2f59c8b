/**
 * Gives the surface tree its meaning: names, shapes, index ranges, inlining of functions and layers. Out comes a
 * {@link dev.gradc.ir.Unit} of programs, or diagnostics. {@link dev.gradc.check.Checker} is the door.
 *
 * <p>Here are the declarations of a file: {@code Functions} and {@code Networks}, with {@code NetworkHost}, {@code Outputs}, {@code
 * Initials}, {@code Optimizers} and {@code TrainSettings}, understand one each, {@code TableRows} turns functions into rows of the derivative table, {@link
 * dev.gradc.check.StandardLibrary} is what all files may use; {@code Uncalled} and {@code UnknownNames} look into what nothing calls. Below,
 * each reading only what comes after it: {@link dev.gradc.check.term} the terms in declarations, {@link dev.gradc.check.scope} what is
 * known where they stand, {@link dev.gradc.check.index} the arithmetic of indices.
 */
package dev.gradc.check;
