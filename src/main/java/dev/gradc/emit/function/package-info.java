/**
 * Classes of functions: {@link dev.gradc.emit.function.FunctionsClass} writes one, a method for each {@link
 * dev.gradc.emit.function.MethodUnit}, whose statements are a {@link dev.gradc.emit.function.LoweredMethod}, of a matrix without its zeros
 * by {@code Sparse}.
 */
package dev.gradc.emit.function;
