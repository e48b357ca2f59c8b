package dev.gradc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of a diagnostic: every test marks a piece of a text and shows what a terminal shows. */
class DrawingTest {

    @Test
    void theCaretStandsUnderTheFocusAndWavesUnderTheRest() {
        String text = "network Rings {\n  h = tanh(W1@x + b1)\n}\n";
        Diagnostic diagnostic = Diagnostic.error(span(text, "W1@x"), "inner dimensions differ: W1 is [5,3], x is [2]")
                .withFocus(span(text, "@"))
                .withHint("W1@x needs as many columns in W1 as x has entries");
        assertEquals("""
                f.nn:2:14: error: inner dimensions differ: W1 is [5,3], x is [2]
                  2 |   h = tanh(W1@x + b1)
                    |            ~~^~
                  hint: W1@x needs as many columns in W1 as x has entries""", diagnostic.toString());
    }

    @Test
    void theFocusIsTheStartIfNothingElseIsSaid() {
        assertDrawn("a = foo", "foo", """
                f.nn:1:5: error: here
                  1 | a = foo
                    |     ^~~""");
    }

    @Test
    void tabsAreWidened() {
        assertDrawn("\ta\t= foo\t+ b", "foo\t+", """
                f.nn:1:6: error: here
                  1 |     a   = foo   + b
                    |           ^~~~~~~""");
    }

    @Test
    void wideAndCombiningCharactersKeepTheCaretInPlace() {
        assertDrawn("𝑥 + x̂ + 日本 + foo", "foo", """
                f.nn:1:15: error: here
                  1 | 𝑥 + x̂ + 日本 + foo
                    |                ^~~""");
        assertDrawn("a = 日本", "日本", """
                f.nn:1:5: error: here
                  1 | a = 日本
                    |     ^~~~""");
    }

    @Test
    void lineEndsAreNotShown() {
        assertDrawn("a = b\r\nc = foo\r\n", "foo", """
                f.nn:2:5: error: here
                  2 | c = foo
                    |     ^~~""");
        assertDrawn("a = b\rc = foo\r", "foo", """
                f.nn:2:5: error: here
                  2 | c = foo
                    |     ^~~""");
    }

    @Test
    void theEndOfALineCanBeMarked() {
        assertEquals(
                """
                f.nn:1:6: error: here
                  1 | a = b
                    |      ^""",
                Diagnostic.error(new Span(new SourceFile("f.nn", "a = b"), 5, 5), "here")
                        .toString());
        assertEquals(
                """
                f.nn:1:6: error: here
                  1 | a = b
                    |      ^""",
                Diagnostic.error(new Span(new SourceFile("f.nn", "a = b\r\nc"), 5, 7), "here")
                        .toString());
    }

    @Test
    void anEmptyPlaceIsNotDrawn() {
        assertEquals(
                "f.nn:1:1: error: here",
                Diagnostic.error(new Span(new SourceFile("f.nn", ""), 0, 0), "here")
                        .toString());
        assertEquals(
                "f.nn:2:1: error: here",
                Diagnostic.error(new Span(new SourceFile("f.nn", "a = b\n"), 6, 6), "here")
                        .toString());
    }

    @Test
    void ofSeveralLinesTheOneWithTheFocusIsDrawn() {
        String text = "  a = (b\n    + c\n    + d) * e";
        Span all = span(text, "(b\n    + c\n    + d)");
        assertEquals("""
                f.nn:1:7: error: here
                  1 |   a = (b
                    |       ^~""", Diagnostic.error(all, "here").toString());
        assertEquals(
                """
                f.nn:2:7: error: here
                  2 |     + c
                    |     ~~^""", Diagnostic.error(all, "here").withFocus(span(text, "c")).toString());
    }

    @Test
    void aLongLineIsCutAroundThePlace() {
        String before = "x + ".repeat(1000);
        assertDrawn(
                before + "foo" + " + x".repeat(1000),
                "foo",
                "f.nn:1:4001: error: here\n  1 | …" + "x + ".repeat(15) + "foo" + " + x".repeat(14) + " …\n    |  "
                        + " ".repeat(60) + "^~~");
        assertDrawn(
                before + "foo",
                "foo",
                "f.nn:1:4001: error: here\n  1 | … " + "x + ".repeat(29) + "foo\n    |  " + " ".repeat(117) + "^~~");
        assertDrawn("foo " + before, "foo", "f.nn:1:1: error: here\n  1 | foo " + "x + ".repeat(29) + "…\n    | ^~~");
    }

    @Test
    void aCutDoesNotTearACharacter() {
        for (int i = 0; i < 4; i++) {
            String text = "x".repeat(i) + "𝑥".repeat(200) + "foo" + "𝑥".repeat(200);
            String drawn = Diagnostic.error(span(text, "foo"), "here").toString();
            assertTrue(drawn.chars().noneMatch(c -> c == '\ufffd'), drawn);
        }
    }

    @Test
    void nothingReachesTheTerminalThatCouldHarmIt() {
        String text = "a = \u001b[31mfoo \u202e";
        Diagnostic diagnostic =
                Diagnostic.error(span(text, "foo"), "not \u001b[0m here").withHint("\u0007");
        assertEquals("""
                f.nn:1:10: error: not \ufffd[0m here
                  1 | a = \ufffd[31mfoo \ufffd
                    |          ^~~
                  hint: \ufffd""", diagnostic.toString());
    }

    @Test
    void numbersOfAnyLengthKeepTheMarksInPlace() {
        String text = "\n".repeat(999) + "a = foo";
        assertDrawn(text, "foo", """
                f.nn:1000:5: error: here
                  1000 | a = foo
                       |     ^~~""");
    }

    @Test
    void warningsSaySo() {
        Span span = span("a", "a");
        Diagnostic warning =
                new Diagnostic(Diagnostic.Severity.WARNING, span, span, "unused", java.util.Optional.empty());
        assertTrue(warning.toString().startsWith("f.nn:1:1: warning: unused"), warning.toString());
        assertEquals(
                List.of("  1 | a", "    | ^"),
                warning.toString().lines().skip(1).toList());
    }

    private static void assertDrawn(String text, String place, String picture) {
        assertEquals(picture, Diagnostic.error(span(text, place), "here").toString());
    }

    private static Span span(String text, String place) {
        int start = text.indexOf(place);
        return new Span(new SourceFile("f.nn", text), start, start + place.length());
    }
}
