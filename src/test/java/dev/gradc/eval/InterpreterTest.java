package dev.gradc.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {

    private static final Interpreter DOUBLE = new Interpreter(Precision.DOUBLE);
    private static final Interpreter FLOAT = new Interpreter(Precision.FLOAT);

    private final Tensor batch = new Tensor("batch", Tensor.Role.SIZE, true, Shape.SCALAR);
    private final Index b = Index.upTo("b", Access.of(batch));
    private final Index i = Index.upTo("i", number(3));
    private final Index j = Index.upTo("j", number(2));
    private final Tensor x = input("x", Shape.of(3));
    private final Tensor z = Tensor.derived("z", Shape.of(2));

    @Test
    void aDenseLayerOnABatch() {
        Tensor rows = input("x", Shape.of(3).within(Access.of(batch)));
        Tensor w = input("W", Shape.of(2, 3));
        Tensor out = Tensor.derived("z", Shape.of(2).within(Access.of(batch)));
        Definition definition = new Definition(
                out,
                List.of(b, j),
                Combine.SUM,
                List.of(b, j, i),
                times(Access.of(w, j, i), Access.of(rows, b, i)),
                "");
        double[] result = DOUBLE.run(
                        program(out, definition),
                        Map.of(
                                batch, new double[] {2},
                                w, new double[] {1, 2, 3, 4, 5, 6},
                                rows, new double[] {1, 0, 0, 0, 10, 100}))
                .get(out);
        assertArrayEquals(new double[] {1, 4, 320, 650}, result);
    }

    @ParameterizedTest
    @CsvSource({"SUM, 6, 9", "PRODUCT, -12, -7", "MAX, 4, 7", "MIN, -1, 1", "ARGMAX, 1, 2"})
    void reductions(Combine combine, double first, double second) {
        Tensor a = input("A", Shape.of(2, 3));
        Definition definition = new Definition(z, List.of(j), combine, List.of(j, i), Access.of(a, j, i), "");
        assertArrayEquals(
                new double[] {first, second},
                run(
                        definition,
                        Map.of(
                                a,
                                combine == Combine.PRODUCT
                                        ? new double[] {3, 4, -1, 1, 1, -7}
                                        : new double[] {3, 4, -1, 1, 1, 7})));
    }

    @ParameterizedTest
    @CsvSource({"SUM, 0", "PRODUCT, 1", "MAX, -Infinity", "MIN, Infinity"})
    void ofNothing(Combine combine, double expected) {
        Index never = Index.upTo("k", number(0));
        Definition definition = new Definition(z, List.of(j), combine, List.of(j, never), number(5), "");
        assertArrayEquals(new double[] {expected, expected}, run(definition, Map.of()));
    }

    @Test
    void aMaximumWithANaNIsNaN() {
        Tensor m = Tensor.derived("m", Shape.SCALAR);
        Definition definition = new Definition(m, List.of(), Combine.MAX, List.of(i), Access.of(x, i), "");
        assertArrayEquals(new double[] {Double.NaN}, run(definition, Map.of(x, new double[] {1, Double.NaN, 3})));
    }

    @Test
    void aSumAddsToWhatIsDefined() {
        Definition first = Definition.map(z, List.of(j), number(10), "");
        Definition second = new Definition(z, List.of(j), Combine.SUM, List.of(j, i), Access.of(x, i), "");
        Program program = new Program(List.of(x), List.of(first, second), List.of(z));
        assertArrayEquals(
                new double[] {16, 16},
                DOUBLE.run(program, Map.of(x, new double[] {1, 2, 3})).get(z));
    }

    @Test
    void aResultWithoutADefinitionIsZero() {
        Tensor none = Tensor.derived("none", Shape.of(0));
        Map<Tensor, double[]> values = DOUBLE.run(new Program(List.of(), List.of(), List.of(z, none)), Map.of());
        assertArrayEquals(new double[] {0, 0}, values.get(z));
        assertArrayEquals(new double[] {}, values.get(none));
    }

    @Test
    void whatNoDefinitionReachesIsZero() {
        Tensor out = Tensor.derived("out", Shape.of(4));
        Definition definition =
                new Definition(out, List.of(plus(i, number(1))), Combine.ASSIGN, List.of(i), Access.of(x, i), "");
        assertArrayEquals(new double[] {0, 1, 2, 3}, run(definition, Map.of(x, new double[] {1, 2, 3})));
    }

    @Test
    void aScatterAdds() {
        Tensor token = new Tensor("token", Tensor.Role.INPUT, true, Shape.of(3));
        Definition definition =
                new Definition(z, List.of(Access.of(token, i)), Combine.SUM, List.of(i), Access.of(x, i), "");
        assertArrayEquals(new double[] {2, 5}, run(definition, Map.of(x, new double[] {1, 2, 4}, token, new double[] {
            1, 0, 1
        })));
    }

    @Test
    void boundsMayDependOnOuterLoops() {
        Tensor out = Tensor.derived("out", Shape.of(3));
        Index k = new Index("k", number(0), i);
        Definition rows = new Definition(out, List.of(i), Combine.SUM, List.of(i, k), Access.of(x, k), "");
        assertArrayEquals(new double[] {0, 1, 3}, run(rows, Map.of(x, new double[] {1, 2, 4})));
        // The adjoint of it: the loop that chooses the entry lies inside the one that is reduced.
        Definition columns = new Definition(out, List.of(k), Combine.SUM, List.of(i, k), Access.of(x, i), "");
        assertArrayEquals(new double[] {6, 4, 0}, run(columns, Map.of(x, new double[] {1, 2, 4})));
    }

    @Test
    void aDefinitionMayReadItsOwnEarlierEntries() {
        Tensor out = Tensor.derived("out", Shape.of(3));
        Expr previous = Access.of(out, Call.of(Operator.SUBTRACT, i, number(1)));
        Expr start = Call.of(Operator.EQUAL, i, number(0));
        Definition definition = Definition.map(
                out, List.of(i), Select.of(start, number(1), plus(times(previous, number(2)), Access.of(x, i))), "");
        assertArrayEquals(new double[] {1, 12, 124}, run(definition, Map.of(x, new double[] {0, 10, 100})));
    }

    @Test
    void theSideThatIsNotTakenIsNotEvaluated() {
        Expr inside = Call.of(Operator.LESS, i, number(1));
        // Shared by both sides and used twice in the side that is taken, so it is remembered, but only once needed.
        Expr element = times(Access.of(z, i), Access.of(z, i));
        Tensor out = Tensor.derived("out", Shape.of(3));
        Definition definition =
                Definition.map(out, List.of(i), Select.of(inside, plus(element, times(element, i)), i), "");
        assertArrayEquals(
                new double[] {9, 1, 2},
                DOUBLE.run(program(out, definition), Map.of(z, new double[] {3, 4}))
                        .get(out));
    }

    @Test
    void conditionsAreNumbersAndCutShort() {
        Expr outside = Call.of(Operator.EQUAL, Access.of(x, number(7)), number(0));
        Expr no = Call.of(Operator.LESS, number(2), number(1));
        assertEquals(0, value(Call.of(Operator.AND, no, outside)));
        assertEquals(1, value(Call.of(Operator.OR, Call.of(Operator.NOT, no), outside)));
    }

    @Test
    void whatLeavesItsTensorIsNamed() {
        Definition definition = Definition.map(z, List.of(j), Access.of(x, plus(j, number(2))), "");
        EvaluationException e =
                assertThrows(EvaluationException.class, () -> run(definition, Map.of(x, new double[3])));
        assertEquals("x[j+2] leaves x[3] at {j=1}", e.getMessage());
    }

    @Test
    void aSubscriptMustBeWhole() {
        Definition definition = Definition.map(z, List.of(j), Access.of(x, Call.of(Operator.DIVIDE, j, number(2))), "");
        EvaluationException e =
                assertThrows(EvaluationException.class, () -> run(definition, Map.of(x, new double[3])));
        assertEquals("j/2 is 0.5, not a whole number", e.getMessage());
    }

    @Test
    void argumentsMustFit() {
        Definition definition = Definition.map(z, List.of(j), number(1), "");
        EvaluationException e =
                assertThrows(EvaluationException.class, () -> run(definition, Map.of(x, new double[2])));
        assertEquals("x[3] takes 3 numbers, not 2", e.getMessage());
    }

    @Test
    void floatRoundsEveryOperation() {
        Tensor s = input("s", Shape.SCALAR);
        Expr third = Call.of(Operator.DIVIDE, Access.of(s), number(3));
        assertEquals(1f / 3f, FLOAT.value(third, Map.of(s, 1.0)));
        assertEquals(0.1f * (1f / 3f), FLOAT.value(times(Constant.of(0.1), third), Map.of(s, 1.0)));
        float sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += 0.1f;
        }
        Tensor out = Tensor.derived("out", Shape.SCALAR);
        Definition definition = new Definition(out, List.of(), Combine.SUM, List.of(i), Constant.of(0.1), "");
        assertEquals(sum, FLOAT.run(program(out, definition), Map.of()).get(out)[0]);
    }

    @Test
    void functionsAreMethodsOrBodies() {
        Tensor u = input("u", Shape.SCALAR);
        TableFunction larger = table("larger", List.of(u, input("v", Shape.SCALAR)), "java.lang.Math.max", null);
        TableFunction square = table("square", List.of(u), null, times(Access.of(u), Access.of(u)));
        Expr call = Call.of(larger, Call.of(square, number(3)), number(2));
        assertEquals(9, DOUBLE.value(call, Map.of()));
    }

    @Test
    void aMissingMethodIsNamed() {
        TableFunction lost = table("lost", List.of(input("u", Shape.SCALAR)), "com.acme.Lost.find", null);
        SourceException e = assertThrows(SourceException.class, () -> DOUBLE.value(Call.of(lost, number(1)), Map.of()));
        assertTrue(
                e.getMessage().startsWith("lost.nn:1:1: error: there is no class 'com.acme.Lost' on the class path"),
                e.getMessage());
    }

    @Test
    void aMisspeltMethodGetsTheNearest() {
        TableFunction misspelt = table("ln", List.of(input("u", Shape.SCALAR)), "java.lang.Math.lg10", null);
        SourceException e =
                assertThrows(SourceException.class, () -> DOUBLE.value(Call.of(misspelt, number(1)), Map.of()));
        assertEquals("""
                lost.nn:1:1: error: java.lang.Math has no method public static double lg10(double)
                  1 | java.lang.Math.lg10
                    | ^~~~~~~~~~~~~~~~~~~
                  hint: did you mean log10?""", e.getMessage());
    }

    @Test
    void sizesMayBeExpressions() {
        Tensor out = Tensor.derived("out", new Shape(List.of(times(number(5), Access.of(batch)))));
        Index k = Index.upTo("k", times(number(5), Access.of(batch)));
        Definition definition = Definition.map(out, List.of(k), k, "");
        assertEquals(
                15,
                DOUBLE.run(program(out, definition), Map.of(batch, new double[] {3}))
                        .get(out)
                        .length);
    }

    @Test
    void tenMillionProductsTakeSeconds() {
        int n = 400;
        Tensor a = input("A", Shape.of(n, n));
        Tensor c = Tensor.derived("C", Shape.of(n, n));
        Index p = Index.upTo("p", number(n));
        Index q = Index.upTo("q", number(n));
        Index r = Index.upTo("r", number(n));
        Definition definition = new Definition(
                c, List.of(p, q), Combine.SUM, List.of(p, q, r), times(Access.of(a, p, r), Access.of(a, r, q)), "");
        double[] ones = new double[n * n];
        Arrays.fill(ones, 1);
        double[] result = assertTimeout(Duration.ofSeconds(20), () -> run(definition, Map.of(a, ones)));
        assertEquals(n, result[n * n - 1]);
    }

    private double value(Expr expression) {
        Tensor out = Tensor.derived("out", Shape.SCALAR);
        return run(Definition.map(out, List.of(), expression, ""), Map.of(x, new double[3]))[0];
    }

    private static double[] run(Definition definition, Map<Tensor, double[]> arguments) {
        return DOUBLE.run(program(definition.target(), definition), arguments).get(definition.target());
    }

    private static Program program(Tensor result, Definition definition) {
        return new Program(List.of(), List.of(definition), List.of(result));
    }

    private static TableFunction table(String name, List<Tensor> formals, String method, Expr body) {
        return new TableFunction(
                name,
                "",
                formals,
                Optional.ofNullable(method)
                        .map(text -> new TableFunction.Method(text, new SourceFile("lost.nn", text).span())),
                self -> Optional.ofNullable(body),
                self -> List.of());
    }

    private static Tensor input(String name, Shape shape) {
        return new Tensor(name, Tensor.Role.INPUT, false, shape);
    }

    private static Expr number(double value) {
        return Constant.of(value);
    }

    private static Expr plus(Expr a, Expr c) {
        return Call.of(Operator.ADD, a, c);
    }

    private static Expr times(Expr a, Expr c) {
        return Call.of(Operator.MULTIPLY, a, c);
    }
}
