/**
 * Simpler programs of equal value. One engine applies the identities of the library, which are text, to the shared expressions of the
 * intermediate representation, and folds constants:
 *
 * <ul>
 *   <li>{@link dev.gradc.simplify.Rewriter} applies rules from the leaves up. {@link dev.gradc.simplify.RuleSet} finds one that fits,
 *       {@code Matcher} what its variables stand for, and {@link dev.gradc.simplify.Ranges} proves its condition; {@code LookThrough} and
 *       {@code OtherForms} let it see a form that is spread over several definitions.
 *   <li>{@link dev.gradc.simplify.Stabilizer} and {@link dev.gradc.simplify.Simplifier} are the passes before differentiation and after
 *       it. They differ in the rules; the second also merges definitions and removes those that nobody reads.
 *   <li>{@link dev.gradc.simplify.Scalarization} unrolls what is small, {@link dev.gradc.simplify.CommonEntries} works out once what loops
 *       would work out again and again.
 * </ul>
 */
package dev.gradc.simplify;
