package dev.gradc.explain;

import dev.gradc.explain.Document.Cell;
import dev.gradc.explain.Document.Lines;
import dev.gradc.explain.Document.Section;
import dev.gradc.explain.Document.Table;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.print.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says a lesson: modules, chain rule, forward, backward, result. */
final class LessonDocument {

    /** More products than these say less than the tables. */
    private static final int PATHS = 6;

    /** As many products stand beside each other. */
    private static final int BESIDE = 2;

    private final Lesson lesson;
    private final Optional<Point> point;
    private final Writing writing;
    private final Map<LocalDerivative.Rule, Cell> rules = new HashMap<>();

    LessonDocument(Lesson lesson, Optional<Point> point, Writing writing) {
        this.lesson = lesson;
        this.point = point;
        this.writing = writing;
    }

    /** @param derivatives the simplified derivative in each variable, in this writing */
    List<Section> sections(Map<Tensor, String> derivatives) {
        List<Section> sections = new ArrayList<>();
        // Several variables take long lines.
        boolean single = lesson.variables().size() < 2;
        sections.add(modules().narrow());
        if (!lesson.locals().isEmpty()) {
            sections.add(chainRule().narrow());
        }
        point.map(this::forward).ifPresent(forward -> sections.add(single ? forward.narrow() : forward));
        if (!derivatives.isEmpty()) {
            sections.add(backward().narrow());
            sections.add(result(derivatives).narrow());
        }
        return sections;
    }

    private Section modules() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Definition module : lesson.modules().definitions()) {
            Cell name = Cell.formula(equation(module));
            for (LocalDerivative local : lesson.localsOf(module.target())) {
                rows.add(List.of(name, Cell.formula(equation(local)), rule(module, local)));
                name = Cell.EMPTY;
            }
            if (lesson.localsOf(module.target()).isEmpty()) {
                rows.add(List.of(name, Cell.EMPTY, Cell.EMPTY));
            }
        }
        List<Cell> headings = words("module", "local derivative", "rule, where y is the value");
        return new Section("Modules", List.of(new Table(headings, rows)));
    }

    private String equation(Definition module) {
        return writing.equation(writing.name(module.target().name()), writing.formula(module.body()));
    }

    private String equation(LocalDerivative local) {
        return writing.equation(slope(local), writing.formula(local.formula()));
    }

    private String slope(LocalDerivative local) {
        return writing.slope(local.of().name(), local.by().name());
    }

    /** {@code ∂(u/v)/∂v = -y/v}. */
    private Cell rule(Definition module, LocalDerivative local) {
        return local.rule()
                .map(rule -> rules.computeIfAbsent(rule, this::rule))
                .orElseGet(() -> module.body() instanceof Select ? Cell.words("that of the branch taken") : Cell.EMPTY);
    }

    private Cell rule(LocalDerivative.Rule rule) {
        TableFunction row = lesson.library().row(rule.function());
        List<Access> formals = row.formals().stream().map(Access::of).toList();
        String function = writing.factor(Call.of(rule.function(), formals));
        List<String> partials = new ArrayList<>();
        for (int position : rule.positions()) {
            String by = row.formals().get(position).name();
            String slope = writing.slopeOf(function, by);
            Expr partial = lesson.algebra().apply(row.partials().get(position));
            partials.add(writing.equation(slope, writing.formula(partial)));
        }
        return Cell.formula(writing.list(partials));
    }

    private Section chainRule() {
        List<List<Cell>> lines = new ArrayList<>();
        for (Tensor variable : lesson.variables()) {
            String left = writing.slope(lesson.result().name(), variable.name());
            double count = Paths.count(lesson, variable);
            if (count == 0) {
                lines.add(line(left, writing.formula(Constant.ZERO)));
            } else if (count > PATHS) {
                lines.add(List.of(
                        Cell.formula(left),
                        Cell.words("is the sum of " + Numbers.of(count)
                                + " products, one for each way; the tables below sum them up step by step")));
            } else {
                lines.addAll(multiplied(left, variable));
            }
        }
        return new Section("Chain rule", List.of(new Lines(lines)));
    }

    /** The product of the local derivatives on each path, in slopes, in formulas and in numbers. */
    private List<List<Cell>> multiplied(String left, Tensor variable) {
        List<List<LocalDerivative>> paths = Paths.of(lesson, variable);
        boolean single = paths.size() == 1 && paths.get(0).size() == 1;
        List<List<Cell>> lines = new ArrayList<>();
        if (!single) {
            lines.addAll(sum(left, paths, this::slope));
        }
        Function<LocalDerivative, String> formula =
                local -> single ? writing.formula(local.formula()) : writing.factor(local.formula());
        lines.addAll(sum(single ? left : "", paths, formula));
        point.ifPresent(at -> {
            if (!single) {
                lines.addAll(sum("", paths, local -> writing.operand(at.value(local))));
            }
            lines.add(line("", writing.numeral(Writing.rounded(at.forward(lesson.result(), variable)))));
        });
        return lines;
    }

    private List<Cell> line(String left, String right) {
        return List.of(Cell.formula(left), Cell.formula(writing.signed("=", right)));
    }

    /** A sum of products; a long one with each product on a line of its own. */
    private List<List<Cell>> sum(
            String left, List<List<LocalDerivative>> paths, Function<LocalDerivative, String> factor) {
        List<String> products = paths.stream()
                .map(path -> writing.product(path.stream().map(factor).toList()))
                .toList();
        if (products.size() <= BESIDE) {
            return List.of(line(left, writing.sum(products)));
        }
        List<List<Cell>> lines = new ArrayList<>(List.of(line(left, products.get(0))));
        products.stream()
                .skip(1)
                .forEach(product -> lines.add(List.of(Cell.EMPTY, Cell.formula(writing.signed("+", product)))));
        return lines;
    }

    private Section forward(Point at) {
        List<Cell> headings = new ArrayList<>(words("ξ", "formula", "value", "local derivatives"));
        lesson.variables().forEach(variable -> headings.add(Cell.formula(writing.total("ξ", variable.name()))));
        List<List<Cell>> rows = new ArrayList<>();
        for (Tensor variable : lesson.variables()) {
            rows.add(row(at, variable, Cell.EMPTY, Cell.EMPTY));
        }
        for (Definition module : lesson.modules().definitions()) {
            List<String> locals = lesson.localsOf(module.target()).stream()
                    .map(local -> writing.equation(slope(local), writing.numeral(Writing.rounded(at.value(local)))))
                    .toList();
            rows.add(row(
                    at,
                    module.target(),
                    Cell.formula(writing.formula(module.body())),
                    Cell.formula(writing.list(locals))));
        }
        return new Section("Forward", List.of(new Table(headings, rows)));
    }

    private List<Cell> row(Point at, Tensor tensor, Cell formula, Cell locals) {
        List<Cell> cells = new ArrayList<>(
                List.of(Cell.formula(writing.name(tensor.name())), formula, number(at.value(tensor)), locals));
        lesson.variables().forEach(variable -> cells.add(number(at.forward(tensor, variable))));
        return cells;
    }

    private Section backward() {
        List<Cell> headings =
                new ArrayList<>(List.of(Cell.words("ξ"), Cell.formula(writing.total("L", "ξ")), Cell.words("formula")));
        point.ifPresent(at -> headings.add(Cell.words("value")));
        List<List<Cell>> rows = new ArrayList<>();
        Map<Tensor, Definition> definitions = lesson.backward().program().soleDefinitions();
        List<Tensor> order = new ArrayList<>(lesson.backward().adjoints().keySet());
        Collections.reverse(order);
        for (Tensor tensor : order) {
            Tensor adjoint = lesson.backward().adjoints().get(tensor);
            Expr body = definitions.get(adjoint).body();
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.formula(writing.name(tensor.name())),
                    Cell.formula(writing.name(adjoint.name())),
                    Cell.formula(withTerms(writing.formula(readable(body)), body))));
            point.ifPresent(at -> cells.add(number(at.value(adjoint))));
            rows.add(cells);
        }
        return new Section("Backward, with L = " + lesson.result().name(), List.of(new Table(headings, rows)));
    }

    /** The same sum with each term as people write it. */
    private Expr readable(Expr body) {
        return body.isSum() ? body.withEach(this::readable) : lesson.algebra().apply(body);
    }

    /** {@code formula} with what is summed up in it in numbers, where a variable is used in several places. */
    private String withTerms(String formula, Expr body) {
        List<Double> terms = new ArrayList<>();
        point.ifPresent(at -> collect(at, body, 1, terms));
        return terms.size() < 2
                ? formula
                : writing.equation(
                        formula,
                        writing.sum(terms.stream().map(writing::operand).toList()));
    }

    private static void collect(Point at, Expr expression, int sign, List<Double> terms) {
        if (expression.isSum()) {
            collect(at, expression.children().get(0), sign, terms);
            collect(at, expression.children().get(1), expression.isCallOf(Operator.ADD) ? sign : -sign, terms);
        } else {
            terms.add(sign * at.value(expression));
        }
    }

    private Section result(Map<Tensor, String> derivatives) {
        List<List<Cell>> lines = new ArrayList<>();
        derivatives.forEach((variable, formula) -> {
            String left = writing.slope(lesson.result().name(), variable.name());
            lines.add(line(left, formula));
            point.ifPresent(at -> lines.add(line(
                    "",
                    writing.numeral(
                            Numbers.of(at.value(lesson.backward().adjoints().get(variable)))))));
        });
        return new Section("Result", List.of(new Lines(lines)));
    }

    private static Cell number(double value) {
        return Cell.number(Writing.rounded(value));
    }

    private static List<Cell> words(String... words) {
        return Arrays.stream(words).map(Cell::words).toList();
    }
}
