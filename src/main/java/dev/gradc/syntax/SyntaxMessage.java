package dev.gradc.syntax;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.source.Spelling;
import dev.gradc.syntax.antlr.GradcParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in plain words what is wrong at the token where the parser got stuck. */
final class SyntaxMessage {

    private final ParserRuleContext context;
    private final IntervalSet expected;
    private final Token token;
    private final Optional<Token> previous;
    private final SourceFile file;

    private SyntaxMessage(Parser parser, SourceFile file) {
        this.context = parser.getContext();
        this.expected = parser.getExpectedTokens();
        this.token = parser.getCurrentToken();
        this.previous = Optional.ofNullable(parser.getInputStream().LT(-1))
                .filter(before -> before.getType() != GradcParser.NEWLINE);
        this.file = file;
    }

    static Diagnostic of(Parser parser, SourceFile file) {
        return new SyntaxMessage(parser, file).diagnostic();
    }

    private Diagnostic diagnostic() {
        Diagnostic diagnostic = Diagnostic.error(span(), message());
        return hint().map(diagnostic::withHint).orElse(diagnostic);
    }

    /** The token, or the end of the one before if the line or the file ends here. */
    private Span span() {
        if (endsLine() && previous.isPresent()) {
            int end = previous.get().getStopIndex() + 1;
            return new Span(file, end, end);
        }
        return new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
    }

    private boolean follows(int type) {
        return previous.filter(before -> before.getType() == type).isPresent();
    }

    private boolean endsLine() {
        return token.getType() == GradcParser.NEWLINE || token.getType() == Token.EOF;
    }

    private String message() {
        if (context instanceof GradcParser.UnitContext) {
            return "expected a declaration, found " + quoted(token);
        }
        if (context instanceof GradcParser.BlockContext && context.getChildCount() > 0) {
            return "expected a statement, found " + quoted(token);
        }
        if (context instanceof GradcParser.TrainContext && context.getChildCount() > 1) {
            return "expected a setting, found " + quoted(token);
        }
        if (expected.contains(GradcParser.NUMBER) || (inExpression() && listBegins())) {
            return "expected an expression" + place();
        }
        if (expected.contains(GradcParser.NAME) || (context instanceof GradcParser.ParametersContext && listBegins())) {
            return "expected a name" + place();
        }
        if (expected.contains(GradcParser.STRING)) {
            return "expected a path in quotes" + place();
        }
        if (expected.contains(GradcParser.NEWLINE) || (inExpression() && !endsLine())) {
            return "unexpected " + quoted(token);
        }
        return "expected " + alternatives() + place();
    }

    /** Whether the first item is missing; where a list may be empty, the parser does not ask for one. */
    private boolean listBegins() {
        return previous.map(Token::getType)
                .filter(type -> type == GradcParser.PAREN_OPEN || type == GradcParser.BRACKET_OPEN)
                .isPresent();
    }

    private boolean inExpression() {
        return context instanceof GradcParser.ExpressionContext || context instanceof GradcParser.FormulaContext;
    }

    private String alternatives() {
        List<String> names = expected.toList().stream()
                .map(GradcParser.VOCABULARY::getDisplayName)
                .toList();
        if (names.size() == 1) {
            boolean list = expected.contains(GradcParser.PAREN_CLOSE) || expected.contains(GradcParser.BRACKET_CLOSE);
            return (list ? "',' or " : "") + names.get(0);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }

    private String place() {
        return previous.map(before -> " after " + quoted(before))
                .orElseGet(() -> endsLine() ? "" : " before " + quoted(token));
    }

    private static String quoted(Token token) {
        return "'" + Quotes.shorten(token.getText()) + "'";
    }

    private Optional<String> hint() {
        if (context instanceof GradcParser.UnitContext) {
            return Optional.of("a file declares: function f(x) = x^2");
        }
        if (token.getType() == GradcParser.EQUALS && context.getParent() instanceof GradcParser.SettingContext) {
            return Optional.of("a setting is written without '=': batch 32");
        }
        if (token.getType() == GradcParser.COMMA && context.getStart().getType() == GradcParser.RETURN) {
            return Optional.of("several results stand in parentheses: return (q, v)");
        }
        if (token.getType() == GradcParser.EQUALS && context instanceof GradcParser.FormulaContext) {
            return Optional.of("a formula stands alone, as x^2; equality is written ==");
        }
        if (token.getType() == GradcParser.EQUALS && (inExpression() || expected.contains(GradcParser.NEWLINE))) {
            return Optional.of("equality is written ==");
        }
        if (token.getType() == GradcParser.BRACE_OPEN && follows(GradcParser.EQUALS)) {
            return Optional.of("a body in braces stands without '='");
        }
        if (expected.contains(GradcParser.PAREN_OPEN) && context instanceof GradcParser.IntegersContext) {
            return Optional.of("integers are int(10); real numbers need no kind");
        }
        if (token.getType() == GradcParser.STAR && follows(GradcParser.STAR)) {
            return Optional.of("a power is written x^2");
        }
        if (token.getType() == GradcParser.RANGE && context instanceof GradcParser.CallContext) {
            return Optional.of("a range stands in brackets: sum[i:1..4](x[i])");
        }
        if (expected.contains(GradcParser.UPDATE) && previous.isPresent()) {
            return Spelling.nearest(previous.get().getText(), TokenKinds.STATEMENT_WORDS)
                    .map(word -> "did you mean '" + word + "'?")
                    .or(() -> Optional.of("a definition is written y = x^2").filter(hint -> follows(GradcParser.NAME)));
        }
        return Optional.empty();
    }
}
