package dev.gradc.syntax;

import dev.gradc.syntax.SourceUnit.Import;
import dev.gradc.syntax.Term.Name;
import dev.gradc.syntax.antlr.GradcParser.DeclarationContext;
import dev.gradc.syntax.antlr.GradcParser.ImportClauseContext;
import dev.gradc.syntax.antlr.GradcParser.PackageClauseContext;
import dev.gradc.syntax.antlr.GradcParser.TopLevelContext;
import dev.gradc.syntax.antlr.GradcParser.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a file from its parse tree. */
final class UnitBuilder {

    private final SyntaxErrors errors;
    private final TermBuilder terms;
    private final DeclarationBuilder builder;
    private Optional<Name> packageName = Optional.empty();
    private final List<Import> imports = new ArrayList<>();
    private final List<Declaration> declarations = new ArrayList<>();

    UnitBuilder(SyntaxErrors errors) {
        this.errors = errors;
        this.terms = new TermBuilder(errors);
        this.builder = new DeclarationBuilder(errors);
    }

    /** The declarations that could be understood. */
    SourceUnit unit(UnitContext context) {
        context.topLevel().stream()
                .filter(line -> line.exception == null)
                .map(TopLevelContext::declaration)
                .forEach(this::add);
        return new SourceUnit(errors.file(), packageName, imports, declarations);
    }

    private void add(DeclarationContext context) {
        if (context instanceof PackageClauseContext clause) {
            if (packageName.isPresent() || !imports.isEmpty() || !declarations.isEmpty()) {
                errors.report(terms.span(context), "'package' stands once, before everything else");
            }
            packageName = Optional.of(terms.name(clause.NAME().getSymbol()));
        } else if (context instanceof ImportClauseContext clause) {
            if (!declarations.isEmpty()) {
                errors.report(terms.span(context), "'import' stands before the declarations");
            }
            String quoted = clause.STRING().getText();
            imports.add(new Import(quoted.substring(1, quoted.length() - 1), terms.span(context)));
        } else {
            declarations.add(builder.visit(context));
        }
    }
}
