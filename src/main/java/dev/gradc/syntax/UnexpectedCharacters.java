package dev.gradc.syntax;

import dev.gradc.source.Span;
import java.util.Map;

/** Says what to write instead of a character that the language does not know. */
final class UnexpectedCharacters {

    /** Hints by the characters that they are for: other languages', and what is pasted from a page of mathematics. */
    private static final Map<String, String> HINTS = Map.ofEntries(
            Map.entry("#", "a comment begins with //"),
            Map.entry(";", "a statement ends with its line"),
            Map.entry("&", "'and' is written &&"),
            Map.entry("|", "'or' is written ||, the absolute value abs(x)"),
            Map.entry(".", "a number is written 0.5 or 2.0, a range 2..9"),
            Map.entry("·×⋅∙∗•⊙", "a product is written with *"),
            Map.entry("÷∕⁄", "a quotient is written with /"),
            Map.entry("½⅓¼¾", "a fraction is written 1/2"),
            Map.entry("−–—‐‑", "a minus is written with -"),
            Map.entry("²", "a square is written ^2"),
            Map.entry("³", "a cube is written ^3"),
            Map.entry("⁰¹⁴⁵⁶⁷⁸⁹⁺⁻", "a power is written x^4 or x^-1"),
            Map.entry("√", "a root is written sqrt(x)"),
            Map.entry("∛", "a cube root is written cbrt(x)"),
            Map.entry("∑", "a sum is written sum[i](x[i])"),
            Map.entry("∏", "a product is written prod[i](x[i])"),
            Map.entry("∂", "a derivative is written diff(u, x)"),
            Map.entry("∇", "a gradient is written grad(u, x)"),
            Map.entry("≤⩽", "this is written <="),
            Map.entry("≥⩾", "this is written >="),
            Map.entry("≠", "this is written !="),
            Map.entry("∧", "'and' is written &&"),
            Map.entry("∨", "'or' is written ||"),
            Map.entry("¬", "'not' is written !"),
            Map.entry("→", "this is written ->"),
            Map.entry("←", "this is written <-"),
            Map.entry("…", "a range is written 2..9"),
            Map.entry("\\$", "a formula is not LaTeX: (x + 1)/sqrt(y)"),
            Map.entry("′’⊤", "a transpose is written with '"));

    private UnexpectedCharacters() {}

    static void report(Span span, SyntaxErrors errors) {
        String character = span.text();
        String message = "unexpected character " + quoted(character.codePointAt(0));
        HINTS.entrySet().stream()
                .filter(hint -> hint.getKey().contains(character))
                .findFirst()
                .ifPresentOrElse(
                        hint -> errors.report(span, message, hint.getValue()), () -> errors.report(span, message));
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
