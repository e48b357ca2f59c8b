package dev.gradc.source;

import java.util.Arrays;

/** A named text: a file, a command line argument, a resource of the library. Immutable. */
public final class SourceFile {

    private final String name;
    private final String text;
    /** Where the lines start, in order; lines end with LF, CR LF or CR. */
    private final int[] lineStarts;

    /**
     * @param name what a diagnostic prints before the line number
     * @param text the characters, whatever their line ends
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean end = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
            if (end) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * lines);
                }
                starts[lines++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    /** What a diagnostic prints before the line number. */
    public String name() {
        return name;
    }

    /** The characters. */
    public String text() {
        return text;
    }

    /** The number, from 1, of the line that holds the character at {@code offset}. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column, from 1, of the character at {@code offset}, counted in code points. */
    public int column(int offset) {
        return text.codePointCount(lineStart(offset), offset) + 1;
    }

    /** Where the line begins that holds the character at {@code offset}. */
    public int lineStart(int offset) {
        return lineStarts[line(offset) - 1];
    }

    /** Where the line of this number, from 1, begins. */
    public int startOfLine(int line) {
        return lineStarts[line - 1];
    }

    /** The text of the line that holds the character at {@code offset}, without its end. */
    public String lineText(int offset) {
        int line = line(offset);
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    /** A span over the whole text. */
    public Span span() {
        return new Span(this, 0, text.length());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text));
    }

    // Without the text: a file is hashed with every one of its spans.
    @Override
    public int hashCode() {
        return 31 * name.hashCode() + text.length();
    }

    @Override
    public String toString() {
        return name;
    }
}
