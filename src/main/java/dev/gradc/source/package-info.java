/** Where a message points: source files, spans of their text, and diagnostics, which are values. */
package dev.gradc.source;
