package dev.gradc.syntax;

import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.antlr.GradcParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Reads text: characters to tokens, tokens mended and sorted out, tokens to ANTLR's tree, that to the surface tree.
 *
 * <p>Deeply nested text needs a deep stack; see {@link DepthLimit} for how deep.
 */
public final class Parser {

    private Parser() {}

    /** Reads a whole file; what is wrong goes to {@code diagnostics}, and what could be understood is returned. */
    public static SourceUnit unit(SourceFile file, Diagnostics diagnostics) {
        SyntaxErrors errors = new SyntaxErrors(file, diagnostics);
        try {
            List<SourceToken> tokens = Brackets.mend(Heads.mend(Scanner.scan(file, errors), errors), errors);
            tokens = Keywords.resolve(Layout.statements(tokens, errors), errors);
            tokens = MissingOperators.inStatements(tokens, errors);
            return new UnitBuilder(errors).unit(parser(tokens, errors).unit());
        } catch (SyntaxErrors.GiveUp end) {
            return new SourceUnit(file, Optional.empty(), List.of(), List.of());
        }
    }

    /** Reads one expression; if it is wrong, that goes to {@code diagnostics}, and some expression is returned. */
    public static Term term(SourceFile file, Diagnostics diagnostics) {
        SyntaxErrors errors = new SyntaxErrors(file, diagnostics);
        Term nothing = new Term.Numeral(0, file.span());
        try {
            List<SourceToken> tokens = Layout.expression(Scanner.scan(file, errors));
            tokens = Keywords.names(Brackets.mend(tokens, errors), errors);
            tokens = MissingOperators.inExpression(tokens, errors);
            GradcParser.FormulaContext formula = parser(tokens, errors).formula();
            return formula.exception == null ? new TermBuilder(errors).term(formula.expression()) : nothing;
        } catch (SyntaxErrors.GiveUp end) {
            return nothing;
        }
    }

    private static GradcParser parser(List<SourceToken> tokens, SyntaxErrors errors) {
        GradcParser parser = new GradcParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        // Nothing takes more memory than a long formula's tree, a sixth of it room for children that never come.
        parser.setTrimParseTree(true);
        parser.setErrorHandler(new Recovery(errors));
        // The grammar needs no more, and the full context of a deep nesting would cost quadratic time.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return parser;
    }
}
