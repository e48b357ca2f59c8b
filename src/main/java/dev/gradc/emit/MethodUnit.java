package dev.gradc.emit;

import dev.gradc.ir.Program;

/**
 * One method of a class of functions.
 *
 * @param name as callers write it: {@code callGradient}
 * @param documentation what it computes, as prose
 * @param source the lines that it comes from, for the comment; may be empty
 * @param program its arguments become the parameters; a first result of rank 0 is returned, each other one goes into an array of
 *     the caller's, the last parameters
 */
public record MethodUnit(String name, String documentation, String source, Program program) {}
