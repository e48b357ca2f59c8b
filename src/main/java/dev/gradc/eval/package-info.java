/**
 * Runs programs of the intermediate representation, for {@code gradc eval}, for checks of gradients and for tests: slower than what
 * the compiler emits, and independent of it.
 *
 * <p>{@link dev.gradc.eval.Interpreter} is the door. A definition becomes a nest of loops ({@link dev.gradc.eval.LoopNest}) around
 * closures ({@link dev.gradc.eval.Coder}).
 */
package dev.gradc.eval;
