package dev.gradc.syntax;

import dev.gradc.source.Span;
import java.util.Map;

/** Says what to write instead of a character that the language does not know. */
final class UnexpectedCharacters {

    private static final Map<String, String> HINTS = Map.ofEntries(
            Map.entry("#", "a comment begins with //"),
            Map.entry(";", "a statement ends with its line"),
            Map.entry("&", "'and' is written &&"),
            Map.entry("|", "'or' is written ||; the absolute value is a function"),
            Map.entry(".", "a number is written 0.5 or 2.0, a range 2..9"),
            Map.entry("\u00b7", "a product is written with *"),
            Map.entry("\u00d7", "a product is written with *"),
            Map.entry("\u22c5", "a product is written with *"),
            Map.entry("\u00f7", "a quotient is written with /"),
            Map.entry("\u2212", "a minus is written with -"),
            Map.entry("\u2013", "a minus is written with -"),
            Map.entry("\u00b2", "a square is written ^2"),
            Map.entry("\u00b3", "a cube is written ^3"),
            Map.entry("\u2264", "this is written <="),
            Map.entry("\u2265", "this is written >="),
            Map.entry("\u2260", "this is written !="),
            Map.entry("\u2192", "this is written ->"),
            Map.entry("\u2190", "this is written <-"),
            Map.entry("\u2032", "a transpose is written with '"),
            Map.entry("\u2019", "a transpose is written with '"));

    private UnexpectedCharacters() {}

    static void report(Span span, SyntaxErrors errors) {
        String character = span.text();
        String message = "unexpected character " + quoted(character.codePointAt(0));
        String hint = HINTS.get(character);
        if (hint == null) {
            errors.report(span, message);
        } else {
            errors.report(span, message, hint);
        }
    }

    private static String quoted(int codePoint) {
        boolean visible = switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
        return visible ? "'" + Character.toString(codePoint) + "'" : String.format("U+%04X", codePoint);
    }
}
