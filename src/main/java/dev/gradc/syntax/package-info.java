/**
 * The surface tree: what the user wrote, with its positions, before any name has a meaning.
 *
 * <p>{@link dev.gradc.syntax.Parser} builds it from the ANTLR parse tree; nothing here knows a function of the library.
 */
package dev.gradc.syntax;
