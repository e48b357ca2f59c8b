/**
 * A compiler for derivatives, for programs that use it as a library:
 *
 * <ul>
 *   <li>{@link dev.gradc.Expression}: a formula that is differentiated, evaluated, printed, compiled;
 *   <li>{@link dev.gradc.GradientFunction}: a compiled formula with its gradient;
 *   <li>{@link dev.gradc.Gradc}: {@code .nn} text to Java sources, or to diagnostics.
 * </ul>
 *
 * <p>With what these take and give, {@link dev.gradc.source.Diagnostic} and its neighbours, {@link dev.gradc.print.Notation} and {@link
 * dev.gradc.data.NumberArray}, they are the interface. The module {@code dev.gradc} exports no other packages; what else is public in
 * these serves the command line and the Maven goals, and may change.
 */
package dev.gradc;
