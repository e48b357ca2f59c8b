/**
 * Sums and products of derivatives in another order, where that takes fewer operations. Start reading at
 * {@link dev.gradc.regroup.Regrouping}: {@link dev.gradc.regroup.Reader} takes expressions apart into {@link dev.gradc.regroup.Node}s
 * without order, {@link dev.gradc.regroup.Rows} and {@link dev.gradc.regroup.Products} look for what these have in common, and
 * {@link dev.gradc.regroup.Writer} puts them together again. {@link dev.gradc.regroup.PartialSums} does for sums over loops what that does
 * for single entries.
 */
package dev.gradc.regroup;
