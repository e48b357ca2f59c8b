/**
 * Words and files. Text of the source reaches a Java file only through {@link dev.gradc.emit.text.Identifiers}, {@link
 * dev.gradc.emit.text.JavadocText} and {@link dev.gradc.emit.text.Comments}. A {@link dev.gradc.emit.text.GeneratedFile} is what comes out,
 * written as the {@link dev.gradc.emit.text.Options} ask; {@link
 * dev.gradc.emit.text.Tidying} is the last hand.
 */
package dev.gradc.emit.text;
