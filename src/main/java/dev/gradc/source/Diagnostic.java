package dev.gradc.source;

import java.util.Optional;

/**
 * What the compiler has to say about a place in a source file: a value, drawn by {@link #toString}.
 *
 * @param focus the part of {@code span} that the caret stands under
 */
public record Diagnostic(Severity severity, Span span, Span focus, String message, Optional<String> hint) {

    /** How much it matters; an error stops the compilation after the pass that found it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** An error whose caret stands at the start of {@code span}. */
    public static Diagnostic error(Span span, String message) {
        return new Diagnostic(Severity.ERROR, span, span, message, Optional.empty());
    }

    /** The same with an advice that helps to mend it. */
    public Diagnostic withHint(String advice) {
        return new Diagnostic(severity, span, focus, message, Optional.of(advice));
    }

    /** The same with the caret under {@code part}, an operator for instance. */
    public Diagnostic withFocus(Span part) {
        return new Diagnostic(severity, span, part, message, hint);
    }

    /** The same at a call of {@code function}, in whose body it was found. */
    public Diagnostic calledAt(Span call, String function) {
        int line = focus.file().line(focus.start());
        String text = focus.file().lineText(focus.start()).strip();
        return new Diagnostic(severity, call, call, message, Optional.empty())
                .withHint("in " + function + ", " + focus.file().name() + ":" + line + ": " + text);
    }

    /** The same in a function of another file, which {@code call} has given its sizes. */
    public Diagnostic calledFrom(Span call) {
        return withHint(hint.map(advice -> advice + " (called at " + call + ")").orElse("called at " + call));
    }

    /** The line of its place, from 1. */
    public int line() {
        return focus.file().line(focus.start());
    }

    /** The column of its place, from 1. */
    public int column() {
        return focus.file().column(focus.start());
    }

    /**
     * The message as a terminal shows it, without a final line end.
     *
     * <pre>
     * rings.nn:7:9: error: inner dimensions differ: W1 is [5,3], x is [2]
     *   7 |   h = W1@x + b1
     *     |       ~~^~
     *   hint: W1@x needs as many columns in W1 as x has entries
     * </pre>
     */
    @Override
    public String toString() {
        return Drawing.of(this);
    }
}
