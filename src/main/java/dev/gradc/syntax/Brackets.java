package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.Token;

/**
 * Pairs the brackets, reports those that have no partner, and mends them, so that the parser never loses its place: a
 * closing bracket without an opening one is dropped, and a missing closing one is put where its expression may end.
 */
final class Brackets {

    private final List<SourceToken> tokens;
    private final SyntaxErrors errors;
    /** The places of the brackets that are open, the innermost first. */
    private final Deque<Integer> open = new ArrayDeque<>();

    private final BitSet unpaired = new BitSet();
    private final BitSet dropped = new BitSet();
    private final Map<Integer, List<SourceToken>> inserted = new TreeMap<>();

    private Brackets(List<SourceToken> tokens, SyntaxErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
    }

    /** The tokens with every bracket closed. */
    static List<SourceToken> mend(List<SourceToken> tokens, SyntaxErrors errors) {
        return new Brackets(tokens, errors).mend();
    }

    private List<SourceToken> mend() {
        for (int i = 0; i < tokens.size(); i++) {
            switch (type(i)) {
                case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> open.push(i);
                case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> close(i);
                case GradcLexer.BRACE_OPEN -> openBlock(i);
                case GradcLexer.BRACE_CLOSE -> closeBlock(i);
                case GradcLexer.NEWLINE -> {
                    if (!open.isEmpty() && declarationBegins(i + 1)) {
                        unclosedUpTo(Token.EOF, i);
                    }
                }
                case Token.EOF -> unclosedUpTo(Token.EOF, i);
                default -> {}
            }
        }
        return dropped.isEmpty() && inserted.isEmpty() ? tokens : edited();
    }

    private void close(int place) {
        if (!isOpen(partner(type(place)))) {
            unexpected(place);
            return;
        }
        unclosedUpTo(partner(type(place)), place);
        open.pop();
    }

    /** Whether such a bracket is open, in the block where we are. */
    private boolean isOpen(int opening) {
        for (int place : open) {
            if (type(place) == opening) {
                return true;
            }
            if (type(place) == GradcLexer.BRACE_OPEN) {
                return false;
            }
        }
        return false;
    }

    private void openBlock(int place) {
        if (isInsideLine(place)) {
            unexpected(place);
            return;
        }
        unclosedUpTo(GradcLexer.BRACE_OPEN, place);
        open.push(place);
    }

    private void closeBlock(int place) {
        boolean block = open.stream().anyMatch(i -> type(i) == GradcLexer.BRACE_OPEN);
        if (!block || isInsideLine(place) || !mayFollowBlock(type(place + 1))) {
            unexpected(place);
            return;
        }
        unclosedUpTo(GradcLexer.BRACE_OPEN, place);
        open.pop();
    }

    /** Whether a block may have ended before; anything else shows that the brace was a slip. */
    private static boolean mayFollowBlock(int type) {
        return switch (type) {
            case GradcLexer.NEWLINE, GradcLexer.BRACE_CLOSE, Token.EOF -> true;
            default -> TokenKinds.isKeyword(type);
        };
    }

    /** Whether the bracket around {@code place} is closed further on in the line: then the brace is what is wrong. */
    private boolean isInsideLine(int place) {
        if (open.isEmpty() || type(open.peek()) == GradcLexer.BRACE_OPEN) {
            return false;
        }
        int depth = 1;
        for (int i = place + 1; depth > 0 && type(i) != GradcLexer.NEWLINE && type(i) != Token.EOF; i++) {
            depth += nesting(i);
        }
        return depth == 0;
    }

    /** Whether a declaration begins at {@code place}; it stands in no other, so whatever is still open was forgotten. */
    private boolean declarationBegins(int place) {
        return Lookahead.beginsDeclaration(tokens, place) && (type(place) != GradcLexer.OPTIMIZER || blocks() < 2);
    }

    /** The number of braces that are open; in two of them, {@code optimizer} begins a setting. */
    private long blocks() {
        return open.stream()
                .filter(place -> type(place) == GradcLexer.BRACE_OPEN)
                .count();
    }

    /** Gives up on the brackets that are open inside the innermost one of type {@code outer}, or on all of them. */
    private void unclosedUpTo(int outer, int place) {
        Deque<Integer> forgotten = new ArrayDeque<>();
        while (!open.isEmpty() && type(open.peek()) != outer) {
            forgotten.push(open.pop());
        }
        forgotten.forEach(opening -> {
            SourceToken token = tokens.get(opening);
            errors.report(token.span(), "unclosed '" + token.getText() + "'");
        });
        forgotten.descendingIterator().forEachRemaining(opening -> {
            insertPartner(opening, place);
            unpaired.set(opening);
        });
    }

    private void unexpected(int place) {
        SourceToken token = tokens.get(place);
        errors.report(token.span(), "unexpected '" + token.getText() + "'");
        dropped.set(place);
    }

    /** Closes the bracket at {@code opening} where its expression may end, at {@code limit} at the latest. */
    private void insertPartner(int opening, int limit) {
        int place = type(opening) == GradcLexer.BRACE_OPEN ? limit : end(opening, limit);
        int at = tokens.get(place).getStartIndex();
        inserted.computeIfAbsent(place, key -> new ArrayList<>())
                .add(new SourceToken(errors.file(), partner(type(opening)), at, at));
    }

    /** The first place, that no inner bracket goes across, where the line ends or an operand follows another. */
    private int end(int opening, int limit) {
        int inner = 0;
        for (int i = opening + 1; i < limit; i++) {
            boolean operands = TokenKinds.isPlainOperand(type(i)) && endsOperand(i - 1);
            if (inner == 0 && (operands || type(i) == GradcLexer.NEWLINE)) {
                return i;
            }
            inner = Math.max(0, inner + (unpaired.get(i) ? 0 : nesting(i)));
        }
        return limit;
    }

    /** The same as for the parser, but keywords are not yet told from names. */
    private boolean endsOperand(int place) {
        return TokenKinds.isWord(type(place)) || TokenKinds.endsOperand(type(place));
    }

    private int nesting(int place) {
        return switch (type(place)) {
            case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> 1;
            case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> -1;
            default -> 0;
        };
    }

    private int type(int place) {
        return tokens.get(place).getType();
    }

    private static int partner(int bracket) {
        return switch (bracket) {
            case GradcLexer.PAREN_OPEN -> GradcLexer.PAREN_CLOSE;
            case GradcLexer.PAREN_CLOSE -> GradcLexer.PAREN_OPEN;
            case GradcLexer.BRACKET_OPEN -> GradcLexer.BRACKET_CLOSE;
            case GradcLexer.BRACKET_CLOSE -> GradcLexer.BRACKET_OPEN;
            case GradcLexer.BRACE_OPEN -> GradcLexer.BRACE_CLOSE;
            default -> throw new IllegalArgumentException("no opening bracket: " + bracket);
        };
    }

    private List<SourceToken> edited() {
        List<SourceToken> result = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            result.addAll(inserted.getOrDefault(i, List.of()));
            if (!dropped.get(i)) {
                result.add(tokens.get(i));
            }
        }
        return result;
    }
}
