/**
 * The lesson: what the compiler does to differentiate a formula, step by step, in the steps that it takes itself.
 * {@link dev.gradc.explain.Lessons} is the door.
 *
 * <ul>
 *   <li>What is said: {@code Modules} takes a formula apart, {@code Lesson} differentiates what it finds, {@code Point} puts in numbers;
 *       {@code LessonDocument} and {@code TensorDocument} say it in tables and lines of a {@code Document}.
 *   <li>How it is shown: {@code TextPage} and {@code HtmlPage} set a document, with formulas by {@code TextWriting} and {@code
 *       MathWriting}.
 *   <li>The graph: {@code GraphDrawing} makes a {@code Graph}, {@code GraphLayout} places it, {@code Svg} and {@code Dot} write it.
 * </ul>
 */
package dev.gradc.explain;
