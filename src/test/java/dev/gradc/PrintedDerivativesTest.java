package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradc.ir.Access;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Formula;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed of the derivatives of generated formulas: worth what the derivative is worth, and read back as it is printed. */
class PrintedDerivativesTest {

    private static final double[] POINTS = {0.31, 0.83, 1.37, 2.2, -0.47, -1.6};

    /** Beyond it a value is a difference of numbers that are larger still. */
    private static final double LARGE = 1e6;

    @Provide
    Arbitrary<String> formulas() {
        return formula(4);
    }

    // No pi alone: sin(pi) is 0 to a reader and 1e-16 to a machine, and a cube root shows that.
    private static Arbitrary<String> formula(int depth) {
        Arbitrary<String> leaf = Arbitraries.of("x", "x", "y", "1", "2", "3", "0.5", "0.1", "pi*x");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> part = Arbitraries.lazy(() -> formula(depth - 1));
        Arbitrary<String> operation = Combinators.combine(part, Arbitraries.of("+", "-", "*", "*", "/"), part)
                .as((left, sign, right) -> "(" + left + " " + sign + " " + right + ")");
        Arbitrary<String> power = Combinators.combine(part, Arbitraries.of("2", "3", "-1", "-2", "0.5", "(1/3)", "y"))
                .as((base, exponent) -> "(" + base + ")^" + exponent);
        Arbitrary<String> call = Combinators.combine(
                        Arbitraries.of(
                                "exp",
                                "log",
                                "sin",
                                "cos",
                                "tan",
                                "cot",
                                "sqrt",
                                "cbrt",
                                "tanh",
                                "sinh",
                                "atan",
                                "asin",
                                "abs",
                                "sigmoid",
                                "softplus",
                                "relu",
                                "sinc",
                                "erf"),
                        part)
                .as((function, argument) -> function + "(" + argument + ")");
        return Arbitraries.frequencyOf(
                Tuple.of(1, leaf), Tuple.of(5, operation), Tuple.of(1, power), Tuple.of(3, call));
    }

    // The same formulas everywhere: of some, as asin(sigmoid(tan(x))) where the sigmoid rounds to 1, neither form has
    // digits to compare.
    @Property(tries = 300, seed = "1")
    void isWorthWhatTheDerivativeIs(@ForAll("formulas") String text) {
        Expression formula = Expression.parse(text);
        Expression derivative = formula.derivative("x");
        Expression printed = Expression.parse(derivative.toString());
        for (double x : POINTS) {
            Map<String, Double> at = Map.of("x", x, "y", 0.7 - x / 3);
            double computed = derivative.at(at);
            if (Math.abs(formula.at(at)) < LARGE && Math.abs(computed) < LARGE) {
                assertEquals(computed, printed.at(at), 1e-7 * Math.max(1, Math.abs(computed)), () -> "at " + at);
            }
        }
    }

    @Property(tries = 300, seed = "1")
    void isReadBack(@ForAll("formulas") String text) {
        String printed = Expression.parse(text).derivative("x").toString();
        assertEquals(printed, Expression.parse(printed).toString());
    }

    /** Not only the text: read as it stands it is the same object, as all equal expressions are. */
    @Property(tries = 300, seed = "1")
    void isReadBackAsTheSameExpression(@ForAll("formulas") String text) {
        Program shown = formula(text).derivative("x").shown(true);
        List<Tensor> names = shown.arguments();
        Program read = formula(new Printer(Notation.TEXT).print(shown)).shown(false);
        Map<Expr, Expr> same = new HashMap<>();
        for (Tensor argument : read.arguments()) {
            names.stream()
                    .filter(tensor -> tensor.name().equals(argument.name()))
                    .forEach(tensor -> same.put(Access.of(argument), Access.of(tensor)));
        }
        Expr expected = shown.definitions().get(0).body();
        Expr actual = Rewrite.substituting(same).apply(read.definitions().get(0).body());
        assertSame(expected, actual, () -> expected + "\n" + actual);
    }

    /** What generated formulas had shown: a zero, a product and a power that stand below a bar or under a root. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x - (x/(1 - 1) + exp(x + pi*x))", "sqrt(pi*x)*x*x + y", "sqrt(((x + y)^2)^3)", "asin(sin(pi*x))"
            })
    void holdsForFormulasThatAreRare(String text) {
        isReadBackAsTheSameExpression(text);
        isWorthWhatTheDerivativeIs(text);
    }

    private static Formula formula(String text) {
        return Formula.parse(new SourceFile("expression", text), List.of(), Map.of());
    }
}
