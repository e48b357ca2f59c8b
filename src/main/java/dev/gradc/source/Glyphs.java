package dev.gradc.source;

import java.util.stream.Collectors;

/** What characters of a source may be shown on a terminal, and how wide they are there. */
final class Glyphs {

    /** Stands for what must not reach a terminal: control characters, and those that turn the direction of the text. */
    private static final String REPLACEMENT = "\ufffd";

    private Glyphs() {}

    static String printable(String text) {
        return text.codePoints().mapToObj(Glyphs::printable).collect(Collectors.joining());
    }

    static String printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> Character.toString(codePoint);
        };
    }

    /** The number of columns that a terminal gives the character. */
    static int width(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HANGUL, HIRAGANA, KATAKANA -> true;
            // Full-width forms, emoji and pictographs.
            default -> isWithin(codePoint, 0xFF01, 0xFF60) || isWithin(codePoint, 0x1F300, 0x1FAFF);
        };
    }

    private static boolean isWithin(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
