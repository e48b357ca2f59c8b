package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Snippets;
import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Elimination.Order;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elimination in any order gives what reverse mode gives, row by row. */
class EliminationTest {

    private static final Library LIBRARY = StandardLibrary.library();

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x*y; x*y*z; x/(y + x*y)",
                "sin(x*y); cos(x*y)*sin(x*y); x",
                "3; y; y",
                "x > y ? exp(x*z) : log(y*z + 9); max(x*y, y*z)^2; min(x, y)*abs(z)",
                "(x > 0 ? x^2 : y)*(y > x ? sin(z) : cos(z*x)); hypot(x, y)/z"
            })
    void agreesWithReverseMode(String formulas) {
        for (Order order : Order.values()) {
            agreesWithReverseMode(formulas, order);
        }
    }

    private void agreesWithReverseMode(String formulas, Order order) {
        List<Expr> bodies = new ArrayList<>();
        Program all = Snippets.formula(String.join(" + ", formulas.split(";")) + " + 0*(x + y + z)", "x", "y", "z")
                .program();
        Map<String, Tensor> arguments = new HashMap<>();
        all.arguments().forEach(tensor -> arguments.put(tensor.name(), tensor));
        for (String formula : formulas.split(";")) {
            bodies.add(body(formula, arguments));
        }
        List<Access> elements =
                all.arguments().stream().map(tensor -> Access.of(tensor)).toList();
        List<List<Expr>> found = new Elimination(LIBRARY, order, partial -> partial).jacobian(bodies, elements);
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            Map<Tensor, Double> point = new HashMap<>();
            all.arguments().forEach(tensor -> point.put(tensor, 4 * random.nextDouble() - 2));
            for (int row = 0; row < bodies.size(); row++) {
                List<Expr> expected = new Reverse(LIBRARY).partials(bodies.get(row), elements);
                for (int column = 0; column < elements.size(); column++) {
                    double reference = interpreter.value(expected.get(column), point);
                    double value = interpreter.value(found.get(row).get(column), point);
                    assertEquals(reference, value, 1e-13 * Math.max(1, Math.abs(reference)), formulas + " at " + point);
                }
            }
        }
    }

    /** What stands on the side of a selection that is not taken is not evaluated. */
    @ParameterizedTest
    @CsvSource({"x > 0 ? log(x) : 0, -1, 0", "sqrt(x > 4 ? x : 4)*2, 1, 0", "'max(0, sqrt(x))', 0, 0"})
    void deadSideNeverSpeaks(String formula, double x, double slope) {
        for (Order order : Order.values()) {
            deadSideNeverSpeaks(formula, order, x, slope);
        }
    }

    private void deadSideNeverSpeaks(String formula, Order order, double x, double slope) {
        Program program = Snippets.formula(formula, "x").program();
        Tensor argument = program.arguments().get(0);
        Expr body = program.definitions().get(program.definitions().size() - 1).body();
        Expr found = new Elimination(LIBRARY, order, partial -> partial)
                .jacobian(List.of(body), List.of(Access.of(argument)))
                .get(0)
                .get(0);
        assertEquals(slope, interpreter.value(found, Map.of(argument, x)));
    }

    /** Two results of one inner value that has many arguments: its derivatives are taken once. */
    @Test
    void sharesWhatRowsHaveInCommon() {
        Program program =
                Snippets.formula("exp(sin(x)*y*z*w*v)", "x", "y", "z", "w", "v").program();
        Definition definition = program.definitions().get(0);
        List<Access> elements =
                program.arguments().stream().map(tensor -> Access.of(tensor)).toList();
        List<Expr> bodies = List.of(definition.body(), definition.body());
        List<List<Expr>> rows = new Elimination(LIBRARY, Order.CHEAPEST, partial -> partial).jacobian(bodies, elements);
        assertEquals(rows.get(0), rows.get(1));
    }

    private static Expr body(String formula, Map<String, Tensor> arguments) {
        Program program = Snippets.formula(formula, "x", "y", "z").program();
        Map<Expr, Expr> same = new HashMap<>();
        program.arguments().forEach(tensor -> same.put(Access.of(tensor), Access.of(arguments.get(tensor.name()))));
        return Rewrite.substituting(same)
                .apply(program.definitions()
                        .get(program.definitions().size() - 1)
                        .body());
    }
}
