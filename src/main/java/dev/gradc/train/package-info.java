/** Training: data are matched with what a network takes, its compiled classes run over them, and the best parameters are kept. */
package dev.gradc.train;
