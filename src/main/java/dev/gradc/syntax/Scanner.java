package dev.gradc.syntax;

import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.syntax.antlr.GradcLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * From characters to tokens: drops comments, hands documentation to the token that follows it, keeps one NEWLINE for any
 * number of empty lines, and reports what is no token.
 */
final class Scanner {

    /** Names become those of files and methods, which have room for no more. */
    private static final int LONGEST_NAME = 200;

    private final SourceFile file;
    private final SyntaxErrors errors;
    private final DepthLimit depth;
    private final List<SourceToken> tokens = new ArrayList<>();
    private String documentation = "";
    private int unexpectedEnd;

    /** Whether a bar has been told of, which another one on its line may close: |x|. */
    private boolean inBars;
    /** Whether the rest of the line follows a character that begins a comment elsewhere. */
    private boolean inForeignComment;
    /** How far the text has been converted from ANTLR's code points to characters. */
    private int codePoints;

    private int characters;

    private Scanner(SourceFile file, SyntaxErrors errors) {
        this.file = file;
        this.errors = errors;
        this.depth = new DepthLimit(errors);
    }

    /** The tokens of the file, the last of them EOF. */
    static List<SourceToken> scan(SourceFile file, SyntaxErrors errors) {
        return new Scanner(file, errors).scan();
    }

    private List<SourceToken> scan() {
        GradcLexer lexer = new GradcLexer(CharStreams.fromString(file.text()));
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            int start = character(token.getStartIndex());
            int end = character(token.getStopIndex() + 1);
            inForeignComment &= token.getType() != GradcLexer.NEWLINE;
            if (!inForeignComment && !accept(token.getType(), start, end)) {
                break;
            }
        }
        int end = file.text().length();
        tokens.add(new SourceToken(file, Token.EOF, end, end));
        return tokens;
    }

    private int character(int codePoint) {
        characters = file.text().offsetByCodePoints(characters, codePoint - codePoints);
        codePoints = codePoint;
        return characters;
    }

    /** Returns whether there is something to read after this token. */
    private boolean accept(int type, int start, int end) {
        switch (type) {
            case GradcLexer.COMMENT -> comment(start, end);
            case GradcLexer.OPEN_COMMENT -> {
                errors.report(new Span(file, start, end), "this comment does not end", "it ends with */");
                return false;
            }
            case GradcLexer.OPEN_STRING ->
                errors.report(
                        new Span(file, start, end), "this string does not end", "it ends with \" on the same line");
            case GradcLexer.NEWLINE -> newline(start);
            case GradcLexer.UNEXPECTED -> unexpected(start, end);
            default -> add(new SourceToken(file, type, start, end));
        }
        return true;
    }

    /** Reports the first of a run of characters, and takes a few for what they are in other languages. */
    private void unexpected(int start, int end) {
        boolean first = start == 0 || start != unexpectedEnd;
        unexpectedEnd = end;
        if (first && !inBars) {
            UnexpectedCharacters.report(new Span(file, start, end), errors);
        }
        switch (file.text().charAt(start)) {
            case '|' -> inBars = !inBars;
            case '#' ->
                inForeignComment =
                        start == 0 || Character.isWhitespace(file.text().charAt(start - 1));
            case ';' -> newline(start);
            default -> {}
        }
    }

    private void comment(int start, int end) {
        String text = file.text().substring(start, end);
        if (text.startsWith("/**") && text.length() > "/**/".length()) {
            documentation = Documentation.of(text);
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            newline(end);
        }
    }

    private void newline(int start) {
        inBars = false;
        boolean repeated = !tokens.isEmpty() && tokens.get(tokens.size() - 1).getType() == GradcLexer.NEWLINE;
        if (!repeated) {
            tokens.add(new SourceToken(file, GradcLexer.NEWLINE, start, start));
        }
    }

    private void add(SourceToken token) {
        depth.accept(token);
        if (TokenKinds.isWord(token.getType()) && token.getStopIndex() - token.getStartIndex() >= LONGEST_NAME) {
            throw errors.fatal(token.span(), "this name has more than " + LONGEST_NAME + " characters");
        }
        if (!documentation.isEmpty()) {
            token.document(documentation);
            documentation = "";
        }
        tokens.add(token);
    }
}
