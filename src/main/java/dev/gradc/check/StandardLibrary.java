package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.FreeNames;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Elaborator;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.SourceUnit;
import dev.gradc.syntax.Term;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The library that ships with the compiler, read once from its {@code .nn} resources. Immutable and safe for threads once read.
 */
public final class StandardLibrary {

    // Its files.txt lists the files in the order of reading.

    private static final String FOLDER = "/dev/gradc/library/";

    private static final StandardLibrary INSTANCE = new StandardLibrary();

    private final Declarations declarations = Declarations.outermost(new Meanings(StandardLibrary::library));
    private final Map<String, SourceUnit> units = new LinkedHashMap<>();
    private final Library library;

    private StandardLibrary() {
        Diagnostics diagnostics = new Diagnostics();
        for (String file : text("files.txt")
                .lines()
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList()) {
            SourceUnit unit = Parser.unit(new SourceFile(file, text(file)), diagnostics);
            diagnostics.throwIfErrors();
            declarations.add(unit, diagnostics);
            units.put(file.substring(0, file.lastIndexOf('.')), unit);
        }
        diagnostics.throwIfErrors();
        Map<Operator, TableFunction> operators = new EnumMap<>(Operator.class);
        List<Rule> rules = new ArrayList<>();
        units.forEach((group, unit) -> {
            for (Declaration declaration : unit.declarations()) {
                if (declaration instanceof Declaration.OperatorRow row) {
                    TableFunction function = operator(row);
                    operators.put(Operator.of(function.symbol(), function.arity()), function);
                } else if (declaration instanceof Declaration.Rule rule) {
                    rules.add(rule(rule, group, declarations, diagnostics));
                }
            }
        });
        diagnostics.throwIfErrors();
        library = new Library(operators, rules);
    }

    /** The derivative table and the rules. */
    public static Library library() {
        return INSTANCE.library;
    }

    /** What was read, in its order, by the names of the files without their ending: for the documentation's tables and for tests. */
    public static Map<String, SourceUnit> units() {
        return Collections.unmodifiableMap(INSTANCE.units);
    }

    /** The row of the derivative table for a function of the library with this name and so many arguments. */
    public static Optional<TableFunction> function(String name, int arity) {
        return INSTANCE.declarations.callables(name).stream()
                .map(Declarations.Found::declaration)
                .filter(d -> d instanceof Declaration.Native
                        || d instanceof Declaration.Function function
                                && !function.derivative().isEmpty())
                .filter(d -> Declarations.parameters(d).size() == arity)
                .findFirst()
                .map(INSTANCE.declarations::row);
    }

    static Declarations declarations() {
        return INSTANCE.declarations;
    }

    private TableFunction operator(Declaration.OperatorRow row) {
        List<Term> operands = row.pattern() instanceof Term.Binary binary
                ? List.of(binary.left(), binary.right())
                : List.of(((Term.Unary) row.pattern()).operand());
        String symbol = row.pattern() instanceof Term.Binary binary
                ? binary.operator()
                : ((Term.Unary) row.pattern()).operator();
        List<Tensor> formals = operands.stream()
                .map(term -> TableRows.formal(((Term.Name) term).text()))
                .toList();
        return new TableFunction(
                symbol,
                row.documentation(),
                formals,
                Optional.empty(),
                self -> Optional.empty(),
                self -> TableRows.partials(row.derivative(), self, declarations));
    }

    /**
     * Understands a rule: its free names, but for constants, are variables that match any expression, and before a question mark any
     * condition.
     */
    static Rule rule(Declaration.Rule rule, String group, Declarations declarations, Diagnostics diagnostics) {
        Scope scope = Scope.empty();
        List<Tensor> variables = new ArrayList<>();
        Map<Expr, Expr> conditions = new HashMap<>();
        Set<String> sizes = sizes(rule.left());
        Set<String> before = FreeNames.in(rule.left()).conditions();
        for (String name : FreeNames.of(rule.left())) {
            if (declarations.constant(name, diagnostics).isEmpty()) {
                Tensor variable = sizes.contains(name)
                        ? new Tensor(name, Tensor.Role.SIZE, true, Shape.SCALAR)
                        : TableRows.formal(name);
                variables.add(variable);
                Expr value = Access.of(variable);
                Expr condition = Call.of(Operator.NOT_EQUAL, value, Constant.ZERO);
                if (before.contains(name)) {
                    conditions.put(condition, value);
                }
                scope.bind(name, Array.scalar(before.contains(name) ? condition : value));
            }
        }
        Translation translation = new Translation(diagnostics);
        Elaborator elaborator = new Elaborator(translation);
        Context context = Context.of(declarations, scope);
        Expr left = elaborator.scalar(rule.left(), context, "a side of a rule");
        Expr right = elaborator.scalar(rule.right(), context, "a side of a rule");
        Optional<Expr> condition =
                rule.condition().map(term -> elaborator.scalar(term, context, "the condition of a rule"));
        diagnostics.throwIfErrors();
        Rewrite named = Rewrite.substituting(conditions);
        List<Definition> definitions = translation.definitions().stream()
                .map(definition -> definition.withBody(named.apply(definition.body())))
                .toList();
        return new Rule(
                rule.span().text(),
                group,
                variables,
                definitions,
                named.apply(left),
                named.apply(right),
                condition.map(named::apply));
    }

    /** The names that a reduction has as bounds. */
    private static Set<String> sizes(Term term) {
        Set<String> sizes = new HashSet<>();
        if (term instanceof Term.Comprehension reduction) {
            reduction
                    .binders()
                    .forEach(binder -> binder.high().map(FreeNames::of).ifPresent(sizes::addAll));
        }
        return sizes;
    }

    private static String text(String file) {
        try (InputStream stream = StandardLibrary.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException("the library lacks " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
