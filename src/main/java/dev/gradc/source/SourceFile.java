package dev.gradc.source;

import java.util.Arrays;

/**
 * A named text: a file, a command line argument, a resource of the library. Immutable.
 *
 * @param name what a diagnostic prints before the line number
 * @param text the characters, whatever their line ends
 */
public record SourceFile(String name, String text) {

    /** The number, from 1, of the line that holds the character at {@code offset}. */
    public int line(int offset) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    /** The column, from 1, of the character at {@code offset}, counted in code points. */
    public int column(int offset) {
        return text.codePointCount(lineStart(offset), offset) + 1;
    }

    /** The text of the line that holds the character at {@code offset}, without its end. */
    public String lineText(int offset) {
        int end = text.indexOf('\n', offset);
        String line = text.substring(lineStart(offset), end < 0 ? text.length() : end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** A span over the whole text. */
    public Span span() {
        return new Span(this, 0, text.length());
    }

    // A file is compared by what it is called and holds, but printed by its name only.
    @Override
    public String toString() {
        return name;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {name, text.length()});
    }
}
