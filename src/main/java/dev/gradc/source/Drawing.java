package dev.gradc.source;

import java.util.Locale;

/** Draws a diagnostic: position, message, the line, a caret under the place, the hint. */
final class Drawing {

    /** Longer lines are cut to a window of this many characters around the place. */
    private static final int WIDTH = 120;

    private Drawing() {}

    static String of(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        Span focus = diagnostic.focus();
        SourceFile file = focus.file();
        StringBuilder text = new StringBuilder()
                .append(focus)
                .append(": ")
                .append(diagnostic.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(diagnostic.message());
        String line = file.lineText(focus.start());
        if (!line.isBlank()) {
            int lineStart = lineStartOf(focus);
            int caret = focus.start() - lineStart;
            int from = Math.max(0, Math.min(span.start(), focus.start()) - lineStart);
            int to = Math.min(line.length(), Math.max(span.end() - lineStart, caret + 1));
            int window = Math.max(0, Math.min(from, caret - WIDTH / 2));
            if (caret - window > WIDTH / 2) {
                window = caret - WIDTH / 2;
            }
            int windowEnd = Math.min(line.length(), window + WIDTH);
            String number = Integer.toString(file.line(focus.start()));
            text.append("\n  ").append(number).append(" | ").append(line, window, windowEnd);
            text.append("\n  ").append(" ".repeat(number.length())).append(" | ");
            for (int i = window; i < Math.min(to, windowEnd) || i == caret; i++) {
                char c = i < line.length() ? line.charAt(i) : ' ';
                if (Character.isLowSurrogate(c)) {
                    continue;
                }
                text.append(i == caret ? '^' : i >= from ? '~' : c == '\t' ? '\t' : ' ');
            }
        }
        diagnostic.hint().ifPresent(hint -> text.append("\n  hint: ").append(hint));
        return text.toString();
    }

    private static int lineStartOf(Span span) {
        return span.file().text().lastIndexOf('\n', span.start() - 1) + 1;
    }
}
