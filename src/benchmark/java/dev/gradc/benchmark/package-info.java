/**
 * What gradc generates, compared with what else does the same work; {@code docs/performance.md} says how to run it and what came out.
 * {@link dev.gradc.benchmark.Benchmarks} prints one table after the other.
 *
 * <ul>
 *   <li>Networks: {@link dev.gradc.benchmark.Network} names the pieces of work, a {@link dev.gradc.benchmark.Model} is how a contestant
 *       does one ({@code Compiled}, {@code Torch}, {@code Encog}), and {@link dev.gradc.benchmark.Training} and
 *       {@link dev.gradc.benchmark.Inference} are what JMH measures.
 *   <li>Derivatives: {@link dev.gradc.benchmark.Problem} names the pieces of work, an {@link dev.gradc.benchmark.Evaluation} is how a
 *       contestant does one, and {@link dev.gradc.benchmark.Derivatives} is what JMH measures.
 *   <li>The same statements in C++: {@link dev.gradc.benchmark.Cpp}, for docs/operations.md.
 *   <li>Whole lives of a JVM: {@link dev.gradc.benchmark.Start} and {@link dev.gradc.benchmark.Fashion}.
 *   <li>What gradc itself goes by: {@link dev.gradc.benchmark.Parts}.
 * </ul>
 *
 * <p>{@link dev.gradc.benchmark.Agreement} sees to it that all contestants compute the same before any is measured.
 */
package dev.gradc.benchmark;
