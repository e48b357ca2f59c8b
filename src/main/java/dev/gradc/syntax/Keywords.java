package dev.gradc.syntax;

import dev.gradc.source.Spelling;
import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tells keywords from names: a word is a keyword only where a declaration, a statement or a clause begins, so that
 * {@code loss}, {@code batch} or {@code at} may also be variables. On the way it finds what else only the neighbours of a
 * word can tell: a misspelt keyword, two operands without an operator, {@code <-} that is {@code < -}.
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
    /** The round and square brackets that are open, by their types. */
    private final Deque<Integer> brackets = new ArrayDeque<>();

    /** Whether the next token begins a declaration or statement. */
    private boolean start = true;
    /** Whether the statement has not yet come beyond what it defines. */
    private boolean inTarget;
    /** Whether names stand side by side by right, as after {@code param}: no expression has begun. */
    private boolean inHeader;

    private Keywords(List<SourceToken> tokens, SyntaxErrors errors) {
        this.tokens = tokens;
        this.errors = errors;
        this.result = new ArrayList<>(tokens.size());
    }

    /** The tokens of a file with every word that is no keyword turned into a name. */
    static List<SourceToken> resolve(List<SourceToken> tokens, SyntaxErrors errors) {
        Keywords keywords = new Keywords(tokens, errors);
        keywords.levels.push(Level.FILE);
        return keywords.resolve();
    }

    /** The same for an expression that stands alone: every word is a name. */
    static List<SourceToken> names(List<SourceToken> tokens, SyntaxErrors errors) {
        Keywords keywords = new Keywords(tokens, errors);
        keywords.levels.push(Level.BLOCK);
        keywords.start = false;
        return keywords.resolve();
    }

    private List<SourceToken> resolve() {
        for (int i = 0; i < tokens.size(); i++) {
            SourceToken token = tokens.get(i);
            int type = token.getType();
            if (TokenKinds.isWord(type)) {
                word(i);
            } else if (type == GradcLexer.UPDATE && !(inTarget && brackets.isEmpty())) {
                int middle = token.getStartIndex() + 1;
                add(new SourceToken(errors.file(), GradcLexer.LESS, token.getStartIndex(), middle));
                add(new SourceToken(errors.file(), GradcLexer.MINUS, middle, token.end()));
            } else {
                if (type == GradcLexer.NUMBER) {
                    product(i);
                }
                add(token);
            }
        }
        return result;
    }

    private void word(int i) {
        SourceToken token = tokens.get(i);
        int type = token.getType();
        if (start) {
            if (!beginsHere(i)) {
                token.setType(misspelt(i));
            }
        } else if (!isClause(i)) {
            if (brackets.isEmpty() && mayEnd(lastType()) && levels.peek() != Level.TRAIN && beginsHere(i)) {
                errors.report(
                        token.span(), "a new line must begin before '" + token.getText() + "'", "one statement a line");
                add(new SourceToken(errors.file(), GradcLexer.NEWLINE, token.getStartIndex(), token.getStartIndex()));
            } else {
                token.setType(GradcLexer.NAME);
                product(i);
            }
        }
        boolean starting = start;
        add(token);
        boolean expressionFollows = switch (token.getType()) {
            case GradcLexer.LOSS,
                    GradcLexer.RETURN,
                    GradcLexer.RULE,
                    GradcLexer.OPERATOR,
                    GradcLexer.DERIVATIVE,
                    GradcLexer.WHERE,
                    GradcLexer.FROM -> true;
            default -> false;
        };
        boolean namesFollow = token.getType() == GradcLexer.DERIVE || token.getType() == GradcLexer.WRT;
        inHeader = !expressionFollows && (starting || namesFollow || inHeader);
        inTarget = starting && token.getType() == GradcLexer.NAME;
    }

    /** Whether the word begins a declaration or statement, seen from where it stands and what follows. */
    private boolean beginsHere(int i) {
        int type = tokens.get(i).getType();
        return switch (levels.peek()) {
            case FILE -> TokenKinds.beginsDeclaration(type);
            case BLOCK ->
                TokenKinds.beginsStatement(type)
                        && !isDefined(i + 1)
                        && (type != GradcLexer.TRAIN || typeAt(i + 1) == GradcLexer.BRACE_OPEN);
            case TRAIN -> type == GradcLexer.STOP && typeAt(i + 1) == GradcLexer.AFTER;
        };
    }

    /** Whether {@code = …}, {@code [i] = …} or the like follows, so that the word before is a name that gets a value. */
    private boolean isDefined(int next) {
        int place = next;
        if (typeAt(place) == GradcLexer.BRACKET_OPEN) {
            int depth = 0;
            do {
                depth += typeAt(place) == GradcLexer.BRACKET_OPEN ? 1 : 0;
                depth -= typeAt(place) == GradcLexer.BRACKET_CLOSE ? 1 : 0;
                place++;
            } while (depth > 0);
        }
        int type = typeAt(place);
        return type == GradcLexer.EQUALS || type == GradcLexer.DRAWN || type == GradcLexer.UPDATE;
    }

    /** Whether the word goes on with what stands before it: {@code wrt x}, {@code from h[-1] = 0}. */
    private boolean isClause(int i) {
        int type = tokens.get(i).getType();
        if (!brackets.isEmpty()) {
            return false;
        }
        return switch (levels.peek()) {
            case FILE -> TokenKinds.continuesDeclaration(type) && mayEnd(lastType());
            case BLOCK -> (type == GradcLexer.FROM || type == GradcLexer.WRT) && mayEnd(lastType());
            case TRAIN ->
                switch (type) {
                    case GradcLexer.STOP -> typeAt(i + 1) == GradcLexer.AFTER;
                    case GradcLexer.AFTER -> lastType() == GradcLexer.STOP;
                    case GradcLexer.WITHOUT -> typeAt(i + 1) == GradcLexer.IMPROVEMENT;
                    case GradcLexer.IMPROVEMENT -> lastType() == GradcLexer.WITHOUT;
                    default -> false;
                };
        };
    }

    /** Whether a clause may follow. */
    private static boolean mayEnd(int type) {
        return switch (type) {
            case GradcLexer.DERIVE, GradcLexer.SPARSE, GradcLexer.BRACE_CLOSE -> true;
            default -> !TokenKinds.isKeyword(type) && TokenKinds.endsOperand(type);
        };
    }

    /** The keyword that the first word of a line was meant to be, after a complaint; or else a name. */
    private int misspelt(int i) {
        boolean declaration = levels.peek() == Level.FILE;
        boolean asKeyword = declaration || levels.peek() == Level.BLOCK && TokenKinds.isWord(typeAt(i + 1));
        if (!asKeyword) {
            return GradcLexer.NAME;
        }
        SourceToken token = tokens.get(i);
        return Spelling.nearest(token.getText(), TokenKinds.words(declaration))
                .map(word -> {
                    errors.report(
                            token.span(),
                            "unknown " + (declaration ? "declaration" : "statement") + " '" + token.getText() + "'",
                            "did you mean '" + word + "'?");
                    return TokenKinds.keyword(word);
                })
                .orElse(GradcLexer.NAME);
    }

    /** Complains if the operand at {@code i} follows another one, and puts the operator between them that was meant. */
    private void product(int i) {
        boolean settings = brackets.isEmpty() && levels.peek() == Level.TRAIN;
        boolean names = inHeader && (brackets.isEmpty() || brackets.peek() == GradcLexer.PAREN_OPEN);
        if (start || settings || names || result.isEmpty()) {
            return;
        }
        if (TokenKinds.isKeyword(lastType()) || !TokenKinds.endsOperand(lastType())) {
            return;
        }
        SourceToken right = tokens.get(i);
        String call = typeAt(i + 1) == GradcLexer.PAREN_OPEN ? "(…)" : "";
        // A character that was refused between the two is what is wrong, not the operator.
        if (!errors.within(result.get(result.size() - 1).end(), right.getStartIndex())) {
            errors.report(
                    right.span(),
                    "missing operator: a product is written " + Operands.before(result) + "*" + right.getText() + call);
        }
        add(new SourceToken(errors.file(), GradcLexer.STAR, right.getStartIndex(), right.getStartIndex()));
    }

    private void add(SourceToken token) {
        int type = token.getType();
        switch (type) {
            case GradcLexer.PAREN_OPEN, GradcLexer.BRACKET_OPEN -> brackets.push(type);
            case GradcLexer.PAREN_CLOSE, GradcLexer.BRACKET_CLOSE -> brackets.poll();
            case GradcLexer.BRACE_OPEN -> levels.push(lastType() == GradcLexer.TRAIN ? Level.TRAIN : Level.BLOCK);
            case GradcLexer.BRACE_CLOSE -> levels.pop();
            case GradcLexer.EQUALS, GradcLexer.DRAWN, GradcLexer.UPDATE -> inHeader &= !brackets.isEmpty();
            default -> {}
        }
        inTarget &= !brackets.isEmpty() || type == GradcLexer.BRACKET_CLOSE;
        start = type == GradcLexer.NEWLINE || type == GradcLexer.BRACE_OPEN;
        result.add(token);
    }

    private int lastType() {
        return result.isEmpty()
                ? GradcLexer.NEWLINE
                : result.get(result.size() - 1).getType();
    }

    private int typeAt(int i) {
        return i < tokens.size() ? tokens.get(i).getType() : GradcLexer.EOF;
    }
}
