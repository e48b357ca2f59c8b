/**
 * What is known where a term stands. A {@link dev.gradc.check.scope.Context} has the {@link dev.gradc.check.scope.Declarations} of the
 * file, the {@link dev.gradc.check.scope.Scope} of names, each with its {@link dev.gradc.check.scope.Value}, the loops and conditions
 * around, and the {@link dev.gradc.check.scope.Owner} of new parameters; the {@link dev.gradc.check.scope.Translation} is the list of
 * definitions that grows on the way, each with {@code OwnLoops}. {@link dev.gradc.check.scope.NotFound}, {@link dev.gradc.check.scope.WrongArguments} and {@link
 * dev.gradc.check.scope.ShapeMismatch} say what is wrong, in the words of {@link dev.gradc.check.scope.Wording}.
 */
package dev.gradc.check.scope;
