package dev.gradc.source;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Collects what a compilation has to say. Not safe for threads: one per compilation. */
public final class Diagnostics {

    private final Map<Complaint, Diagnostic> byPlace = new LinkedHashMap<>();
    private int muted;
    private UnaryOperator<Diagnostic> place = UnaryOperator.identity();

    /** Adds one, unless the same place has already been complained about: one mistake, one message. */
    public void report(Diagnostic diagnostic) {
        if (muted == 0) {
            Diagnostic placed = place.apply(diagnostic);
            byPlace.putIfAbsent(new Complaint(placed.severity(), placed.focus()), placed);
        }
    }

    /** Works out {@code body}, in the place of a call; {@code placing} says where what is wrong in it is told. */
    public <T> T placing(UnaryOperator<Diagnostic> placing, Supplier<T> body) {
        UnaryOperator<Diagnostic> outer = place;
        place = diagnostic -> outer.apply(placing.apply(diagnostic));
        try {
            return body.get();
        } finally {
            place = outer;
        }
    }

    /** What counts as the same mistake; a warning must not silence an error at its place. */
    private record Complaint(Diagnostic.Severity severity, Span focus) {}

    /** Works out {@code attempt}, a trial, and forgets what it reports. */
    public <T> T muted(Supplier<T> attempt) {
        muted++;
        try {
            return attempt.get();
        } finally {
            muted--;
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
        return byPlace.values().stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /** All of them, in the order of the text. */
    public List<Diagnostic> list() {
        return byPlace.values().stream()
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
