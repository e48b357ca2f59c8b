package dev.gradc.syntax;

import dev.gradc.source.Spelling;
import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Tells keywords from names: a word is a keyword only where a declaration, a statement or a clause begins, so that
 * {@code loss}, {@code batch} or {@code at} may also be variables. On the way it mends what only it can see: a misspelt
 * keyword, a line that should have ended, and {@code <-} that is {@code < -}.
 */
final class Keywords {

    /** What the innermost braces hold. */
    private enum Level {
        FILE,
        BLOCK,
        TRAIN
    }

    private final List<SourceToken> tokens;
    private final SyntaxErrors errors;
    private final List<SourceToken> result;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int brackets;
    /** Whether the next token begins a declaration or statement. */
    private boolean start = true;
    /** Whether the statement has not yet come beyond the name that gets a value. */
    private boolean inTarget;

    private Keywords(List<SourceToken> tokens, SyntaxErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
        this.result = new ArrayList<>(tokens.size());
        levels.push(Level.FILE);
    }

    /** The tokens of a file with every word that is no keyword turned into a name. */
    static List<SourceToken> resolve(List<SourceToken> tokens, SyntaxErrors errors) {
        Keywords keywords = new Keywords(tokens, errors);
        keywords.resolve();
        return keywords.result;
    }

    /** The same for an expression that stands alone: every word is a name. */
    static List<SourceToken> names(List<SourceToken> tokens, SyntaxErrors errors) {
        Keywords keywords = new Keywords(tokens, errors);
        keywords.brackets = 1; // as if the expression stood in brackets, where no statement begins
        keywords.start = false;
        keywords.resolve();
        return keywords.result;
    }

    private void resolve() {
        for (int i = 0; i < tokens.size(); i++) {
            SourceToken token = tokens.get(i);
            int type = token.getType();
            if (TokenKinds.isWord(type)) {
                word(i);
            } else if (type == GradcLexer.UPDATE && !(inTarget && brackets == 0)) {
                int middle = token.getStartIndex() + 1;
                add(new SourceToken(errors.file(), GradcLexer.LESS, token.getStartIndex(), middle));
                add(new SourceToken(errors.file(), GradcLexer.MINUS, middle, token.end()));
            } else {
                add(token);
            }
        }
    }

    private void word(int i) {
        SourceToken token = tokens.get(i);
        boolean keyword = start ? beginsHere(i) : isClause(i);
        if (!keyword) {
            token.setType(start ? misspeltStart(i) : mayBeClause() ? afterStatement(i) : GradcLexer.NAME);
        }
        add(token);
    }

    /** Whether a word that stands here can only be a clause; another operand would be a mistake. */
    private boolean mayBeClause() {
        return brackets == 0 && mayEnd(lastType()) && levels.peek() != Level.TRAIN;
    }

    /** What a word is that follows a complete statement: the next statement, a misspelt clause, or just a name. */
    private int afterStatement(int i) {
        SourceToken token = tokens.get(i);
        if (beginsHere(i)) {
            errors.report(
                    token.span(),
                    "a new line must begin before '" + token.getText() + "'",
                    "every declaration and every statement has a line of its own");
            add(new SourceToken(errors.file(), GradcLexer.NEWLINE, token.getStartIndex(), token.getStartIndex()));
            return token.getType();
        }
        boolean inFile = levels.peek() == Level.FILE;
        return misspelt(
                token, "clause", inFile ? TokenKinds.DECLARATION_CLAUSE_WORDS : TokenKinds.STATEMENT_CLAUSE_WORDS);
    }

    /** What the first word of a line is that is no keyword. */
    private int misspeltStart(int i) {
        SourceToken token = tokens.get(i);
        int next = Lookahead.type(tokens, i + 1);
        boolean beginsStatement = TokenKinds.isPlainOperand(next) || next == GradcLexer.BRACE_OPEN;
        if (levels.peek() == Level.BLOCK && beginsStatement) {
            return misspelt(token, "statement", TokenKinds.STATEMENT_WORDS);
        }
        if (levels.peek() != Level.FILE) {
            return GradcLexer.NAME;
        }
        int type = misspelt(token, "declaration", TokenKinds.FILE_WORDS);
        if (TokenKinds.continuesDeclaration(type) && !result.isEmpty()) {
            result.remove(result.size() - 1); // the line end, which would not be there but for the mistake
        }
        return type;
    }

    /** The keyword among {@code words} that was meant, after a complaint; or else a name. */
    private int misspelt(SourceToken token, String kind, Set<String> words) {
        return Spelling.nearest(token.getText(), words)
                .map(word -> {
                    errors.report(
                            token.span(),
                            "unknown " + kind + " '" + token.getText() + "'",
                            "did you mean '" + word + "'?");
                    return TokenKinds.keyword(word);
                })
                .orElse(GradcLexer.NAME);
    }

    /** Whether the word begins a declaration, statement or setting, seen from the level and from what follows. */
    private boolean beginsHere(int i) {
        int type = tokens.get(i).getType();
        return switch (levels.peek()) {
            case FILE -> TokenKinds.beginsDeclaration(type);
            case BLOCK ->
                TokenKinds.beginsStatement(type)
                        && !getsValue(i)
                        && (type != GradcLexer.TRAIN || Lookahead.type(tokens, i + 1) == GradcLexer.BRACE_OPEN);
            case TRAIN -> type == GradcLexer.STOP && Lookahead.type(tokens, i + 1) == GradcLexer.AFTER;
        };
    }

    /** Whether {@code = …}, {@code [i] = …} or the like follows, so that the word is the name of what it gives. */
    private boolean getsValue(int i) {
        return switch (Lookahead.afterSubscript(tokens, i + 1)) {
            case GradcLexer.EQUALS, GradcLexer.DRAWN, GradcLexer.UPDATE -> true;
            default -> false;
        };
    }

    /** Whether the word goes on with what stands before it: {@code wrt x}, {@code from h[-1] = 0}. */
    private boolean isClause(int i) {
        int type = tokens.get(i).getType();
        if (brackets > 0) {
            return false;
        }
        return switch (levels.peek()) {
            case FILE -> TokenKinds.continuesDeclaration(type) && mayEnd(lastType());
            case BLOCK -> (type == GradcLexer.FROM || type == GradcLexer.WRT) && mayEnd(lastType());
            case TRAIN ->
                switch (type) {
                    case GradcLexer.STOP -> Lookahead.type(tokens, i + 1) == GradcLexer.AFTER;
                    case GradcLexer.AFTER -> lastType() == GradcLexer.STOP;
                    case GradcLexer.WITHOUT -> Lookahead.type(tokens, i + 1) == GradcLexer.IMPROVEMENT;
                    case GradcLexer.IMPROVEMENT -> lastType() == GradcLexer.WITHOUT;
                    default -> false;
                };
        };
    }

    /** Whether a clause, or the end of the statement, may follow. */
    private static boolean mayEnd(int type) {
        return switch (type) {
            case GradcLexer.DERIVE, GradcLexer.SPARSE, GradcLexer.BRACE_CLOSE -> true;
            default -> TokenKinds.endsOperand(type);
        };
    }

    private void add(SourceToken token) {
        int type = token.getType();
        switch (type) {
            case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> brackets++;
            case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> brackets--;
            case GradcLexer.BRACE_OPEN -> levels.push(lastType() == GradcLexer.TRAIN ? Level.TRAIN : Level.BLOCK);
            case GradcLexer.BRACE_CLOSE -> levels.pop();
            default -> {}
        }
        boolean beginsTarget = start && (type == GradcLexer.NAME || type == GradcLexer.PAREN_OPEN);
        boolean closes = type == GradcLexer.BRACKET_CLOSE || type == GradcLexer.PAREN_CLOSE;
        inTarget = beginsTarget || (inTarget && (brackets > 0 || closes));
        start = type == GradcLexer.NEWLINE || type == GradcLexer.BRACE_OPEN;
        result.add(token);
    }

    private int lastType() {
        return result.isEmpty()
                ? GradcLexer.NEWLINE
                : result.get(result.size() - 1).getType();
    }
}
