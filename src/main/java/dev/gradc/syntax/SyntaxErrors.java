package dev.gradc.syntax;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.util.TreeSet;

/** Where the passes of the parser report: remembers the places, and gives up when there are too many. */
final class SyntaxErrors {

    /** A text with more errors is no program; to go on would only bury the first ones. */
    private static final int LIMIT = 100;

    private final SourceFile file;
    private final Diagnostics diagnostics;
    private final TreeSet<Integer> places = new TreeSet<>();

    SyntaxErrors(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    void report(Span span, String message) {
        report(Diagnostic.error(span, message));
    }

    void report(Span span, String message, String hint) {
        report(Diagnostic.error(span, message).withHint(hint));
    }

    void report(Diagnostic diagnostic) {
        int place = diagnostic.focus().start();
        if (places.size() >= LIMIT && !places.contains(place)) {
            throw fatal(diagnostic.focus(), "too many errors; what follows was not read");
        }
        places.add(place);
        diagnostics.report(diagnostic);
    }

    /** Reports an error after which reading on makes no sense. */
    GiveUp fatal(Span span, String message) {
        diagnostics.error(span, message);
        return new GiveUp();
    }

    /** Whether something from {@code first} to {@code last}, inclusive, has been complained about. */
    boolean within(int first, int last) {
        Integer place = places.ceiling(first);
        return place != null && place <= last;
    }

    SourceFile file() {
        return file;
    }

    /** Thrown when the rest of the file is not worth reading; what is wrong has been reported. */
    static final class GiveUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        private GiveUp() {
            super(null, null, false, false);
        }
    }
}
