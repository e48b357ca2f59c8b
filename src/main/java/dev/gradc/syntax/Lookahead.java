package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Tells from the tokens after a word what the word is. */
final class Lookahead {

    private Lookahead() {}

    static int type(List<SourceToken> tokens, int place) {
        return place < tokens.size() ? tokens.get(place).getType() : Token.EOF;
    }

    /** Whether a declaration begins at {@code place}; no expression or statement has two such words side by side. */
    static boolean beginsDeclaration(List<SourceToken> tokens, int place) {
        return TokenKinds.beginsDeclaration(type(tokens, place)) && TokenKinds.isWord(type(tokens, place + 1));
    }

    /** The type of the token after a subscript at {@code place}, or of the one there if it begins none. */
    static int afterSubscript(List<SourceToken> tokens, int place) {
        int next = place;
        if (type(tokens, next) == GradcLexer.BRACKET_OPEN) {
            int depth = 0;
            do {
                depth += type(tokens, next) == GradcLexer.BRACKET_OPEN ? 1 : 0;
                depth -= type(tokens, next) == GradcLexer.BRACKET_CLOSE ? 1 : 0;
                next++;
            } while (depth > 0);
        }
        return type(tokens, next);
    }
}
