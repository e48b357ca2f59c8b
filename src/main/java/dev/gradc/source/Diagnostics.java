package dev.gradc.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what a compilation has to say. Not safe for threads: one per compilation. */
public final class Diagnostics {

    private final List<Diagnostic> list = new ArrayList<>();

    /** Adds one, unless the same place has already been complained about: one mistake, one message. */
    public void report(Diagnostic diagnostic) {
        boolean known = list.stream().anyMatch(other -> other.focus().equals(diagnostic.focus()));
        if (!known) {
            list.add(diagnostic);
        }
    }

    /** Adds an error without a hint. */
    public void error(Span span, String message) {
        report(Diagnostic.error(span, message));
    }

    /** Adds an error with a hint. */
    public void error(Span span, String message, String hint) {
        report(Diagnostic.error(span, message).withHint(hint));
    }

    /** Whether a later pass must not run. */
    public boolean hasErrors() {
        return list.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /** All of them, in the order of the text. */
    public List<Diagnostic> list() {
        return list.stream()
                .sorted(Comparator.comparing((Diagnostic d) -> d.focus().file().name())
                        .thenComparing(d -> d.focus().start()))
                .toList();
    }

    /** Ends the compilation if there is an error. */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new SourceException(list());
        }
    }
}
