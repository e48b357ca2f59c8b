/**
 * Numbers that come from outside and go out: JSON, CSV, NPY, IDX and safetensors. A file is never trusted: each fault in it is a
 * {@link dev.gradc.source.Diagnostic} or a {@link dev.gradc.data.DataException}, before anything is computed.
 */
package dev.gradc.data;
