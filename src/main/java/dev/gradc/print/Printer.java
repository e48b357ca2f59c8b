package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Inliner;
import dev.gradc.print.Layout.Context;
import dev.gradc.print.Layout.Form;
import dev.gradc.print.Layout.Operand;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Prints expressions in a notation, with parentheses only where they are needed. What would become very long because it is shared
 * many times is named and printed once. Immutable, safe for threads.
 */
public final class Printer {

    private final Notation notation;

    public Printer(Notation notation) {
        this.notation = notation;
    }

    /** {@code expression} on a line; if that is too long for anybody, with the parts it shares on further lines {@code where t1 = …}. */
    public String print(Expr expression) {
        Printed printed = print(List.of(expression), Sharing.WHOLE);
        return String.join("\nwhere ", lines(printed));
    }

    private static List<String> lines(Printed printed) {
        List<String> lines = new ArrayList<>(printed.formulas());
        lines.addAll(printed.where());
        return lines;
    }

    private Printed print(List<? extends Expr> expressions, long limit) {
        List<? extends Expr> roots = written(expressions);
        Map<Expr, String> names = Sharing.names(roots, limit);
        Layout layout = new Layout(notation, names, Map.of());
        List<String> formulas = new ArrayList<>();
        roots.forEach(root -> formulas.add(notation.document(write(layout, layout.form(operand(root))))));
        return new Printed(formulas, where(names, layout));
    }

    /** Java has no functions but its own. */
    private List<? extends Expr> written(List<? extends Expr> expressions) {
        Inliner inliner = new Inliner();
        return notation.isJava() ? expressions.stream().map(inliner::apply).toList() : expressions;
    }

    private List<String> where(Map<Expr, String> names, Layout layout) {
        List<String> where = new ArrayList<>();
        names.forEach((part, name) ->
                where.add(notation.document(notation.named(name, write(layout, layout.formOf(operand(part)))))));
        return where;
    }

    /**
     * The result of {@code program}, which has one: a formula, or for a tensor {@code name[i,j] = …}; on lines after it what it reads.
     */
    public String print(Program program) {
        if (isFormula(program)) {
            return print(program.definitions().get(0).body());
        }
        Layout layout = new Layout(notation, Map.of(), Reductions.of(program));
        Printed printed = statements(program, layout, definition -> left(definition, layout));
        return String.join("\nwhere ", lines(printed));
    }

    /** Derivatives of one formula, each a program with that result: {@code d/dx = …}, and what they share, if that is shorter so. */
    public Printed print(Map<Derivative, Program> derivatives) {
        List<Expr> formulas = derivatives.values().stream()
                .filter(Printer::isFormula)
                .map(program -> program.definitions().get(0).body())
                .toList();
        List<? extends Expr> bodies = written(formulas);
        Map<Expr, String> names = Sharing.names(bodies, Sharing.LINE);
        Layout layout = new Layout(notation, names, Map.of());
        Iterator<? extends Expr> body = bodies.iterator();
        List<String> lines = new ArrayList<>();
        List<String> where = where(names, layout);
        derivatives.forEach((derivative, program) -> {
            if (isFormula(program)) {
                String right = write(layout, layout.form(operand(body.next())));
                lines.add(notation.document(
                        derivatives.size() == 1 && derivative.of().isEmpty()
                                ? right
                                : notation.derivative(slope(derivative, List.of()), right)));
            } else {
                Printed printed = print(program, Map.of(program.results().get(0), derivative));
                lines.add(String.join("\n", printed.formulas()));
                where.addAll(printed.where());
            }
        });
        return new Printed(lines, where);
    }

    /** The results of {@code program} as derivatives, {@code dloss/dW[i,k] = …}, and what they read. */
    public Printed print(Program program, Map<Tensor, Derivative> derivatives) {
        Layout layout = new Layout(notation, Map.of(), Reductions.of(program));
        return statements(
                program,
                layout,
                definition -> derivatives.containsKey(definition.target())
                        ? slope(derivatives.get(definition.target()), definition.subscripts())
                        : left(definition, layout));
    }

    /**
     * What a formula is the derivative of, in which variables; {@code of} is empty if that has no name.
     *
     * @param variables in turn
     */
    public record Derivative(String of, List<Tensor> variables) {
        public Derivative {
            variables = List.copyOf(variables);
        }
    }

    private String slope(Derivative derivative, List<Expr> subscripts) {
        Layout layout = new Layout(notation, Map.of(), Map.of());
        return notation.slope(
                derivative.of(),
                derivative.variables().stream()
                        .map(variable -> write(layout, layout.form(operand(element(variable, subscripts)))))
                        .toList());
    }

    // Of several variables that are differentiated in, at most the last has subscripts.
    private static Expr element(Tensor variable, List<Expr> subscripts) {
        return Access.of(variable, variable.rank() == 0 ? List.of() : subscripts);
    }

    private static boolean isFormula(Program program) {
        Definition last = program.definitions().get(program.definitions().size() - 1);
        return program.definitions().size() == 1 && last.target().rank() == 0 && last.combine() == Combine.ASSIGN;
    }

    private Printed statements(Program program, Layout layout, Function<Definition, String> left) {
        Map<Tensor, Definition> hidden = layout.reductions();
        List<Definition> before = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            if (!hidden.containsKey(definition.target())) {
                boolean adds = definition.combine() == Combine.SUM
                        && before.stream().anyMatch(earlier -> mayMeet(earlier, definition));
                before.add(definition);
                boolean result = program.results().contains(definition.target());
                (result ? lines : where).add(statement(definition, adds, left.apply(definition), layout));
            }
        }
        return new Printed(lines, where);
    }

    /** Whether they may say something of one entry. */
    private static boolean mayMeet(Definition one, Definition other) {
        if (one.target() != other.target()) {
            return false;
        }
        for (int axis = 0; axis < one.subscripts().size(); axis++) {
            Expr a = one.subscripts().get(axis);
            Expr b = other.subscripts().get(axis);
            if (a instanceof Constant && b instanceof Constant && a != b) {
                return false;
            }
        }
        return true;
    }

    private String statement(Definition definition, boolean adds, String left, Layout layout) {
        String statement = notation.equation(left, adds, write(layout, layout.meaning(definition)));
        for (Recurrence loop : definition.recurrences()) {
            statement = notation.inTime(statement, loop.time().name(), loop.descending());
        }
        return notation.document(statement);
    }

    private String left(Definition definition, Layout layout) {
        return write(layout, layout.form(operand(definition.element())));
    }

    /** {@code z[j] = sum[i:3](W[j,i]*x[i])}. */
    public String print(Definition definition) {
        Layout layout = new Layout(notation, Map.of(), Map.of());
        return notation.document(
                notation.equation(left(definition, layout), false, write(layout, layout.meaning(definition))));
    }

    /**
     * Printed formulas.
     *
     * @param where what they share, as {@code t1 = …}, each reading only earlier ones
     */
    public record Printed(List<String> formulas, List<String> where) {
        public Printed {
            formulas = List.copyOf(formulas);
            where = List.copyOf(where);
        }
    }

    private static Operand operand(Expr root) {
        return new Operand(root, false, 0, Context.NUMBER);
    }

    private String write(Layout layout, Form form) {
        return Writer.write(notation, layout, form);
    }
}
