package dev.gradc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

    private final SourceFile file = new SourceFile("f.nn", "a b c");
    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void theOrderIsThatOfTheText() {
        diagnostics.error(span(4), "third");
        diagnostics.error(span(0), "first");
        diagnostics.error(span(2), "second", "a hint");
        assertEquals(List.of("first", "second", "third"), messages());
    }

    @Test
    void oneMistakeOneMessage() {
        diagnostics.error(span(0), "first");
        diagnostics.error(span(0), "again");
        assertEquals(List.of("first"), messages());
    }

    @Test
    void aWarningDoesNotHideAnError() {
        diagnostics.report(new Diagnostic(Diagnostic.Severity.WARNING, span(0), span(0), "strange", Optional.empty()));
        assertFalse(diagnostics.hasErrors());
        diagnostics.throwIfErrors();
        diagnostics.error(span(0), "wrong");
        assertTrue(diagnostics.hasErrors());
        assertEquals(List.of("strange", "wrong"), messages());
    }

    @Test
    void theExceptionCarriesThemAll() {
        diagnostics.error(span(2), "second");
        diagnostics.error(span(0), "first");
        SourceException e = assertThrows(SourceException.class, diagnostics::throwIfErrors);
        assertEquals(diagnostics.list(), e.diagnostics());
        assertEquals(diagnostics.list().get(0) + "\n" + diagnostics.list().get(1), e.getMessage());
    }

    @Test
    void whatATrialReportsIsForgotten() {
        assertEquals(1, diagnostics.muted(() -> {
            diagnostics.error(span(0), "only a trial");
            return 1;
        }));
        assertEquals(List.of(), messages());
    }

    @Test
    void manyAreNoBurden() {
        SourceFile large = new SourceFile("f.nn", "x".repeat(300_000));
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 300_000; i++) {
                diagnostics.error(new Span(large, i, i + 1), "here");
            }
            assertEquals(300_000, diagnostics.list().size());
        });
    }

    private Span span(int start) {
        return new Span(file, start, start + 1);
    }

    private List<String> messages() {
        return diagnostics.list().stream().map(Diagnostic::message).toList();
    }
}
