/**
 * Programs that differentiation made, as people would write them. {@link dev.gradc.reading.Reading} takes a program through all passes of
 * this package and through {@link dev.gradc.algebra.Algebra}; some of them serve the names and loops of generated code, too.
 */
package dev.gradc.reading;
