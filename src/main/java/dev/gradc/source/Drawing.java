package dev.gradc.source;

import java.util.Locale;

/** Draws a diagnostic: position, message, the line, a caret under the place, the hint. */
final class Drawing {

    private Drawing() {}

    static String of(Diagnostic diagnostic) {
        Span focus = diagnostic.focus();
        StringBuilder text = new StringBuilder()
                .append(focus)
                .append(": ")
                .append(diagnostic.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(Glyphs.printable(diagnostic.message()));
        if (!focus.file().lineText(focus.start()).isBlank()) {
            Excerpt excerpt = Excerpt.of(diagnostic.span(), focus);
            String number = Integer.toString(focus.file().line(focus.start()));
            text.append("\n  ").append(number).append(" | ").append(excerpt.line());
            text.append("\n  ")
                    .append(" ".repeat(number.length()))
                    .append(" | ")
                    .append(excerpt.marks());
        }
        diagnostic.hint().ifPresent(hint -> text.append("\n  hint: ").append(Glyphs.printable(hint)));
        return text.toString();
    }
}
