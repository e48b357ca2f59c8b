package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcParser;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Reports syntax errors in plain words, one for each statement, and goes on behind the statement. A statement in which an
 * earlier pass found a fault is skipped silently: what the parser would say is most often a consequence.
 */
final class Recovery extends DefaultErrorStrategy {

    private final SyntaxErrors errors;

    Recovery(SyntaxErrors errors) {
        this.errors = errors;
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    /** Called before every turn of a loop: reports what cannot begin a line, and skips all of its kind that follows. */
    @Override
    public void sync(Parser parser) {
        if (!isListOfLines(parser.getContext())) {
            return;
        }
        IntervalSet expected = parser.getExpectedTokens();
        if (!expected.contains(parser.getInputStream().LA(1))) {
            report(parser);
        }
        while (!expected.contains(parser.getInputStream().LA(1))) {
            skip(parser, parser.getCurrentToken().getTokenIndex());
        }
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            report(parser);
        }
    }

    /** Passes the error on to the rule of the whole line, and goes on behind that. */
    @Override
    public void recover(Parser parser, RecognitionException e) {
        ParserRuleContext context = parser.getContext();
        if (context instanceof GradcParser.ParametersContext) {
            skipParameters(parser);
        } else if (isLine(context)) {
            skip(parser, context.getStart().getTokenIndex());
        } else if (context.getParent() != null) {
            throw e;
        }
        endErrorCondition(parser);
    }

    private static boolean isListOfLines(ParserRuleContext context) {
        return context instanceof GradcParser.UnitContext
                || context instanceof GradcParser.BlockContext
                || (context instanceof GradcParser.TrainContext && context.getChildCount() > 1);
    }

    private static boolean isLine(ParserRuleContext context) {
        return context instanceof GradcParser.TopLevelContext
                || context instanceof GradcParser.LineContext
                || context instanceof GradcParser.SettingContext;
    }

    private void report(Parser parser) {
        if (!hasKnownFault(parser.getInputStream(), parser.getCurrentToken().getTokenIndex())) {
            errors.report(SyntaxMessage.of(parser, errors.file()));
        }
    }

    private boolean hasKnownFault(TokenStream tokens, int place) {
        int first = place;
        while (first > 0 && !separates(tokens.get(first - 1))) {
            first--;
        }
        int last = place;
        while (last + 1 < tokens.size() && !separates(tokens.get(last))) {
            last++;
        }
        // What stands where the line before ends belongs to that line.
        int start = first == 0 ? 0 : tokens.get(first - 1).getStartIndex() + 1;
        return errors.within(start, tokens.get(last).getStartIndex());
    }

    private static boolean separates(Token token) {
        return switch (token.getType()) {
            case GradcParser.NEWLINE, GradcParser.BRACE_OPEN, GradcParser.BRACE_CLOSE, Token.EOF -> true;
            default -> false;
        };
    }

    /** Goes behind the line that began at the token {@code start}; reads the block that a faulty head may have. */
    private static void skip(Parser parser, int start) {
        TokenStream tokens = parser.getInputStream();
        boolean faultyHead = parser.getContext() instanceof GradcParser.TopLevelContext;
        int blocks = 0;
        for (int i = start; i < tokens.index(); i++) {
            blocks += depth(tokens.get(i));
        }
        while (tokens.LA(1) != Token.EOF) {
            int type = tokens.LA(1);
            if (type == GradcParser.BRACE_CLOSE && blocks == 0) {
                return;
            }
            if (type == GradcParser.BRACE_OPEN && blocks == 0 && faultyHead && parser instanceof GradcParser gradc) {
                gradc.block();
                continue;
            }
            blocks += depth(tokens.LT(1));
            parser.consume();
            if (type == GradcParser.NEWLINE && blocks == 0) {
                return;
            }
        }
    }

    private static int depth(Token token) {
        return switch (token.getType()) {
            case GradcParser.BRACE_OPEN -> 1;
            case GradcParser.BRACE_CLOSE -> -1;
            default -> 0;
        };
    }

    /** Goes behind the bracket that ends the parameters. */
    private static void skipParameters(Parser parser) {
        TokenStream tokens = parser.getInputStream();
        int depth = 0;
        for (int i = parser.getContext().getStart().getTokenIndex(); i < tokens.index(); i++) {
            depth += nesting(tokens.get(i));
        }
        while (depth > 0 && !separates(tokens.LT(1))) {
            depth += nesting(tokens.LT(1));
            parser.consume();
        }
    }

    private static int nesting(Token token) {
        return switch (token.getType()) {
            case GradcParser.PAREN_OPEN, GradcParser.BRACKET_OPEN -> 1;
            case GradcParser.PAREN_CLOSE, GradcParser.BRACKET_CLOSE -> -1;
            default -> 0;
        };
    }
}
