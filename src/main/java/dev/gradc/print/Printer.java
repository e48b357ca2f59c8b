package dev.gradc.print;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Inliner;
import dev.gradc.print.Layout.Context;
import dev.gradc.print.Layout.Form;
import dev.gradc.print.Layout.Operand;
import dev.gradc.print.Template.Literal;
import dev.gradc.print.Template.Part;
import dev.gradc.print.Template.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints expressions in a notation, with parentheses only where they are needed. What would become very long because it is shared
 * many times is named and printed once. Immutable, safe for threads.
 */
public final class Printer {

    private final Notation notation;

    public Printer(Notation notation) {
        this.notation = notation;
    }

    /** {@code expression} on a line, or with the parts it shares on further lines {@code where t1 = …}. */
    public String print(Expr expression) {
        Printed printed = print(List.of(expression));
        StringBuilder text = new StringBuilder(printed.formulas().get(0));
        for (String where : printed.where()) {
            text.append("\nwhere ").append(where);
        }
        return text.toString();
    }

    /** {@code expressions} together, so that what they share is named once. */
    public Printed print(List<? extends Expr> expressions) {
        Inliner inliner = new Inliner();
        List<? extends Expr> roots =
                notation.isJava() ? expressions.stream().map(inliner::apply).toList() : expressions;
        Map<Expr, String> names = Sharing.names(roots);
        Layout layout = new Layout(notation, names);
        List<String> formulas = new ArrayList<>();
        for (Expr root : roots) {
            formulas.add(notation.document(write(layout, layout.form(operand(root)))));
        }
        List<String> where = new ArrayList<>();
        names.forEach((part, name) ->
                where.add(notation.document(notation.named(name, write(layout, layout.formOf(operand(part)))))));
        return new Printed(formulas, where);
    }

    /**
     * The result of {@code program}, which has one: a formula, or for a tensor {@code name[i,j] = …}; on lines after it what it reads.
     */
    public String print(Program program) {
        List<Definition> statements = program.definitions();
        Definition last = statements.get(statements.size() - 1);
        if (statements.size() == 1 && last.target().rank() == 0 && last.combine() == Combine.ASSIGN) {
            return print(last.body());
        }
        Tensor result = program.results().get(0);
        List<String> lines = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (Definition statement : statements) {
            (statement.target() == result ? lines : where).add(print(statement));
        }
        where.forEach(line -> lines.add("where " + line));
        return String.join("\n", lines);
    }

    /** {@code z[j] = sum[i:3](W[j,i]*x[i])}. */
    public String print(Definition definition) {
        Layout layout = new Layout(notation, Map.of());
        String ranges = definition.reduced().stream()
                .map(loop -> range(layout, loop))
                .collect(Collectors.joining(notation.separator()));
        return notation.document(write(layout, layout.statement(definition, ranges)));
    }

    private String range(Layout layout, Index loop) {
        boolean fromZero = loop.low() == Constant.ZERO;
        return notation.range(
                notation.word(loop.name()),
                fromZero ? "" : write(layout, layout.form(bound(loop.low()))),
                write(layout, layout.form(bound(loop.high()))));
    }

    private static Operand bound(Expr bound) {
        return new Operand(bound, false, 0, Context.SUBSCRIPT);
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

    // A stack of its own instead of recursion: texts and operands still to be written, the next one on top.
    private String write(Layout layout, Form root) {
        StringBuilder text = new StringBuilder();
        Deque<Object> rest = new ArrayDeque<>();
        push(rest, root, Context.NUMBER);
        while (!rest.isEmpty()) {
            Object next = rest.pop();
            if (next instanceof Operand operand) {
                Form form = layout.form(operand);
                if (form.template().precedence() < operand.precedence()) {
                    form = new Form(notation.template("(", Notation.ATOM), "", List.of(operand.within(0)));
                }
                push(rest, form, operand.context());
            } else {
                text.append(next);
            }
        }
        return text.toString();
    }

    private void push(Deque<Object> rest, Form form, Context context) {
        boolean tight = context == Context.SUBSCRIPT && notation.isTight();
        List<Part> parts = form.template().parts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof Literal literal) {
                rest.push(tight ? literal.text().replace(" ", "") : literal.text());
            } else if (parts.get(i) instanceof Place place) {
                push(rest, place, form, tight);
            }
        }
    }

    private void push(Deque<Object> rest, Place place, Form form, boolean tight) {
        if (place.number() == 0) {
            rest.push(form.name());
        } else if (place.number() == Template.ALL) {
            for (int k = form.operands().size() - 1; k >= 0; k--) {
                Operand operand = form.operands().get(k);
                rest.push(operand);
                if (k > 0) {
                    boolean close = tight || operand.context() == Context.SUBSCRIPT && notation.isTight();
                    rest.push(close ? notation.separator().strip() : notation.separator());
                }
            }
        } else {
            Operand operand = form.operands().get(place.number() - 1);
            rest.push(place.delimited() ? operand.within(0) : operand);
        }
    }
}
