package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Finds heads of declarations whose block has an end but no beginning, and puts the missing brace behind them. */
final class Heads {

    private final List<SourceToken> tokens;
    private final SyntaxErrors errors;
    private final List<SourceToken> result;

    private Heads(List<SourceToken> tokens, SyntaxErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
        this.result = new ArrayList<>(tokens.size());
    }

    /** The tokens with a block behind every head that has one. */
    static List<SourceToken> mend(List<SourceToken> tokens, SyntaxErrors errors) {
        return new Heads(tokens, errors).mend();
    }

    private List<SourceToken> mend() {
        boolean inHead = false;
        int brackets = 0;
        int blocks = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (beginsHead(i, blocks)) {
                inHead = true;
                brackets = 0;
                blocks = 0;
            }
            blocks += block(i);
            switch (type(i)) {
                case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> brackets++;
                case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> brackets--;
                case GradcLexer.BRACE_OPEN -> inHead = false;
                case GradcLexer.EQUALS -> inHead &= brackets > 0;
                default -> {}
            }
            result.add(tokens.get(i));
            if (inHead && brackets == 0 && endsHead(i + 1)) {
                inHead = false;
                if (blockEnds(i + 1)) {
                    insertBrace();
                }
            }
        }
        return result;
    }

    /** Whether a declaration begins at {@code place}, inside so many blocks; there {@code optimizer} is a setting. */
    private boolean beginsHead(int place, int blocks) {
        boolean kind = switch (type(place)) {
            case GradcLexer.FUNCTION, GradcLexer.LAYER, GradcLexer.NETWORK -> true;
            case GradcLexer.OPTIMIZER -> blocks == 0;
            default -> false;
        };
        boolean first = place == 0 || type(place - 1) == GradcLexer.NEWLINE;
        return kind && first && Lookahead.beginsDeclaration(tokens, place);
    }

    /** Whether the line ends at {@code place}, and the next one does not go on with the head. */
    private boolean endsHead(int place) {
        int next = Lookahead.type(tokens, place + 1);
        return Lookahead.type(tokens, place) == GradcLexer.NEWLINE
                && next != GradcLexer.BRACE_OPEN
                && next != GradcLexer.EQUALS;
    }

    /** Whether there is a closing brace before the next declaration that no opening one belongs to. */
    private boolean blockEnds(int place) {
        int blocks = 0;
        for (int i = place; type(i) != Token.EOF; i++) {
            if (beginsHead(i, blocks)) {
                return false;
            }
            blocks += block(i);
            if (blocks < 0) {
                return true;
            }
        }
        return false;
    }

    private int block(int place) {
        return switch (type(place)) {
            case GradcLexer.BRACE_OPEN -> 1;
            case GradcLexer.BRACE_CLOSE -> -1;
            default -> 0;
        };
    }

    private void insertBrace() {
        SourceToken before = result.get(result.size() - 1);
        SourceToken brace = new SourceToken(errors.file(), GradcLexer.BRACE_OPEN, before.end(), before.end());
        errors.report(brace.span(), "expected '{' after '" + Quotes.shorten(before.getText()) + "'");
        result.add(brace);
    }

    private int type(int place) {
        return tokens.get(place).getType();
    }
}
