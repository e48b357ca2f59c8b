/**
 * From source files to Java files. {@link dev.gradc.build.Compilation} compiles once, {@link dev.gradc.build.IncrementalCompilation} again
 * and again; {@link dev.gradc.build.Generator} says which classes there are, {@link dev.gradc.build.OutputFolder} how files are replaced.
 */
package dev.gradc.build;
