package dev.gradc.source;

import java.util.List;
import java.util.stream.Collectors;

/** The source is at fault: carries every diagnostic of the run, in the order of the text. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    public SourceException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** What was wrong. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
