/**
 * Writes Java through JavaPoet. {@link dev.gradc.emit.JavaEmitter} is the door. Each folder reads only those after it:
 *
 * <ul>
 *   <li>{@link dev.gradc.emit.test}: JUnit tests of the classes;
 *   <li>{@link dev.gradc.emit.network} and {@link dev.gradc.emit.function}: the classes of a network, a class of functions;
 *   <li>{@link dev.gradc.emit.statement}: statements and expressions, of numbers and of vectors;
 *   <li>{@link dev.gradc.emit.text}: names, comments, files.
 * </ul>
 */
package dev.gradc.emit;
