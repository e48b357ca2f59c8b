package dev.gradc.syntax;

import dev.gradc.syntax.antlr.GradcLexer;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Kinds of tokens, by what may stand beside them. */
final class TokenKinds {

    /** Words that begin a declaration. */
    private static final BitSet DECLARATIONS = range(GradcLexer.PACKAGE, GradcLexer.NETWORK);

    /** Words that go on with a declaration: {@code derive}, {@code where}. */
    private static final BitSet DECLARATION_CLAUSES = range(GradcLexer.WHERE, GradcLexer.SPARSE);

    /** Words that begin a statement. */
    private static final BitSet STATEMENTS = range(GradcLexer.INPUT, GradcLexer.TRAIN);

    private static final BitSet WORDS = range(GradcLexer.PACKAGE, GradcLexer.IMPROVEMENT);

    /** How the words that begin a line of a file are written. */
    static final Set<String> FILE_WORDS = words(range(GradcLexer.PACKAGE, GradcLexer.SPARSE));

    /** How the words that go on with a declaration are written. */
    static final Set<String> DECLARATION_CLAUSE_WORDS = words(DECLARATION_CLAUSES);

    /** How the words that begin a statement are written. */
    static final Set<String> STATEMENT_WORDS = words(STATEMENTS);

    /** How the words that go on with a statement are written. */
    static final Set<String> STATEMENT_CLAUSE_WORDS = Set.of(spelling(GradcLexer.FROM), spelling(GradcLexer.WRT));

    /** Binary operators; {@code -} and {@code +} are among them. */
    private static final BitSet BINARY = range(GradcLexer.PIPE, GradcLexer.POWER);

    private TokenKinds() {}

    private static BitSet range(int first, int last) {
        BitSet set = new BitSet();
        set.set(first, last + 1);
        return set;
    }

    static boolean beginsDeclaration(int type) {
        return has(DECLARATIONS, type);
    }

    static boolean continuesDeclaration(int type) {
        return has(DECLARATION_CLAUSES, type);
    }

    static boolean beginsStatement(int type) {
        return has(STATEMENTS, type);
    }

    /** Whether it is spelled like a name. */
    static boolean isWord(int type) {
        return type == GradcLexer.NAME || has(WORDS, type);
    }

    /** Whether an operand begins so that cannot be taken for a call, an element or an operator. */
    static boolean isPlainOperand(int type) {
        return isWord(type) || type == GradcLexer.NUMBER || type == GradcLexer.STRING;
    }

    static boolean isKeyword(int type) {
        return has(WORDS, type);
    }

    static boolean isOperator(int type) {
        return has(BINARY, type);
    }

    /** Whether an expression may end here, so that no other may begin at once. */
    static boolean endsOperand(int type) {
        return switch (type) {
            case GradcLexer.NAME,
                    GradcLexer.NUMBER,
                    GradcLexer.STRING,
                    GradcLexer.PAREN_CLOSE,
                    GradcLexer.BRACKET_CLOSE,
                    GradcLexer.PRIME -> true;
            default -> false;
        };
    }

    /** Whether an expression follows the keyword, and not a name. */
    static boolean precedesExpression(int keyword) {
        return switch (keyword) {
            case GradcLexer.LOSS,
                    GradcLexer.RETURN,
                    GradcLexer.RULE,
                    GradcLexer.OPERATOR,
                    GradcLexer.DERIVATIVE,
                    GradcLexer.WHERE,
                    GradcLexer.FROM,
                    GradcLexer.AFTER -> true;
            default -> false;
        };
    }

    /** Whether a statement that has come so far needs more, whatever the line. */
    static boolean needsMore(int type) {
        return isOperator(type)
                || switch (type) {
                    case GradcLexer.COMMA,
                            GradcLexer.EQUALS,
                            GradcLexer.DRAWN,
                            GradcLexer.UPDATE,
                            GradcLexer.ARROW,
                            GradcLexer.RANGE,
                            GradcLexer.QUESTION,
                            GradcLexer.COLON,
                            GradcLexer.NOT,
                            GradcLexer.BRACE_OPEN -> true;
                    default -> false;
                };
    }

    /** Whether no statement begins so, and the line before therefore goes on. */
    static boolean goesOn(int type) {
        return type != GradcLexer.NOT && needsMore(type);
    }

    /** The keyword spelled so. */
    static int keyword(String word) {
        return WORDS.stream()
                .filter(type -> spelling(type).equals(word))
                .findFirst()
                .orElse(GradcLexer.NAME);
    }

    private static Set<String> words(BitSet types) {
        return types.stream().mapToObj(TokenKinds::spelling).collect(Collectors.toUnmodifiableSet());
    }

    /** How a keyword or sign is written. */
    static String spelling(int type) {
        return GradcLexer.VOCABULARY.getLiteralName(type).replace("'", "");
    }

    private static boolean has(BitSet set, int type) {
        return type >= 0 && set.get(type);
    }
}
