/** The lesson: what the compiler does to differentiate a formula, step by step, in the steps that it takes itself. */
package dev.gradc.explain;
