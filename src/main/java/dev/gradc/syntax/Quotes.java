package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.List;

/** Quotes pieces of the source in messages. */
final class Quotes {

    /** What is longer is not quoted. */
    private static final int LONGEST = 24;

    private Quotes() {}

    /** The operand that {@code tokens} end with. */
    static String before(List<SourceToken> tokens) {
        int first = tokens.size() - 1;
        int depth = 0;
        for (int i = first; i >= 0; i--) {
            int type = tokens.get(i).getType();
            boolean closing = type == GradcLexer.PAREN_CLOSE || type == GradcLexer.BRACKET_CLOSE;
            boolean opening = type == GradcLexer.PAREN_OPEN || type == GradcLexer.BRACKET_OPEN;
            depth += closing ? 1 : opening ? -1 : 0;
            first = i;
            boolean called = opening && i > 0 && tokens.get(i - 1).getType() == GradcLexer.NAME;
            boolean far = tokens.get(tokens.size() - 1).end() - tokens.get(i).getStartIndex() > LONGEST;
            if (far || (depth == 0 && type != GradcLexer.PRIME && !called)) {
                break;
            }
        }
        SourceToken last = tokens.get(tokens.size() - 1);
        return quote(last.span().to(tokens.get(first).span()).text());
    }

    /** The text of a token, or the start of it. */
    static String shorten(String text) {
        return text.length() > LONGEST ? text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…" : text;
    }

    /** The text if it is short and on one line. */
    static String quote(String text) {
        return text.length() > LONGEST || text.indexOf('\n') >= 0 ? "(…)" : text;
    }
}
