package dev.gradc.syntax;

import dev.gradc.syntax.Declaration.Derive;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.antlr.GradcBaseVisitor;
import dev.gradc.syntax.antlr.GradcParser.ConstantContext;
import dev.gradc.syntax.antlr.GradcParser.DerivativeContext;
import dev.gradc.syntax.antlr.GradcParser.DeriveContext;
import dev.gradc.syntax.antlr.GradcParser.FunctionContext;
import dev.gradc.syntax.antlr.GradcParser.IdentityContext;
import dev.gradc.syntax.antlr.GradcParser.InitializerContext;
import dev.gradc.syntax.antlr.GradcParser.LayerContext;
import dev.gradc.syntax.antlr.GradcParser.NativeContext;
import dev.gradc.syntax.antlr.GradcParser.NetworkContext;
import dev.gradc.syntax.antlr.GradcParser.OperatorRowContext;
import dev.gradc.syntax.antlr.GradcParser.OptimizerContext;
import dev.gradc.syntax.antlr.GradcParser.ParameterContext;
import dev.gradc.syntax.antlr.GradcParser.ParametersContext;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes declarations from their parse trees. */
final class DeclarationBuilder extends GradcBaseVisitor<Declaration> {

    private final SyntaxErrors errors;
    private final TermBuilder terms;
    private final StatementBuilder statements;

    DeclarationBuilder(SyntaxErrors errors) {
        this.errors = errors;
        this.terms = new TermBuilder(errors);
        this.statements = new StatementBuilder(errors, terms);
    }

    @Override
    public Declaration visitConstant(ConstantContext context) {
        return new Declaration.Constant(
                documentation(context), name(context.NAME()), terms.term(context.expression()), terms.span(context));
    }

    @Override
    public Declaration visitFunction(FunctionContext context) {
        return new Declaration.Function(
                documentation(context),
                name(context.NAME()),
                parameters(context.parameters()),
                body(context),
                derivative(context),
                context.derive().stream().map(this::derive).toList(),
                terms.span(context));
    }

    /** A function of one line returns its expression. */
    private List<Statement> body(FunctionContext context) {
        if (context.block() != null) {
            return statements.block(context.block());
        }
        Term value = terms.term(context.expression());
        return List.of(new Statement.Return("", List.of(value), value.span()));
    }

    private List<Term> derivative(FunctionContext context) {
        if (context.derivative().size() > 1) {
            errors.report(terms.span(context.derivative(1)), "a function has one derivative");
        }
        return context.derivative().isEmpty() ? List.of() : derivative(context.derivative(0));
    }

    private List<Term> derivative(DerivativeContext context) {
        return context == null ? List.of() : terms.terms(context.expression());
    }

    private Derive derive(DeriveContext context) {
        return new Derive(
                context.NAME().stream()
                        .map(node -> terms.name(node.getSymbol()))
                        .toList(),
                context.wrt().stream()
                        .flatMap(wrt -> statements.wrt(wrt).stream())
                        .toList(),
                context.at().stream()
                        .flatMap(at -> terms.arguments(at.argument()).stream())
                        .toList(),
                !context.SPARSE().isEmpty(),
                terms.span(context));
    }

    @Override
    public Declaration visitNative(NativeContext context) {
        return new Declaration.Native(
                documentation(context),
                name(context.NAME(0)),
                parameters(context.parameters()),
                terms.name(context.NAME(1).getSymbol()),
                derivative(context.derivative()),
                terms.span(context));
    }

    @Override
    public Declaration visitOperatorRow(OperatorRowContext context) {
        return new Declaration.OperatorRow(
                documentation(context),
                terms.term(context.expression()),
                derivative(context.derivative()),
                terms.span(context));
    }

    @Override
    public Declaration visitIdentity(IdentityContext context) {
        return new Declaration.Rule(
                documentation(context),
                terms.term(context.expression(0)),
                terms.term(context.expression(1)),
                Optional.ofNullable(context.expression(2)).map(terms::term),
                terms.span(context));
    }

    @Override
    public Declaration visitInitializer(InitializerContext context) {
        return new Declaration.Initializer(
                documentation(context),
                name(context.NAME()),
                parameters(context.parameters()),
                terms.term(context.expression()),
                terms.span(context));
    }

    @Override
    public Declaration visitLayer(LayerContext context) {
        return new Declaration.Layer(
                documentation(context),
                name(context.NAME()),
                parameters(context.parameters()),
                statements.block(context.block()),
                terms.span(context));
    }

    @Override
    public Declaration visitOptimizer(OptimizerContext context) {
        return new Declaration.Optimizer(
                documentation(context),
                name(context.NAME()),
                parameters(context.parameters()),
                statements.block(context.block()),
                terms.span(context));
    }

    @Override
    public Declaration visitNetwork(NetworkContext context) {
        return new Declaration.Network(
                documentation(context),
                name(context.NAME()),
                parameters(context.parameters()),
                statements.block(context.block()),
                terms.span(context));
    }

    private Name name(TerminalNode node) {
        return terms.declared(node.getSymbol());
    }

    private List<Parameter> parameters(ParametersContext context) {
        return context == null
                ? List.of()
                : context.parameter().stream()
                        .filter(parameter -> parameter.exception == null)
                        .map(this::parameter)
                        .toList();
    }

    private Parameter parameter(ParameterContext context) {
        return new Parameter(
                name(context.NAME()),
                statements.dimensions(context.dimensions()),
                statements.integers(context.integers()),
                Optional.ofNullable(context.expression()).map(terms::term),
                terms.span(context));
    }

    private static String documentation(ParserRuleContext context) {
        return ((SourceToken) context.getStart()).documentation();
    }
}
