/**
 * Classes of a network, which agree by {@link dev.gradc.emit.network.NetworkClasses}: {@link dev.gradc.emit.network.ModelClass} owns the
 * parameters; {@link dev.gradc.emit.network.ForwardClass} and {@link dev.gradc.emit.network.BackwardClass} are the passes, with {@code
 * PassMethods} that work in the arrays of a {@code Workspace}; {@link dev.gradc.emit.network.TrainerClass} trains, with {@code
 * EpochMethods}, the {@code UpdateMethod} of the optimiser and, where threads take examples, {@code SharedExamples}. A {@code ForwardPass}
 * is the forward pass in one {@code Mode}, in {@code Stages}; {@code DataChecks} look at what callers give, {@code Draws} are random.
 *
 * <p>What works on many numbers at once has a class of its own: {@link dev.gradc.emit.network.Kernels} multiplies matrices, and a {@link
 * dev.gradc.emit.network.RowsClass} applies functions to rows: {@code PortableRows} are loops that the virtual machine turns into vectors,
 * {@code VectorRows} have vectors of their own, by {@code VectorMethods} and {@code VectorRule}. {@link
 * dev.gradc.emit.network.ParameterFile} reads and writes parameters. Some of these classes are {@code Template}s.
 */
package dev.gradc.emit.network;
