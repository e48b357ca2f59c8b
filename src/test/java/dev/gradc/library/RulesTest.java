package dev.gradc.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.check.StandardLibrary;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Both sides of every rule of the library are evaluated. */
class RulesTest {

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        2.5,
        -2.5,
        1e308,
        -1.7e308,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-200,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    /** These are not finite for numbers of which the double overflows, or for subnormal ones of which the reciprocal does. */
    private static final Set<String> OVERFLOWING = Set.of(
            "rule w*exp(x)/(v*exp(u)) = w*(exp(x - u)/v)",
            "rule (c ? w*exp(x) : 0)/(v*exp(u)) = c ? w*(exp(x - u)/v) : 0",
            "rule (c ? 0 : w*exp(x))/(v*exp(u)) = c ? 0 : w*(exp(x - u)/v)",
            "rule u*exp(x)/(a + b*exp(x)) = logisticKernel(u, -x, b, a)",
            "rule cos(x)^2 - sin(x)^2 = cos(2*x)",
            "rule 2*sin(x)*cos(x) = sin(2*x)",
            "rule 2*(sin(x)*cos(x)) = sin(2*x)");

    /** Rules about functions of which an argument is another's square, or about integers. */
    private static final Set<String> NOT_ALGEBRA = Set.of(
            "rule shift(x) = 0",
            "rule (x - x%n)/n = floor(x/n)",
            "rule norm3Kernel(s, u, v, w) = sqrt(s)",
            "rule norm4Kernel(s, u, v, w, x) = sqrt(s)",
            "rule scaledNormKernel(s, t) = sqrt(s)",
            "rule rootGapKernel(s, b, c) = s - b");

    /** Points of which a rule must hold at some, at least. */
    private static final int ENOUGH = 10;

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);

    @TestFactory
    Stream<DynamicTest> exactRulesHoldForEveryDouble() {
        return tests("exact", rule -> {
            for (Map<Tensor, Double> point : specialPoints(rule.variables())) {
                assertEquals(value(rule.left(), point), value(rule.right(), point), () -> "at " + point);
            }
        });
    }

    /** Where the left side is a number, up to the digits that it may lose, which is what the rule is for. */
    @TestFactory
    Stream<DynamicTest> identitiesKeepTheValue() {
        return Stream.concat(identitiesKeepTheValue("identities"), identitiesKeepTheValue("derivatives"));
    }

    private Stream<DynamicTest> identitiesKeepTheValue(String group) {
        return tests(group, rule -> {
            int points = 0;
            for (Map<Tensor, Double> point : ordinaryPoints(rule)) {
                double left = value(rule.left(), point);
                if (Double.isFinite(left)) {
                    assertEquals(left, value(rule.right(), point), tolerance(left), () -> "at " + point);
                    points++;
                }
            }
            assertTrue(points >= ENOUGH, "the rule was tried at only " + points + " points");
        });
    }

    /** At the edges of the doubles a form may lose all its digits, but where it is a finite number its stable form is one, too. */
    @TestFactory
    Stream<DynamicTest> identitiesStayFinite() {
        return Stream.of("identities", "derivatives")
                .flatMap(group -> tests(group, rule -> {
                    List<Map<Tensor, Double>> all = points(rule).toList();
                    double[] holds = values(rule.condition().orElse(Constant.ONE), all);
                    List<Map<Tensor, Double>> points = IntStream.range(0, all.size())
                            .filter(k -> holds[k] == 1)
                            .mapToObj(all::get)
                            .toList();
                    double[] left = values(rule.left(), points);
                    double[] right = values(rule.right(), points);
                    Optional<Map<Tensor, Double>> worse = IntStream.range(0, points.size())
                            .filter(k -> Double.isFinite(left[k]) && !Double.isFinite(right[k]))
                            .mapToObj(points::get)
                            .findFirst();
                    assertEquals(
                            OVERFLOWING.contains(rule.name().replaceAll("\\s+", " ")),
                            worse.isPresent(),
                            () -> "at " + worse);
                }));
    }

    /** Every combination of special numbers, and random ones of every size. */
    private static Stream<Map<Tensor, Double>> points(Rule rule) {
        Random random = new Random(rule.name().hashCode());
        Stream<Map<Tensor, Double>> ofEverySize = Stream.generate(() -> rule.variables().stream()
                        .collect(Collectors.toMap(
                                v -> v,
                                v -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, 616 * random.nextDouble() - 308))))
                .limit(1000);
        return Stream.concat(specialPoints(rule.variables()).stream(), ofEverySize)
                .filter(point -> point.values().stream().allMatch(Double::isFinite));
    }

    /** Those of {@code reading} leave out what is there for the sake of the machine, but for functions by their formulas. */
    @TestFactory
    Stream<DynamicTest> algebraIsTrueOfNumbers() {
        return Stream.of("algebra", "printed", "reading")
                .flatMap(group -> tests(group, rule -> {
                    if (NOT_ALGEBRA.contains(rule.name().replaceAll("\\s+", " "))) {
                        return;
                    }
                    int points = 0;
                    for (Map<Tensor, Double> point : ordinaryPoints(rule)) {
                        double left = value(rule.left(), point);
                        double right = value(rule.right(), point);
                        if (Double.isFinite(left) && Double.isFinite(right)) {
                            assertEquals(left, right, tolerance(left), () -> "at " + point);
                            points++;
                        }
                    }
                    assertTrue(points >= ENOUGH, "the rule was tried at only " + points + " points");
                }));
    }

    @TestFactory
    Stream<DynamicTest> rangesHold() {
        return tests("ranges", rule -> {
            int points = 0;
            for (Map<Tensor, Double> point : ordinaryPoints(rule)) {
                // A comparison with NaN is false, and outside of the domain nothing is claimed.
                if (!Double.isNaN(value(rule.left().children().get(0), point))) {
                    assertEquals(value(rule.right(), point), value(rule.left(), point), () -> "at " + point);
                    points++;
                }
            }
            assertTrue(points >= ENOUGH, "the rule was tried at only " + points + " points");
        });
    }

    /** Over three terms, in each of which every name has another value, but for what stands outside of the reductions; a condition does not hold in the second. */
    @TestFactory
    Stream<DynamicTest> reductionsKeepTheValue() {
        return Stream.of("reductions", "monotone")
                .flatMap(group -> tests(group, rule -> {
                    Set<Tensor> outside = Walk.accesses(rule.right()).stream()
                            .map(Access::tensor)
                            .collect(Collectors.toSet());
                    Index i = Index.upTo("i", Constant.of(3));
                    Map<Expr, Expr> entries = new HashMap<>();
                    Map<Tensor, double[]> given = new HashMap<>();
                    Random random = new Random(1);
                    for (Tensor variable : rule.variables()) {
                        boolean size = variable.role() == Tensor.Role.SIZE;
                        boolean one = size || outside.contains(variable);
                        Tensor tensor = one ? variable : Tensor.derived(variable.name(), Shape.of(3));
                        entries.put(
                                Access.of(variable),
                                size ? Constant.of(3) : one ? Access.of(variable) : Access.of(tensor, i));
                        double[] values = random.doubles(3, -20, 20).toArray();
                        if (isCondition(variable, rule)) {
                            values[1] = 0;
                        }
                        given.put(tensor, size ? new double[] {3} : one ? new double[] {values[2]} : values);
                    }
                    Rewrite substitution = Rewrite.substituting(entries);
                    List<Definition> definitions = new ArrayList<>();
                    for (Definition part : rule.definitions()) {
                        Expr body = substitution.apply(part.body());
                        definitions.add(new Definition(part.target(), List.of(), part.combine(), List.of(i), body, ""));
                    }
                    Map<Tensor, double[]> values =
                            interpreter.run(new Program(List.copyOf(given.keySet()), definitions, List.of()), given);
                    Map<Tensor, Double> scalars = new HashMap<>();
                    outside.stream().filter(given::containsKey).forEach(one -> scalars.put(one, given.get(one)[0]));
                    definitions.forEach(d -> scalars.put(d.target(), values.get(d.target())[0]));
                    double left = value(rule.left(), scalars);
                    assertEquals(left, value(rule.right(), scalars), 1e-13 * Math.abs(left));
                }));
    }

    private static boolean isCondition(Tensor variable, Rule rule) {
        return rule.definitions().stream()
                .flatMap(definition -> Walk.postOrder(definition.body()).stream())
                .anyMatch(part -> part instanceof Select select && select.condition() == Access.of(variable));
    }

    /** Of the nearest float they miss at most a sixteenth of the distance of neighbours; what is no number stays what it is. */
    @TestFactory
    Stream<DynamicTest> rowsRoundToTheSameFloat() {
        return Stream.of("rows", "numbers")
                .flatMap(group -> tests(group, rule -> {
                    Tensor variable = rule.variables().get(0);
                    Random random = new Random(2);
                    DoubleStream ofEverySize = Stream.generate(() -> DoubleStream.of(
                                    random.nextGaussian() * Math.pow(10, random.nextInt(44) - 40),
                                    210 * random.nextDouble() - 105))
                            .limit(20_000)
                            .flatMapToDouble(pair -> pair);
                    List<Map<Tensor, Double>> points = DoubleStream.concat(DoubleStream.of(SPECIAL), ofEverySize)
                            .mapToObj(x -> Map.of(variable, (double) (float) x))
                            .toList();
                    double[] left = values(rule.left(), points);
                    double[] right = values(rule.right(), points);
                    for (int i = 0; i < left.length; i++) {
                        String at = "at " + points.get(i);
                        if (Float.isFinite((float) left[i]) && (float) left[i] != 0) {
                            assertEquals(left[i], right[i], Math.ulp((float) left[i]) / 16.0, at);
                        } else {
                            assertEquals((float) left[i], (float) right[i], at);
                        }
                    }
                }));
    }

    private static double tolerance(double value) {
        return 1e-9 * Math.max(1, Math.abs(value));
    }

    private static Stream<DynamicTest> tests(String group, java.util.function.Consumer<Rule> check) {
        return StandardLibrary.library().rules(group).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check.accept(rule)));
    }

    private double value(Expr expression, Map<Tensor, Double> point) {
        return interpreter.value(expression, point);
    }

    /** The values at all {@code points}, worked out in one loop. */
    private double[] values(Expr expression, List<Map<Tensor, Double>> points) {
        if (points.isEmpty()) {
            return new double[0];
        }
        Shape shape = Shape.of(points.size());
        Index i = Index.upTo("i", Constant.of(points.size()));
        Map<Expr, Expr> entries = new HashMap<>();
        Map<Tensor, double[]> given = new HashMap<>();
        for (Tensor variable : points.get(0).keySet()) {
            Tensor row = Tensor.derived(variable.name(), shape);
            entries.put(Access.of(variable), Access.of(row, i));
            given.put(
                    row,
                    points.stream().mapToDouble(point -> point.get(variable)).toArray());
        }
        Tensor result = Tensor.derived("values", shape);
        Definition all =
                Definition.map(result, List.of(i), Rewrite.substituting(entries).apply(expression), "");
        Program program = new Program(List.copyOf(given.keySet()), List.of(all), List.of(result));
        return interpreter.run(program, given).get(result);
    }

    /** Every combination of special values. */
    private static List<Map<Tensor, Double>> specialPoints(List<Tensor> variables) {
        List<Map<Tensor, Double>> points = List.of(Map.of());
        for (Tensor variable : variables) {
            List<Map<Tensor, Double>> next = new ArrayList<>();
            for (Map<Tensor, Double> point : points) {
                for (double value : SPECIAL) {
                    Map<Tensor, Double> extended = new HashMap<>(point);
                    extended.put(variable, value);
                    next.add(extended);
                }
            }
            points = next;
        }
        return points;
    }

    /** Random points of ordinary size at which the rule's condition holds. */
    private List<Map<Tensor, Double>> ordinaryPoints(Rule rule) {
        Random random = new Random(rule.name().hashCode());
        List<Map<Tensor, Double>> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Map<Tensor, Double> point = new HashMap<>();
            for (Tensor variable : rule.variables()) {
                // Integers too: exponents of negative numbers.
                double value = 6 * random.nextDouble() - 3;
                point.put(variable, i % 3 == 0 ? Math.rint(value) : value);
            }
            if (rule.condition().map(c -> value(c, point) == 1).orElse(true)) {
                points.add(point);
            }
        }
        return points;
    }
}
