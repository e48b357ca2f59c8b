package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Decides which line ends end a statement; keeps those, and puts one before every end of a block and of the file. */
final class Layout {

    private final List<SourceToken> tokens;
    private final List<SourceToken> result;
    private final SyntaxErrors errors;

    private Layout(List<SourceToken> tokens, SyntaxErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
        this.result = new ArrayList<>(tokens.size());
    }

    /** The tokens of a file, with a NEWLINE exactly where a statement or declaration ends. */
    static List<SourceToken> statements(List<SourceToken> tokens, SyntaxErrors errors) {
        return new Layout(tokens, errors).statements();
    }

    /** The tokens of an expression that stands alone: no line end means anything. */
    static List<SourceToken> expression(List<SourceToken> tokens) {
        return tokens.stream()
                .filter(token -> token.getType() != GradcLexer.NEWLINE)
                .toList();
    }

    private List<SourceToken> statements() {
        int brackets = 0;
        int blocks = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SourceToken token = tokens.get(i);
            switch (token.getType()) {
                case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> brackets++;
                case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> brackets--;
                case GradcLexer.BRACE_OPEN -> blocks++;
                case GradcLexer.BRACE_CLOSE -> {
                    blocks--;
                    end(token);
                }
                case Token.EOF -> end(token);
                default -> {}
            }
            if (token.getType() != GradcLexer.NEWLINE) {
                result.add(token);
            } else if (brackets == 0 && !atStart() && endsStatement(i + 1, blocks)) {
                result.add(token);
            }
        }
        return result;
    }

    private boolean endsStatement(int next, int blocks) {
        if (TokenKinds.needsMore(lastType())) {
            return lastType() != GradcLexer.BRACE_OPEN && beginsForSure(next, blocks);
        }
        return !goesOn(next, blocks);
    }

    /** Whether a line cannot but begin something new, although the one before is not complete. */
    private boolean beginsForSure(int next, int blocks) {
        int type = tokens.get(next).getType();
        int afterwards = Lookahead.type(tokens, next + 1);
        if (blocks == 0) {
            return TokenKinds.beginsDeclaration(type) && TokenKinds.isPlainOperand(afterwards);
        }
        return getsValue(next) || (TokenKinds.beginsStatement(type) && TokenKinds.isPlainOperand(afterwards));
    }

    /** Whether {@code x =} stands there; after a comma, this may be one more start of a recurrence. */
    private boolean getsValue(int place) {
        if (!TokenKinds.isWord(tokens.get(place).getType()) || lastType() == GradcLexer.COMMA) {
            return false;
        }
        int type = Lookahead.afterSubscript(tokens, place + 1);
        return type == GradcLexer.EQUALS || type == GradcLexer.DRAWN;
    }

    /** Whether what begins a line belongs to the line before. */
    private boolean goesOn(int next, int blocks) {
        int type = tokens.get(next).getType();
        if (type == Token.EOF || type == GradcLexer.BRACE_CLOSE || TokenKinds.goesOn(type)) {
            return true;
        }
        if (blocks == 0) {
            return TokenKinds.continuesDeclaration(type);
        }
        // A definition may be called 'from' or 'wrt'; then no name follows the word.
        int afterwards = Lookahead.type(tokens, next + 1);
        return switch (type) {
            case GradcLexer.FROM -> TokenKinds.isWord(afterwards);
            case GradcLexer.WRT -> TokenKinds.isWord(afterwards) || afterwards == GradcLexer.PAREN_OPEN;
            default -> false;
        };
    }

    private void end(SourceToken next) {
        if (!atStart() && lastType() != GradcLexer.BRACE_OPEN) {
            result.add(new SourceToken(errors.file(), GradcLexer.NEWLINE, next.getStartIndex(), next.getStartIndex()));
        }
    }

    private boolean atStart() {
        return result.isEmpty() || lastType() == GradcLexer.NEWLINE;
    }

    private int lastType() {
        return result.get(result.size() - 1).getType();
    }
}
