/**
 * Takes a text through the packages before this one. {@link dev.gradc.pipeline.Compiler} is the whole way, {@code Frontend} its
 * first part, from text to programs, {@link dev.gradc.pipeline.FunctionPrograms} the choice between straight-line code and loops, {@link dev.gradc.pipeline.Formula} a formula that
 * has been taken through, {@link dev.gradc.pipeline.DeepStack} the thread on which that happens.
 */
package dev.gradc.pipeline;
