package dev.gradc.syntax;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Call;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.antlr.GradcBaseVisitor;
import dev.gradc.syntax.antlr.GradcParser.ArgumentContext;
import dev.gradc.syntax.antlr.GradcParser.BinaryContext;
import dev.gradc.syntax.antlr.GradcParser.CallContext;
import dev.gradc.syntax.antlr.GradcParser.ConditionalContext;
import dev.gradc.syntax.antlr.GradcParser.ElementContext;
import dev.gradc.syntax.antlr.GradcParser.ExpressionContext;
import dev.gradc.syntax.antlr.GradcParser.LiteralContext;
import dev.gradc.syntax.antlr.GradcParser.NameContext;
import dev.gradc.syntax.antlr.GradcParser.NumeralContext;
import dev.gradc.syntax.antlr.GradcParser.ParenthesesContext;
import dev.gradc.syntax.antlr.GradcParser.PowerContext;
import dev.gradc.syntax.antlr.GradcParser.TransposeContext;
import dev.gradc.syntax.antlr.GradcParser.UnaryContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Makes expressions from their parse trees, and reports what the grammar is too coarse to see. */
final class TermBuilder extends GradcBaseVisitor<Term> {

    private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");

    /** A longer text is not quoted in a hint. */
    private static final int LONGEST_HINT = 80;

    private final SyntaxErrors errors;
    private final Indices indices;

    TermBuilder(SyntaxErrors errors) {
        this.errors = errors;
        this.indices = new Indices(errors, this);
    }

    Term term(ExpressionContext context) {
        return visit(context);
    }

    List<Term> terms(List<ExpressionContext> contexts) {
        return contexts.stream().map(this::term).toList();
    }

    Indices indices() {
        return indices;
    }

    Name name(Token token) {
        return new Name(token.getText(), span(token));
    }

    /** The name of something that is declared: it has no dots. */
    Name declared(Token token) {
        if (token.getText().indexOf('.') >= 0) {
            errors.report(span(token), "a name that is declared has no dots");
        }
        return name(token);
    }

    Span span(Token token) {
        return ((SourceToken) token).span();
    }

    Span span(ParserRuleContext context) {
        return span(context.getStart()).to(span(context.getStop()));
    }

    @Override
    public Term visitNumeral(NumeralContext context) {
        double value = Double.parseDouble(context.getStart().getText());
        if (Double.isInfinite(value)) {
            errors.report(span(context), "this number is too large for a double");
        }
        return new Term.Numeral(value, span(context));
    }

    @Override
    public Term visitName(NameContext context) {
        Token name = context.NAME().getSymbol();
        return context.expression() == null
                ? name(name)
                : new Term.Lambda(declared(name), term(context.expression()), span(context));
    }

    @Override
    public Term visitParentheses(ParenthesesContext context) {
        if (context.expression().size() > 1) {
            errors.report(span(context), "several values in parentheses stand only after 'return'");
        }
        return term(context.expression(0));
    }

    @Override
    public Term visitLiteral(LiteralContext context) {
        return new Term.Literal(terms(context.expression()), span(context));
    }

    @Override
    public Term visitUnary(UnaryContext context) {
        return new Term.Unary(context.getStart().getText(), term(context.expression()), span(context));
    }

    @Override
    public Term visitTranspose(TransposeContext context) {
        return new Term.Transpose(term(context.expression()), span(context));
    }

    @Override
    public Term visitElement(ElementContext context) {
        return new Term.Element(term(context.expression()), indices.subscripts(context.index()), span(context));
    }

    @Override
    public Term visitConditional(ConditionalContext context) {
        return new Term.Conditional(
                term(context.expression(0)), term(context.expression(1)), term(context.expression(2)), span(context));
    }

    @Override
    public Term visitPower(PowerContext context) {
        return new Binary(
                "^",
                term(context.expression(0)),
                term(context.expression(1)),
                span(context.POWER().getSymbol()),
                span(context));
    }

    /** A sum may have a million terms: its left spine is walked, not descended. */
    @Override
    public Term visitBinary(BinaryContext context) {
        Deque<BinaryContext> spine = new ArrayDeque<>();
        ExpressionContext left = context;
        while (left instanceof BinaryContext binary) {
            spine.push(binary);
            left = binary.expression(0);
        }
        Term result = term(left);
        for (BinaryContext binary : spine) {
            result = binary(binary, result);
        }
        return result;
    }

    private Term binary(BinaryContext context, Term left) {
        Span focus = span(token(context));
        String operator = operator(context);
        if (operator.equals("|>")) {
            return pipe(context, left);
        }
        if (COMPARISONS.contains(operator)) {
            refuseChain(context, operator, focus);
        }
        return new Binary(operator, left, term(context.expression(1)), focus, span(context));
    }

    private static Token token(BinaryContext context) {
        return (Token) context.getChild(1).getPayload();
    }

    /** By its type: an operator that was put in where it was missing has no text. */
    private static String operator(BinaryContext context) {
        return TokenKinds.spelling(token(context).getType());
    }

    private void refuseChain(BinaryContext context, String operator, Span focus) {
        // Of a longer chain, the first two comparisons tell enough.
        if (isComparison(context.expression(0))
                && !isComparison(context.expression(0).getChild(0))) {
            BinaryContext left = (BinaryContext) context.expression(0);
            String middle = span(left.expression(1)).text();
            String mended = span(left).text() + " && " + middle + " " + operator + " "
                    + span(context.expression(1)).text();
            boolean quotable = mended.length() <= LONGEST_HINT && mended.indexOf('\n') < 0;
            errors.report(Diagnostic.error(span(context), "comparisons do not chain")
                    .withFocus(focus)
                    .withHint(quotable ? mended : "a <= x && x <= b"));
        }
    }

    private static boolean isComparison(ParseTree tree) {
        return tree instanceof BinaryContext binary && COMPARISONS.contains(operator(binary));
    }

    private Term pipe(BinaryContext context, Term left) {
        Span span = span(context);
        ExpressionContext right = context.expression(1);
        if (right instanceof NameContext name && name.expression() == null) {
            return new Call(name(name.getStart()), List.of(new Argument(Optional.empty(), left)), span);
        }
        if (right instanceof CallContext call && term(call) instanceof Call target) {
            List<Argument> arguments = new ArrayList<>();
            arguments.add(new Argument(Optional.empty(), left));
            arguments.addAll(target.arguments());
            return new Call(target.function(), arguments, span);
        }
        errors.report(
                span(right), "what stands after '|>' must be a function or a call", "x |> f(a) is the call f(x, a)");
        return left;
    }

    @Override
    public Term visitCall(CallContext context) {
        ExpressionContext callee = context.expression();
        if (callee instanceof NameContext name && name.expression() == null) {
            return new Call(name(name.getStart()), arguments(context.argument()), span(context));
        }
        if (callee instanceof ElementContext element && element.expression() instanceof NameContext reduction) {
            return comprehension(context, element, name(reduction.getStart()));
        }
        Span factor = span(context.PAREN_OPEN().getSymbol())
                .to(span(context.PAREN_CLOSE().getSymbol()));
        String message = "missing operator: a product is written "
                + Quotes.quote(span(callee).text()) + "*" + Quotes.quote(factor.text());
        // f^2(x); a name of one letter is rather a number's.
        if (context.getParent() instanceof PowerContext power
                && power.expression(0) instanceof NameContext function
                && span(function).text().length() > 1) {
            String written =
                    span(function).text() + factor.text() + "^" + span(callee).text();
            errors.report(factor, message, "a power of a function is written " + Quotes.shorten(written));
        } else {
            errors.report(factor, message);
        }
        return term(callee);
    }

    private Term comprehension(CallContext context, ElementContext element, Name reduction) {
        List<Argument> arguments = arguments(context.argument());
        if (arguments.size() != 1 || arguments.get(0).name().isPresent()) {
            Span body = span(context.PAREN_OPEN().getSymbol())
                    .to(span(context.PAREN_CLOSE().getSymbol()));
            errors.report(
                    body, "expected one expression after '" + span(element).text() + "'");
            return reduction;
        }
        List<Binder> binders = indices.binders(element.index());
        return new Term.Comprehension(reduction, binders, arguments.get(0).value(), span(context));
    }

    List<Argument> arguments(List<ArgumentContext> contexts) {
        return contexts.stream().map(this::argument).toList();
    }

    private Argument argument(ArgumentContext context) {
        Term first = term(context.expression(0));
        if (context.EQUALS() == null) {
            return new Argument(Optional.empty(), first);
        }
        Term value = term(context.expression(1));
        if (first instanceof Name name) {
            return new Argument(Optional.of(name), value);
        }
        errors.report(first.span(), "expected a name before '='", "equality is written ==");
        return new Argument(Optional.empty(), value);
    }
}
