package dev.gradc.syntax;

import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import org.antlr.v4.runtime.CommonToken;

/** A token that knows its file, counts in characters as {@link Span} does, and carries the documentation before it. */
final class SourceToken extends CommonToken {

    private static final long serialVersionUID = 1;

    private final transient SourceFile file;
    private String documentation = "";

    /** A token over the characters from {@code start} to {@code end}, exclusive; an empty one was not written. */
    SourceToken(SourceFile file, int type, int start, int end) {
        super(type);
        this.file = file;
        setStartIndex(start);
        setStopIndex(end - 1);
    }

    Span span() {
        return new Span(file, start, end());
    }

    int end() {
        return stop + 1;
    }

    /** Whether it was put in where it was missing. */
    boolean isInserted() {
        return stop < start;
    }

    String documentation() {
        return documentation;
    }

    void document(String text) {
        documentation = text;
    }

    @Override
    public String getText() {
        return file.text().substring(start, end());
    }
}
