package dev.gradc.source;

/**
 * A piece of a source file, from {@code start} to {@code end}, exclusive, in characters from 0.
 */
public record Span(SourceFile file, int start, int end) {

    public Span {
        if (start < 0 || end < start || end > file.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " outside " + file);
        }
    }

    /** The smallest span that holds this one and {@code other}, both of one file. */
    public Span to(Span other) {
        return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
    }

    /** The characters it covers. */
    public String text() {
        return file.text().substring(start, end);
    }

    /** {@code file:line:column}, both from 1, as compilers print it. */
    @Override
    public String toString() {
        return file.name() + ":" + file.line(start) + ":" + file.column(start);
    }
}
