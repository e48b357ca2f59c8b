package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Inliner;
import dev.gradc.print.Layout.Context;
import dev.gradc.print.Layout.Form;
import dev.gradc.print.Layout.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return together(printed);
    }

    /** {@code expression} as it stands among the factors of a product, in parentheses if it needs them. */
    public String factor(Expr expression) {
        Layout layout = new Layout(notation, Map.of(), Map.of());
        int precedence = layout.signs().isNegative(expression) ? Template.ATOM : Operator.NEGATE.precedence();
        Operand factor = new Operand(expression, false, precedence, Context.NUMBER);
        return write(layout, new Form(Template.parse("#1", Template.ATOM), "", List.of(factor)));
    }

    private static String together(Printed printed) {
        List<String> lines = new ArrayList<>(printed.formulas());
        printed.where().forEach(line -> lines.add("where " + line));
        return String.join("\n", lines);
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
        return names.keySet().stream()
                .flatMap(part -> named(part, layout).stream())
                .toList();
    }

    /** {@code t1 = …} of a part that has a name. */
    private Optional<String> named(Expr part, Layout layout) {
        return layout.name(part)
                .map(name -> notation.document(notation.named(name, write(layout, layout.formOf(operand(part))))));
    }

    /**
     * The result of {@code program}, which has one: a formula, or for a tensor {@code name[i,j] = …}; on lines after it what it reads.
     */
    public String print(Program program) {
        if (isFormula(program)) {
            return print(program.definitions().get(0).body());
        }
        Layout layout = layout(program, Sharing.WHOLE);
        Printed printed = statements(program, layout, definition -> left(definition, layout));
        return together(printed);
    }

    /** Derivatives of one formula, each a {@link #isFormula formula} too: {@code d/dx = …}, and what they share, if that is shorter so. */
    public Printed print(Map<Derivative, Program> derivatives) {
        List<Expr> formulas = derivatives.values().stream()
                .map(program -> program.definitions().get(0).body())
                .toList();
        List<? extends Expr> bodies = written(formulas);
        Map<Expr, String> names = Sharing.names(bodies, Sharing.LINE);
        Layout layout = new Layout(notation, names, Map.of());
        List<String> lines = new ArrayList<>();
        Iterator<? extends Expr> body = bodies.iterator();
        for (Derivative derivative : derivatives.keySet()) {
            String right = write(layout, layout.form(operand(body.next())));
            boolean alone = derivatives.size() == 1 && derivative.of().isEmpty();
            lines.add(notation.document(alone ? right : notation.derivative(slope(derivative, List.of()), right)));
        }
        return new Printed(lines, where(names, layout));
    }

    /** The results of {@code program} as derivatives, {@code dloss/dW[i,k] = …}, and what they read. */
    public Printed print(Program program, Map<Tensor, Derivative> derivatives) {
        Layout layout = layout(program, Sharing.LINE);
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

    /** @param subscripts those of what is differentiated, then those of the variables in turn */
    private String slope(Derivative derivative, List<Expr> subscripts) {
        Layout layout = new Layout(notation, Map.of(), Map.of());
        int ranks = derivative.variables().stream().mapToInt(Tensor::rank).sum();
        int place = subscripts.size() - ranks;
        Tensor of = Tensor.derived(derivative.of(), Shape.of(new int[place]));
        List<String> variables = new ArrayList<>();
        for (Tensor variable : derivative.variables()) {
            variables.add(element(layout, variable, subscripts.subList(place, place + variable.rank())));
            place += variable.rank();
        }
        boolean nameless = derivative.of().isEmpty();
        return notation.slope(nameless ? "" : element(layout, of, subscripts.subList(0, of.rank())), variables);
    }

    private String element(Layout layout, Tensor tensor, List<Expr> subscripts) {
        return write(layout, layout.form(operand(Access.of(tensor, subscripts))));
    }

    /** Whether {@code program} is one number by one expression. */
    public static boolean isFormula(Program program) {
        Definition last = program.definitions().get(program.definitions().size() - 1);
        return program.definitions().size() == 1 && last.target().rank() == 0 && last.combine() == Combine.ASSIGN;
    }

    /** @param limit up to so many nodes no shared part gets a name */
    private Layout layout(Program program, long limit) {
        return new Layout(notation, Sharing.names(bodies(program), limit), InlineReductions.of(program));
    }

    private static List<Expr> bodies(Program program) {
        return program.definitions().stream().map(Definition::body).toList();
    }

    private Printed statements(Program program, Layout layout, Function<Definition, String> left) {
        Map<Tensor, Definition> hidden = layout.reductions();
        Map<Tensor, Definition> sole = program.soleDefinitions();
        Iterator<Expr> parts = Walk.postOrder(bodies(program)).iterator();
        Set<Expr> passed = new HashSet<>();
        List<Definition> before = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            // A part that has a name is told before the first line that reads it.
            if (passed.add(definition.body())) {
                for (Expr part = parts.next(); part != definition.body(); part = parts.next()) {
                    passed.add(part);
                    named(part, layout).ifPresent(where::add);
                }
            }
            if (!hidden.containsKey(definition.target())) {
                boolean adds = adds(definition, before);
                before.add(definition);
                boolean result = program.results().contains(definition.target());
                boolean inPart = sole.containsKey(definition.target())
                        && definition.recurrences().isEmpty()
                        && !definition.reachesAll();
                String equation = equation(definition, adds, left.apply(definition), layout);
                String statement = inPart ? notation.inPart(equation) : equation;
                (result ? lines : where).add(inTime(definition, statement, layout));
            }
        }
        return new Printed(lines, where);
    }

    /** Whether it adds to what one of {@code before} has put there. */
    private static boolean adds(Definition definition, List<Definition> before) {
        return definition.combine() == Combine.SUM && before.stream().anyMatch(earlier -> mayMeet(earlier, definition));
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

    private String equation(Definition definition, boolean adds, String left, Layout layout) {
        return notation.equation(left, adds, write(layout, layout.meaning(definition)));
    }

    private String inTime(Definition definition, String equation, Layout layout) {
        String statement = equation;
        for (Recurrence loop : definition.recurrences()) {
            statement = notation.inTime(statement, time(loop.time(), layout), loop.descending());
        }
        return notation.document(statement);
    }

    /** {@code t}, or where it does not begin with 0, {@code t > 0}. */
    private String time(Index time, Layout layout) {
        Expr shown = time.low() instanceof Constant low && low != Constant.ZERO
                ? Call.of(Operator.GREATER, time, Constant.of(low.value() - 1))
                : time;
        return write(layout, layout.form(new Operand(shown, false, 0, Context.CONDITION)));
    }

    private String left(Definition definition, Layout layout) {
        return write(layout, layout.form(operand(definition.element())));
    }

    /** Every definition of {@code program} on a line of its own, {@code z[j] = sum[i:3](W[j,i]*x[i])}. */
    public List<String> lines(Program program) {
        Layout layout = new Layout(notation, Map.of(), Map.of());
        List<Definition> before = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            boolean adds = adds(definition, before);
            lines.add(inTime(definition, equation(definition, adds, left(definition, layout), layout), layout));
            before.add(definition);
        }
        return lines;
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
        return TemplateWriter.write(notation, layout, form);
    }
}
