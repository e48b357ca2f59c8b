package dev.gradc.syntax;

import dev.gradc.source.Span;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.Term.Slice;
import dev.gradc.syntax.Term.Subscript;
import dev.gradc.syntax.antlr.GradcParser.ExpressionContext;
import dev.gradc.syntax.antlr.GradcParser.IndexContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes what stands in square brackets: subscripts, or the indices that a definition or a reduction binds. */
final class Indices {

    private final SyntaxErrors errors;
    private final TermBuilder terms;

    Indices(SyntaxErrors errors, TermBuilder terms) {
        this.errors = errors;
        this.terms = terms;
    }

    List<Subscript> subscripts(List<IndexContext> contexts) {
        return contexts.stream().map(this::subscript).toList();
    }

    private Subscript subscript(IndexContext context) {
        if (context.COLON() != null) {
            errors.report(
                    terms.span(context),
                    "'" + terms.span(context).text() + "' binds an index, which only a reduction or a definition does",
                    "a slice is written x[2..5], a reduction sum[i:9](x[i])");
        }
        List<ExpressionContext> bounds = context.expression();
        if (context.RANGE() == null) {
            return new At(terms.term(bounds.get(0)));
        }
        Span range = terms.span(context.RANGE().getSymbol());
        Optional<Term> low = bounds.stream()
                .filter(bound -> bound.getStart().getStartIndex() < range.start())
                .findFirst()
                .map(terms::term);
        Optional<Term> high = bounds.stream()
                .filter(bound -> bound.getStart().getStartIndex() > range.start())
                .findFirst()
                .map(terms::term);
        return new Slice(low, high, terms.span(context));
    }

    List<Binder> binders(List<IndexContext> contexts) {
        return contexts.stream().flatMap(this::binder).toList();
    }

    private Stream<Binder> binder(IndexContext context) {
        boolean bounded = context.COLON() != null;
        boolean range = context.RANGE() != null;
        List<ExpressionContext> parts = context.expression();
        boolean complete = parts.size() == 1 + (bounded ? 1 : 0) + (range ? 1 : 0);
        if (!complete || (range && !bounded) || !(terms.term(parts.get(0)) instanceof Name name)) {
            errors.report(
                    terms.span(context),
                    "expected an index, found '"
                            + Quotes.quote(terms.span(context).text()) + "'",
                    "an index is a name, with its range if the shapes do not give it: i, i:9 or i:2..9");
            return Stream.empty();
        }
        Optional<Term> low = range ? Optional.of(terms.term(parts.get(1))) : Optional.empty();
        Optional<Term> high = bounded ? Optional.of(terms.term(parts.get(parts.size() - 1))) : Optional.empty();
        return Stream.of(new Binder(name, low, high));
    }
}
