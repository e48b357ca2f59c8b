/**
 * Training: {@link dev.gradc.train.Data} matches files with what a network takes, {@link dev.gradc.train.Training} runs its compiled
 * classes, a {@link dev.gradc.train.Model}, over them, and the best parameters are kept.
 */
package dev.gradc.train;
