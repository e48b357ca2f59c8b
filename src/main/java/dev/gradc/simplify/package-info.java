/**
 * Simpler programs of equal value. Start reading at {@link dev.gradc.simplify.Rewriter}: one engine applies the identities of the
 * library, which are text, to the shared expressions of the intermediate representation. The passes differ in the
 * rules they give it: {@link dev.gradc.simplify.Stabilizer} before differentiation, {@link dev.gradc.simplify.Simplifier} after it.
 */
package dev.gradc.simplify;
