package dev.gradc.explain;

import java.util.List;

/** What a lesson says, whatever it is shown on: sections of tables and of lines, each with formulas in one notation. */
record Document(String title, List<Section> sections) {

    Document {
        sections = List.copyOf(sections);
    }

    /** A part with a heading. */
    record Section(String heading, List<Block> blocks, boolean isNarrow) {
        Section {
            blocks = List.copyOf(blocks);
        }

        Section(String heading, List<Block> blocks) {
            this(heading, blocks, false);
        }

        /** The same, which takes half of a wide page. */
        Section narrow() {
            return new Section(heading, blocks, true);
        }
    }

    /** What a section is made of. */
    sealed interface Block permits Table, Lines {}

    /** Rows of equal length under headings. */
    record Table(List<Cell> headings, List<List<Cell>> rows) implements Block {
        Table {
            headings = List.copyOf(headings);
            rows = List.copyOf(rows);
        }
    }

    /** Lines below each other; each of several cells, aligned with those of the others. */
    record Lines(List<List<Cell>> lines) implements Block {
        Lines {
            lines = List.copyOf(lines);
        }
    }

    /** A piece of text: words, a formula in the document's notation, or a number. */
    record Cell(Kind kind, String text) {

        static final Cell EMPTY = words("");

        static Cell words(String text) {
            return new Cell(Kind.WORDS, text);
        }

        static Cell formula(String text) {
            return new Cell(Kind.FORMULA, text);
        }

        static Cell number(String text) {
            return new Cell(Kind.NUMBER, text);
        }
    }

    /** The kinds of {@link Cell}. */
    enum Kind {
        WORDS,
        FORMULA,
        NUMBER
    }
}
