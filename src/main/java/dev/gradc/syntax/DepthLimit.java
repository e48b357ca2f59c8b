package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.Arrays;
import org.antlr.v4.runtime.Token;

/**
 * Bounds the depth of the tree while the tokens arrive, so that neither the parser nor a later pass overflows its stack,
 * however long the text is. What nests: brackets, and operators that take everything to their right.
 */
final class DepthLimit {

    static final int LIMIT = 200_000;

    private final SyntaxErrors errors;
    private int depth;
    /** Depth inside the innermost bracket that lasts to the next comma: selections and lambdas. */
    private int loose;
    /** Depth inside the innermost bracket that lasts to the next binary operator: signs, powers, postfixes. */
    private int tight;
    /** The two counts of the outer brackets, in turn. */
    private int[] outer = new int[16];

    private int brackets;
    private int previous = Token.EOF;

    DepthLimit(SyntaxErrors errors) {
        this.errors = errors;
    }

    void accept(SourceToken token) {
        switch (token.getType()) {
            case GradcLexer.BRACKET_OPEN -> {
                if (isClosing(previous)) {
                    tighter();
                }
                open();
            }
            case GradcLexer.PAREN_OPEN -> {
                if (previous == GradcLexer.PAREN_CLOSE) {
                    tighter();
                }
                open();
            }
            case GradcLexer.BRACE_OPEN -> open();
            case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE, GradcLexer.BRACE_CLOSE -> close();
            case GradcLexer.QUESTION, GradcLexer.ARROW -> {
                loose++;
                depth++;
                relax();
            }
            case GradcLexer.POWER, GradcLexer.PRIME, GradcLexer.NOT -> tighter();
            case GradcLexer.PLUS, GradcLexer.MINUS -> {
                if (TokenKinds.isWord(previous) || TokenKinds.endsOperand(previous)) {
                    relax();
                } else {
                    tighter();
                }
            }
            case GradcLexer.COLON -> relax();
            case GradcLexer.COMMA, GradcLexer.EQUALS, GradcLexer.DRAWN, GradcLexer.UPDATE -> {
                depth -= loose;
                loose = 0;
                relax();
            }
            default -> {
                if (TokenKinds.isOperator(token.getType())) {
                    relax();
                }
            }
        }
        previous = token.getType();
        if (depth > LIMIT) {
            throw errors.fatal(token.span(), "nested too deeply");
        }
    }

    private static boolean isClosing(int type) {
        return type == GradcLexer.PAREN_CLOSE || type == GradcLexer.BRACKET_CLOSE;
    }

    private void tighter() {
        tight++;
        depth++;
    }

    private void relax() {
        depth -= tight;
        tight = 0;
    }

    private void open() {
        if (2 * brackets + 1 >= outer.length) {
            outer = Arrays.copyOf(outer, 2 * outer.length);
        }
        outer[2 * brackets] = loose;
        outer[2 * brackets + 1] = tight;
        brackets++;
        depth++;
        loose = 0;
        tight = 0;
    }

    private void close() {
        if (brackets > 0) {
            brackets--;
            depth -= 1 + loose + tight;
            loose = outer[2 * brackets];
            tight = outer[2 * brackets + 1];
        }
    }
}
