package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Owner;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Blocks;
import dev.gradc.check.term.Elaborator;
import dev.gradc.eval.Natives;
import dev.gradc.ir.Access;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/** Builds the rows of the derivative table from declarations. */
final class TableRows {

    /** The name of the function's value in its derivative. */
    private static final String VALUE = "y";

    private TableRows() {}

    /** The row of a native function, or of a function with a {@code derivative}. */
    static TableFunction of(Declaration declaration, Declarations home) {
        List<Tensor> formals = Declarations.parameters(declaration).stream()
                .map(Parameter::name)
                .map(name -> formal(name.text()))
                .toList();
        if (declaration instanceof Declaration.Native row) {
            return new TableFunction(
                    row.name().text(),
                    row.documentation(),
                    formals,
                    Optional.of(method(row)),
                    self -> Optional.empty(),
                    self -> partials(row.derivative(), self, home));
        }
        Declaration.Function function = (Declaration.Function) declaration;
        return new TableFunction(
                function.name().text(),
                function.documentation(),
                formals,
                Optional.empty(),
                self -> Optional.of(body(function, self, home)),
                self -> partials(function.derivative(), self, home));
    }

    static Tensor formal(String name) {
        return new Tensor(name, Tensor.Role.INPUT, false, Shape.SCALAR);
    }

    /** The partial derivatives as a row states them, one for each formal. */
    static List<Expr> partials(List<Term> derivative, TableFunction row, Declarations home) {
        Scope scope = derivative(row.formals(), row.value());
        return derivative.stream()
                .map(term -> scalar(term, Context.of(home, scope), row))
                .toList();
    }

    private static Expr body(Declaration.Function function, TableFunction row, Declarations home) {
        Diagnostics diagnostics = new Diagnostics();
        Elaborator elaborator = new Elaborator(new Translation(diagnostics));
        Context context = Context.of(home, Scope.empty())
                .inlining(function, home, Owner.NONE)
                .within(formals(Scope.empty(), row.formals()));
        Value value = new Blocks(elaborator, function.body()).result(function.name(), context);
        diagnostics.throwIfErrors();
        if (value instanceof Array array && array.isScalar()) {
            return array.scalar();
        }
        diagnostics.error(function.name().span(), "a function with a derivative of its own must give a scalar");
        diagnostics.throwIfErrors();
        throw new IllegalStateException();
    }

    private static Expr scalar(Term term, Context context, TableFunction row) {
        Diagnostics diagnostics = new Diagnostics();
        Elaborator elaborator = new Elaborator(new Translation(diagnostics));
        Expr expression = elaborator.scalar(term, context, "the derivative of " + row.symbol());
        diagnostics.throwIfErrors();
        return expression;
    }

    /** The names in a derivative; a parameter hides the name of the value. */
    private static Scope derivative(List<Tensor> formals, Tensor value) {
        Scope scope = Scope.empty();
        scope.bind(value.name(), Array.scalar(Access.of(value)));
        return formals(scope.inner(), formals);
    }

    private static Scope formals(Scope scope, List<Tensor> formals) {
        formals.forEach(formal -> scope.bind(formal.name(), Array.scalar(Access.of(formal))));
        return scope;
    }

    /** What is wrong with the method that a native function names. */
    static Optional<Diagnostic> mistake(Declaration.Native row) {
        String name = row.method().text();
        return name.contains(".") && SourceVersion.isName(name, SourceVersion.RELEASE_17)
                ? Natives.mistake(method(row), row.parameters().size())
                : Optional.of(Diagnostic.error(row.method().span(), "expected a class and its static method")
                        .withHint("java.lang.Math.tan"));
    }

    private static TableFunction.Method method(Declaration.Native row) {
        return new TableFunction.Method(row.method().text(), row.method().span());
    }

    /** Whether a function's rule must be given one derivative for each of its parameters, all scalars. */
    static void check(Declaration declaration, Declarations home, Diagnostics diagnostics) {
        List<Term> derivative = declaration instanceof Declaration.Native row
                ? row.derivative()
                : ((Declaration.Function) declaration).derivative();
        List<Parameter> parameters = new ArrayList<>(Declarations.parameters(declaration));
        boolean isNative = declaration instanceof Declaration.Native;
        if (derivative.size() != parameters.size() && (isNative || !derivative.isEmpty())) {
            diagnostics.error(
                    Declarations.name(declaration).span(),
                    Declarations.name(declaration).text() + " has " + parameters.size()
                            + (parameters.size() == 1 ? " parameter" : " parameters") + " but "
                            + derivative.size() + (derivative.size() == 1 ? " derivative" : " derivatives"),
                    "give one for each parameter, separated by commas");
        }
        if (declaration instanceof Declaration.Native row) {
            mistake(row).ifPresent(diagnostics::report);
        }
        Elaborator elaborator = new Elaborator(new Translation(diagnostics));
        Scope scope =
                derivative(parameters.stream().map(p -> formal(p.name().text())).toList(), formal(VALUE));
        derivative.forEach(term -> elaborator.scalar(term, Context.of(home, scope), "a derivative"));
        for (Parameter parameter : parameters) {
            if (!derivative.isEmpty() && !parameter.dimensions().isEmpty()) {
                diagnostics.error(
                        parameter.span(),
                        "a function with a derivative of its own takes scalars",
                        "it applies to tensors entry by entry");
            }
        }
        if (declaration instanceof Declaration.Function function && !derivative.isEmpty()) {
            for (Statement statement : function.body()) {
                if (!(statement instanceof Statement.Definition) && !(statement instanceof Statement.Return)) {
                    diagnostics.error(statement.span(), "only definitions and a return can stand here");
                }
            }
        }
    }
}
