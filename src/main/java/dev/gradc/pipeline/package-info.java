/**
 * The way of a text through the packages before this one. {@link dev.gradc.pipeline.Compiler} has it on one screen; {@link
 * dev.gradc.pipeline.Formula} is a text that has gone it, {@link dev.gradc.pipeline.DeepStack} the thread on which it is gone.
 */
package dev.gradc.pipeline;
