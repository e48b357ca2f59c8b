package dev.gradc.emit.function;

import dev.gradc.ir.Program;
import dev.gradc.ir.Unit.Request;
import java.util.Optional;

/**
 * One method of a class of functions.
 *
 * @param name as callers write it: {@code callGradient}
 * @param documentation what it computes, as prose
 * @param source the lines that it comes from, for the comment; may be empty
 * @param program its arguments become the parameters; a first result of rank 0 is returned, each other one goes into an array of
 *     the caller's, the last parameters
 * @param request what the method was asked for as, if it is a derivative: that of the last unit before it that is none
 */
public record MethodUnit(
        String name, String documentation, String source, Program program, Optional<Request> request) {}
