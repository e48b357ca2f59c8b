package dev.gradc.syntax;

import dev.gradc.source.Span;
import dev.gradc.syntax.Statement.Definition;
import dev.gradc.syntax.Statement.Role;
import dev.gradc.syntax.Statement.Setting;
import dev.gradc.syntax.Statement.Start;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Call;
import dev.gradc.syntax.Term.Element;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.antlr.GradcBaseVisitor;
import dev.gradc.syntax.antlr.GradcParser.BlockContext;
import dev.gradc.syntax.antlr.GradcParser.DataContext;
import dev.gradc.syntax.antlr.GradcParser.DefinitionContext;
import dev.gradc.syntax.antlr.GradcParser.DimensionsContext;
import dev.gradc.syntax.antlr.GradcParser.ExpressionContext;
import dev.gradc.syntax.antlr.GradcParser.FromContext;
import dev.gradc.syntax.antlr.GradcParser.IntegersContext;
import dev.gradc.syntax.antlr.GradcParser.LossContext;
import dev.gradc.syntax.antlr.GradcParser.OutputContext;
import dev.gradc.syntax.antlr.GradcParser.PairContext;
import dev.gradc.syntax.antlr.GradcParser.ParenthesesContext;
import dev.gradc.syntax.antlr.GradcParser.PatienceContext;
import dev.gradc.syntax.antlr.GradcParser.ReturnContext;
import dev.gradc.syntax.antlr.GradcParser.SettingContext;
import dev.gradc.syntax.antlr.GradcParser.StartContext;
import dev.gradc.syntax.antlr.GradcParser.TargetContext;
import dev.gradc.syntax.antlr.GradcParser.TargetsContext;
import dev.gradc.syntax.antlr.GradcParser.TrainContext;
import dev.gradc.syntax.antlr.GradcParser.VariableContext;
import dev.gradc.syntax.antlr.GradcParser.WrtContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes statements from their parse trees. */
final class StatementBuilder extends GradcBaseVisitor<Statement> {

    private final SyntaxErrors errors;
    private final TermBuilder terms;

    StatementBuilder(SyntaxErrors errors, TermBuilder terms) {
        this.errors = errors;
        this.terms = terms;
    }

    /** The statements of a block that could be understood. */
    List<Statement> block(BlockContext context) {
        return context.line().stream()
                .filter(line -> line.exception == null)
                .map(line -> visit(line.statement()))
                .toList();
    }

    @Override
    public Statement visitData(DataContext context) {
        Role role = context.INPUT() == null ? Role.TARGET : Role.INPUT;
        return new Statement.Data(
                documentation(context),
                role,
                terms.declared(context.NAME().getSymbol()),
                dimensions(context.dimensions()),
                integers(context.integers()),
                terms.span(context));
    }

    // A dot puts a parameter or a definition into a group: D.W, which a loss can name.
    @Override
    public Statement visitVariable(VariableContext context) {
        return new Statement.Variable(
                documentation(context),
                context.PARAM() != null,
                terms.name(context.NAME().getSymbol()),
                dimensions(context.dimensions()),
                context.DRAWN() != null,
                Optional.ofNullable(context.expression()).map(terms::term),
                terms.span(context));
    }

    @Override
    public Statement visitOutput(OutputContext context) {
        Span span = terms.span(context);
        if (context.EQUALS() != null) {
            return define(context, context.targets(), context.expression(), context.from(), true);
        }
        TargetContext target = context.targets().target(0);
        if (context.targets().target().size() > 1 || !target.index().isEmpty()) {
            errors.report(terms.span(context.targets()), "expected one name after 'output'", "output p");
        }
        return new Statement.Output(
                documentation(context), terms.name(target.NAME().getSymbol()), span);
    }

    @Override
    public Statement visitLoss(LossContext context) {
        Term first = terms.term(context.expression(0));
        Optional<Name> name = Optional.empty();
        if (context.EQUALS() != null) {
            if (first instanceof Name given) {
                name = Optional.of(given);
            } else {
                errors.report(first.span(), "expected a name before '='", "loss generator = … wrt G");
            }
        }
        Term value = context.EQUALS() == null ? first : terms.term(context.expression(1));
        return new Statement.Loss(documentation(context), name, value, wrt(context.wrt()), terms.span(context));
    }

    @Override
    public Statement visitReturn(ReturnContext context) {
        List<ExpressionContext> values = context.expression() instanceof ParenthesesContext several
                ? several.expression()
                : List.of(context.expression());
        return new Statement.Return(documentation(context), terms.terms(values), terms.span(context));
    }

    @Override
    public Statement visitTrain(TrainContext context) {
        Optional<Call> optimizer = Optional.empty();
        List<Setting> settings = new ArrayList<>();
        for (SettingContext setting : context.setting()) {
            if (setting.exception != null) {
                continue;
            }
            Setting made = setting(setting);
            if (!made.name().text().equals("optimizer")) {
                settings.add(made);
            } else if (optimizer.isPresent()) {
                errors.report(made.name().span(), "a network is trained by one optimizer");
            } else {
                optimizer = optimizer(made.value());
            }
        }
        return new Statement.Train(documentation(context), optimizer, settings, terms.span(context));
    }

    private Setting setting(SettingContext context) {
        if (context instanceof PatienceContext patience) {
            Name name = new Name("patience", terms.span(patience.STOP().getSymbol()));
            return new Setting(name, terms.term(patience.expression()));
        }
        PairContext pair = (PairContext) context;
        return new Setting(terms.name(pair.NAME().getSymbol()), terms.term(pair.expression()));
    }

    private Optional<Call> optimizer(Term term) {
        if (term instanceof Call call) {
            return Optional.of(call);
        }
        if (term instanceof Name name) {
            return Optional.of(new Call(name, List.of(), name.span()));
        }
        errors.report(term.span(), "expected an optimizer", "optimizer adam(lr = 0.02)");
        return Optional.empty();
    }

    @Override
    public Statement visitDefinition(DefinitionContext context) {
        if (context.EQUALS() != null) {
            return define(context, context.targets(), context.expression(), context.from(), false);
        }
        TargetContext target = context.targets().target(0);
        Name name = terms.name(target.NAME().getSymbol());
        List<Binder> indices = terms.indices().binders(target.index());
        Term value = terms.term(context.expression());
        boolean drawn = context.DRAWN() != null;
        if (context.targets().target().size() > 1 || (!drawn && !indices.isEmpty())) {
            errors.report(
                    terms.span(context.targets()),
                    drawn ? "one name is drawn at a time" : "'<-' gives a new value to the whole of one name");
        }
        return drawn
                ? new Statement.Draw(documentation(context), name, indices, value, terms.span(context))
                : new Statement.Update(documentation(context), name, value, terms.span(context));
    }

    private Statement define(
            ParserRuleContext context,
            TargetsContext targets,
            ExpressionContext value,
            List<FromContext> from,
            boolean output) {
        List<Name> names = targets.target().stream()
                .map(target -> terms.name(target.NAME().getSymbol()))
                .toList();
        List<Binder> indices = terms.indices().binders(targets.target(0).index());
        long kinds = targets.target().stream()
                .map(target ->
                        target.index().stream().map(ParserRuleContext::getText).toList())
                .distinct()
                .count();
        if (kinds > 1) {
            errors.report(terms.span(targets), "several names at once take the same indices", "(q[t], v[t]) = f(x[t])");
        }
        List<Start> starts = from.stream()
                .flatMap(clause -> clause.start().stream())
                .flatMap(start -> start(start).stream())
                .toList();
        return new Definition(
                documentation(context), names, indices, terms.term(value), starts, output, terms.span(context));
    }

    private Optional<Start> start(StartContext context) {
        Term entry = terms.term(context.expression(0));
        if (entry instanceof Element element && element.tensor() instanceof Name) {
            return Optional.of(new Start(element, terms.term(context.expression(1))));
        }
        errors.report(entry.span(), "expected an entry before '='", "h[t] = … from h[-1] = 0");
        return Optional.empty();
    }

    List<Term> dimensions(DimensionsContext context) {
        return context == null ? List.of() : terms.terms(context.expression());
    }

    /** The size of the range in {@code : int(10)}. */
    Optional<Term> integers(IntegersContext context) {
        if (context == null) {
            return Optional.empty();
        }
        Token kind = context.NAME().getSymbol();
        if (!kind.getText().equals("int")) {
            errors.report(terms.span(kind), "unknown kind of data '" + kind.getText() + "'", "integers are int(10)");
        }
        return Optional.of(terms.term(context.expression()));
    }

    List<Name> wrt(WrtContext context) {
        return context == null
                ? List.of()
                : context.NAME().stream()
                        .map(node -> terms.name(node.getSymbol()))
                        .toList();
    }

    private static String documentation(ParserRuleContext context) {
        return ((SourceToken) context.getStart()).documentation();
    }
}
