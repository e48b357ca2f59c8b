/**
 * Numbers that come from outside and go out: JSON, CSV, NPY, IDX and safetensors. A file is never trusted: each fault in it is a
 * {@link dev.gradc.source.Diagnostic} or a {@link dev.gradc.data.DataException}, before anything is computed.
 *
 * <p>A {@link dev.gradc.data.DataSet} reads any of the formats: CSV as a {@link dev.gradc.data.Table}, the others ({@code Npy}, {@code Idx})
 * as {@link dev.gradc.data.NumberArray}s. {@link dev.gradc.data.Safetensors} are parameters; {@link dev.gradc.data.Json} and {@link
 * dev.gradc.data.Outline} write numbers, {@link dev.gradc.data.JsonReader} reads them.
 */
package dev.gradc.data;
