package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** Finds two operands side by side, says how a product is written, and puts the operator in that was meant. */
final class MissingOperators {

    /** Operators that other languages write as words. */
    private static final Map<String, Integer> OPERATORS =
            Map.of("and", GradcLexer.AND, "or", GradcLexer.OR, "mod", GradcLexer.PERCENT);

    /** What other languages write around operands. */
    private static final Map<String, String> WORDS = Map.of(
            "if", "a selection is written c ? a : b",
            "then", "a selection is written c ? a : b",
            "else", "a selection is written c ? a : b",
            "not", "'not' is written !");

    private final List<SourceToken> tokens;
    private final SyntaxErrors errors;
    private final List<SourceToken> result;
    /** The brackets of all kinds that are open, by their types. */
    private final Deque<Integer> brackets = new ArrayDeque<>();
    /** Whether names stand side by side by right, as in {@code param W}: no expression has begun. */
    private boolean inHeader;
    /** Whether the default of a parameter has begun. */
    private boolean inDefault;
    /** Whether the last operand already lacked its operator; of a run of words, the first tells enough. */
    private boolean inRun;
    /** Whether the innermost braces hold settings, {@code batch 32 epochs 200}. */
    private boolean inSettings;

    private MissingOperators(List<SourceToken> tokens, SyntaxErrors errors, boolean inHeader) {
        this.tokens = tokens;
        this.errors = errors;
        this.inHeader = inHeader;
        this.result = new ArrayList<>(tokens.size());
    }

    /** The tokens of a file with the missing operators. */
    static List<SourceToken> inStatements(List<SourceToken> tokens, SyntaxErrors errors) {
        return new MissingOperators(tokens, errors, true).insert();
    }

    /** The same for an expression that stands alone. */
    static List<SourceToken> inExpression(List<SourceToken> tokens, SyntaxErrors errors) {
        return new MissingOperators(tokens, errors, false).insert();
    }

    private List<SourceToken> insert() {
        for (int i = 0; i < tokens.size(); i++) {
            SourceToken token = tokens.get(i);
            boolean operand = token.getType() == GradcLexer.NAME || token.getType() == GradcLexer.NUMBER;
            boolean missing = operand && TokenKinds.endsOperand(lastType()) && !isListOfNames();
            if (missing && OPERATORS.containsKey(token.getText())) {
                int type = OPERATORS.get(token.getText());
                errors.report(
                        token.span(),
                        "unexpected '" + token.getText() + "'",
                        "this is written "
                                + GradcLexer.VOCABULARY.getLiteralName(type).replace("'", ""));
                token.setType(type);
                missing = false;
            } else if (missing) {
                report(i);
                int place = token.getStartIndex();
                result.add(new SourceToken(errors.file(), GradcLexer.STAR, place, place));
            }
            follow(token.getType());
            result.add(token);
            inRun = missing;
        }
        return result;
    }

    private boolean isListOfNames() {
        if (brackets.isEmpty() || brackets.peek() == GradcLexer.BRACE_OPEN) {
            return inHeader || inSettings;
        }
        return inHeader && !inDefault && brackets.peek() == GradcLexer.PAREN_OPEN;
    }

    private void report(int right) {
        SourceToken token = tokens.get(right);
        SourceToken left = result.get(result.size() - 1);
        // A bracket that was not closed, or a character that was refused between the two, is what is wrong then.
        boolean known = left.isInserted() || errors.within(left.end(), token.getStartIndex());
        if (!known && !inRun) {
            String call = tokens.get(right + 1).getType() == GradcLexer.PAREN_OPEN ? "(…)" : "";
            String before = Quotes.before(result);
            String message =
                    "missing operator: a product is written " + before + "*" + Quotes.shorten(token.getText()) + call;
            Optional<String> word = Stream.of(left, token)
                    .map(side -> WORDS.get(side.getText()))
                    .filter(Objects::nonNull)
                    .findFirst();
            if (word.isPresent()) {
                errors.report(token.span(), message, word.get());
            } else if (endsWithDerivative()) {
                errors.report(token.span(), message, "a derivative is written diff(u, x)");
            } else if (left.getType() == GradcLexer.NAME && left.getText().length() > 1 && call.isEmpty()) {
                errors.report(
                        token.span(),
                        message,
                        "a call is written " + before + "(" + Quotes.shorten(token.getText()) + ")");
            } else {
                errors.report(token.span(), message);
            }
        }
    }

    /** Whether {@code d/dx} comes before. */
    private boolean endsWithDerivative() {
        int end = result.size();
        return end >= 3
                && result.get(end - 3).getText().equals("d")
                && result.get(end - 2).getType() == GradcLexer.SLASH
                && result.get(end - 1).getText().startsWith("d");
    }

    private void follow(int type) {
        switch (type) {
            case GradcLexer.NEWLINE -> inHeader = true;
            case GradcLexer.COMMA -> inDefault = false;
            case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> brackets.push(type);
            case GradcLexer.BRACE_OPEN -> {
                inHeader = true;
                inSettings = lastType() == GradcLexer.TRAIN;
                brackets.push(type);
            }
            case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> {
                inDefault = false;
                brackets.pop();
            }
            case GradcLexer.BRACE_CLOSE -> {
                inSettings = false;
                brackets.pop();
            }
            case GradcLexer.EQUALS, GradcLexer.DRAWN, GradcLexer.UPDATE -> {
                inDefault = !brackets.isEmpty() && brackets.peek() == GradcLexer.PAREN_OPEN;
                inHeader &= inDefault;
            }
            default -> {
                if (TokenKinds.isKeyword(type)) {
                    inHeader = !TokenKinds.precedesExpression(type);
                }
            }
        }
    }

    private int lastType() {
        return result.isEmpty() ? Token.EOF : result.get(result.size() - 1).getType();
    }
}
