/**
 * What the commands do, without their options and their output: {@link dev.gradc.task.Derivation}, {@link dev.gradc.task.Evaluation}, {@link
 * dev.gradc.task.Explanation}, {@link dev.gradc.task.NetworkTraining}.
 */
package dev.gradc.task;
