/**
 * Tests that are written beside classes: {@link dev.gradc.emit.test.FunctionsTestClass} and {@link dev.gradc.emit.test.NetworkTestClass}
 * compare a class with finite differences, by {@code SlopeMethods} and {@code Differences}.
 */
package dev.gradc.emit.test;
