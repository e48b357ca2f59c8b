package dev.gradc.source;

/**
 * The line that a message points to, and under it a caret and waves.
 *
 * @param line what can be shown of it: tabs are widened, a long line is cut to a window around the place
 * @param marks the caret under the focus, waves under the rest of the span
 */
record Excerpt(String line, String marks) {

    /** Longer lines are cut to so many characters. */
    private static final int WIDTH = 120;

    private static final int TAB = 4;

    /** Of the line on which {@code focus} begins. */
    static Excerpt of(Span span, Span focus) {
        String text = focus.file().lineText(focus.start());
        int lineStart = focus.file().lineStart(focus.start());
        int caret = Math.min(focus.start() - lineStart, text.length());
        int indentation = text.length() - text.stripLeading().length();
        int from = Math.min(caret, Math.max(indentation, span.start() - lineStart));
        int to = Math.min(span.end() - lineStart, text.stripTrailing().length());

        int first = windowStart(text, caret);
        int last = Math.min(text.length(), first + WIDTH);
        StringBuilder line = new StringBuilder(first > 0 ? "…" : "");
        StringBuilder marks = new StringBuilder(first > 0 ? " " : "");
        int cells = line.length();
        for (int i = first; i < last; i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            int width = codePoint == '\t' ? TAB - (cells - (first > 0 ? 1 : 0)) % TAB : Glyphs.width(codePoint);
            String mark = i >= from && i < to ? "~" : " ";
            line.append(codePoint == '\t' ? " ".repeat(width) : Glyphs.printable(codePoint));
            marks.append(i == caret ? "^" + mark.repeat(Math.max(0, width - 1)) : mark.repeat(width));
            cells += width;
        }
        if (caret >= last) {
            marks.append('^');
        }
        return new Excerpt(
                line + (last < text.length() ? "…" : ""), marks.toString().stripTrailing());
    }

    /** The start of the window: the place stands in its middle, unless the line is short enough or ends before. */
    private static int windowStart(String text, int caret) {
        int start = Math.max(0, Math.min(caret - WIDTH / 2, text.length() - WIDTH));
        boolean insidePair = start > 0
                && start < text.length()
                && Character.isLowSurrogate(text.charAt(start))
                && Character.isHighSurrogate(text.charAt(start - 1));
        return insidePair ? start - 1 : start;
    }
}
