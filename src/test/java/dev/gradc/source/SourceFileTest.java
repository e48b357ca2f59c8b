package dev.gradc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SourceFileTest {

    @Test
    void linesAndColumnsCountFromOne() {
        SourceFile file = new SourceFile("f.nn", "a\nbc\r\n\rd");
        assertEquals("1:1", position(file, 0));
        assertEquals("1:2", position(file, 1));
        assertEquals("2:1", position(file, 2));
        assertEquals("2:2", position(file, 3));
        assertEquals("3:1", position(file, 6));
        assertEquals("4:1", position(file, 7));
        assertEquals("4:2", position(file, 8));
    }

    @Test
    void columnsCountCodePoints() {
        assertEquals("1:3", position(new SourceFile("f.nn", "𝑥+y"), 3));
    }

    @Test
    void linesAreTextWithoutTheirEnds() {
        SourceFile file = new SourceFile("f.nn", "a\nbc\r\n\rd");
        assertEquals("a", file.lineText(1));
        assertEquals("bc", file.lineText(4));
        assertEquals("", file.lineText(6));
        assertEquals("d", file.lineText(8));
        assertEquals("", new SourceFile("f.nn", "a\n").lineText(2));
        assertEquals("", new SourceFile("f.nn", "").lineText(0));
    }

    @Test
    void filesAreEqualByNameAndText() {
        assertEquals(new SourceFile("f.nn", "a"), new SourceFile("f.nn", "a"));
        assertEquals(new SourceFile("f.nn", "a").hashCode(), new SourceFile("f.nn", "a").hashCode());
        assertNotEquals(new SourceFile("f.nn", "a"), new SourceFile("g.nn", "a"));
        assertNotEquals(new SourceFile("f.nn", "a"), new SourceFile("f.nn", "b"));
    }

    @Test
    void spansStayInsideTheirFile() {
        SourceFile file = new SourceFile("f.nn", "abc");
        assertThrows(IllegalArgumentException.class, () -> new Span(file, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> new Span(file, 2, 1));
        assertEquals("abc", new Span(file, 0, 1).to(new Span(file, 2, 3)).text());
        assertEquals("f.nn:1:2", new Span(file, 1, 2).toString());
    }

    private static String position(SourceFile file, int offset) {
        return file.line(offset) + ":" + file.column(offset);
    }
}
