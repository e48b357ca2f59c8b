package dev.gradc.verify;

import dev.gradc.emit.JavaEmitter;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Request;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.OperationCount;
import dev.gradc.pipeline.Checked;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.pipeline.StableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Checks files: names and shapes, and every gradient against finite differences; for {@code gradc check}. */
public final class Checking {

    /** Examples in the batch of a check. */
    private static final int BATCH = 3;

    /** The cheap gradient: a scalar and its gradient should take at most so many times the operations of the scalar. */
    private static final int CHEAP_GRADIENT = 4;

    /** Where the values of an argument begin, by their kind. */
    private static final double[] LOWS = {-1, 0.1, 1.05};

    private static final int ABOVE_ONE = 2;

    private final Compiler compiler;
    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);
    private final List<String> lines = new ArrayList<>();
    private boolean agrees = true;

    private Checking(Compiler compiler) {
        this.compiler = compiler;
    }

    /**
     * What was found.
     *
     * @param lines one for each gradient
     * @param agrees whether every gradient agrees with finite differences
     * @param sizes of the networks, by name
     */
    public record Report(List<String> lines, boolean agrees, Set<String> sizes) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Checks the file {@code path}.
     *
     * @throws dev.gradc.source.SourceException if names or shapes are wrong
     */
    public static Report check(String path, Map<String, Double> settings) {
        return DeepStack.call(() -> {
            Checking checking = new Checking(new Compiler());
            Checked checked = checking.compiler.checked(Sources.read(path), settings);
            checked.rows().forEach(checking::row);
            checked.rules().forEach(checking::rule);
            Set<String> byRule = new HashSet<>();
            checked.rows().forEach(row -> byRule.add(row.symbol()));
            checked.unit().functions().stream()
                    .filter(function -> !byRule.contains(function.name()))
                    .forEach(function -> checking.function(function, Held::of));
            checked.unit().networks().forEach(checking::network);
            return new Report(checking.lines, checking.agrees, checked.sizes());
        });
    }

    /** A function against the derivative that the source states for it. */
    private void row(TableFunction row) {
        Tensor value = Tensor.derived("value", Shape.SCALAR);
        List<Access> arguments =
                row.formals().stream().map(formal -> Access.of(formal)).toList();
        Definition definition = Definition.map(value, List.of(), Call.of(row, arguments), "");
        Program program = new Program(row.formals(), List.of(definition), List.of(value));
        // Held, a wrong derivative of 0 would look right.
        function(new FunctionUnit(row.symbol(), "", "", program, List.of()), Held::nothing);
    }

    private void rule(Rule rule) {
        RuleCheck.Outcome outcome = new RuleCheck().run(rule);
        if (outcome.counterexample().isPresent()) {
            agrees = false;
            lines.add(rule.name() + " is WRONG: " + outcome.counterexample().get());
        } else {
            lines.add(rule.name() + " holds at " + outcome.compared() + " random points");
        }
    }

    private void function(FunctionUnit function, Function<Program, Held> holding) {
        Program program = function.program();
        List<Tensor> wrt = program.arguments().stream()
                .filter(tensor -> !tensor.isInteger())
                .toList();
        String name = function.name() + ": " + shapes(program.arguments()) + " -> " + results(program.results());
        if (wrt.isEmpty()) {
            lines.add(name + ", nothing to differentiate in");
            return;
        }
        boolean scalar =
                program.results().size() == 1 && program.results().get(0).rank() == 0;
        StableFunction stable = compiler.stable(function);
        Program derived =
                compiler.derivative(stable, new Request(scalar ? Kind.GRADIENT : Kind.JACOBIAN, wrt, Map.of(), false));
        GradientCheck check = new GradientCheck(wrt, random -> point(program.arguments(), random));
        GradientCheck.Outcome outcome = check.run(holding.apply(stable.program()), (point, direction) -> {
            double[] matrix =
                    interpreter.run(derived, point).get(derived.results().get(1));
            return along(matrix, wrt, direction);
        });
        String kind = scalar ? "gradient" : "Jacobian";
        add(name + ", " + kind, outcome);
        lines.add(function.name() + ": " + cost(stable, derived, kind, scalar));
    }

    /** What a function takes alone and with its derivative; a gradient that takes more than it should is told. */
    private String cost(StableFunction function, Program derived, String kind, boolean scalar) {
        OperationCount value = JavaEmitter.operations(compiler.value(function));
        OperationCount both = JavaEmitter.operations(derived);
        boolean dear = scalar && both.ratio(value) > CHEAP_GRADIENT;
        return String.format(
                "%s, %s with the %s (%s%s)",
                value, both.numbers(), kind, both.times(value), dear ? ", warning: more than " + CHEAP_GRADIENT : "");
    }

    /**
     * Arguments of both signs, positive ones, or ones above 1, sometimes the same for all and sometimes each as it comes, so that
     * logarithms, roots and inverse functions get their chance.
     */
    public static Map<Tensor, double[]> point(List<Tensor> arguments, Random random) {
        boolean alike = random.nextBoolean();
        int all = random.nextInt(2);
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        arguments.forEach(tensor -> point.put(tensor, argument(tensor, alike ? all : random.nextInt(3), random)));
        return point;
    }

    private static double[] argument(Tensor tensor, int kind, Random random) {
        double[] values = Samples.uniform(tensor, 0, random, LOWS[kind], kind == ABOVE_ONE ? 3 : 0.95);
        // A matrix that has a root: more on its diagonal than beside it.
        if (kind == ABOVE_ONE && tensor.rank() == 2 && !tensor.isInteger()) {
            int columns = tensor.shape().size(1);
            for (int i = 0; i < values.length; i += columns + 1) {
                values[i] += 3 * columns;
            }
        }
        return values;
    }

    /** The sum of the rows of {@code matrix}, applied to a direction. */
    private static double along(double[] matrix, List<Tensor> wrt, Map<Tensor, double[]> direction) {
        double[] flat = wrt.stream()
                .flatMapToDouble(tensor -> java.util.Arrays.stream(direction.get(tensor)))
                .toArray();
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += matrix[i] * flat[i % flat.length];
        }
        return sum;
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void network(NetworkUnit network) {
        Compiler.Differentiated compiled = compiler.differentiate(network);
        Program forward = compiled.network().program();
        for (Gradient gradient : compiled.gradients()) {
            Objective objective = network.objectives().stream()
                    .filter(o -> o.loss() == gradient.of())
                    .findFirst()
                    .orElseThrow();
            List<Tensor> wrt = objective.wrt();
            int count = wrt.stream().mapToInt(tensor -> tensor.shape().size()).sum();
            String name = network.name() + ": loss" + (objective.name().isEmpty() ? "" : " " + objective.name()) + ", "
                    + counted(wrt.size(), "parameter") + " of " + counted(count, "number") + ", gradient";
            GradientCheck check = new GradientCheck(wrt, random -> point(network, random));
            add(name, check.run(Held.of(forward.withResults(List.of(gradient.of()))), (point, direction) -> {
                Map<Tensor, double[]> values = interpreter.run(gradient.program(), interpreter.run(forward, point));
                double sum = 0;
                for (Tensor parameter : wrt) {
                    double[] slope = values.get(gradient.adjoints().get(parameter));
                    double[] step = direction.get(parameter);
                    for (int i = 0; i < step.length; i++) {
                        sum += slope[i] * step[i];
                    }
                }
                return sum;
            }));
        }
    }

    public static Map<Tensor, double[]> point(NetworkUnit network, Random random) {
        Map<Tensor, double[]> point = new HashMap<>();
        point.put(network.batch(), new double[] {BATCH});
        point.put(network.mode(), new double[] {1});
        network.draws()
                .forEach(draw -> point.put(
                        draw.tensor(), Samples.draw(draw.tensor().shape(), BATCH, draw.distribution(), random)));
        network.data().forEach(tensor -> point.put(tensor, Samples.uniform(tensor, BATCH, random, 0, 1)));
        network.parameters()
                .forEach(parameter ->
                        point.put(parameter.tensor(), Samples.uniform(parameter.tensor(), BATCH, random, -0.9, 0.9)));
        network.parameters().stream()
                .filter(parameter -> parameter.tensor().role() == Tensor.Role.STATE)
                .forEach(state -> point.put(
                        state.tensor(), Samples.draw(state.tensor().shape(), BATCH, state.initial(), random)));
        return point;
    }

    private void add(String name, GradientCheck.Outcome outcome) {
        agrees &= outcome.agrees();
        if (outcome.points() == 0) {
            lines.add(name + " not compared: no finite value found");
        } else if (outcome.agrees()) {
            lines.add(
                    name + String.format(Locale.ROOT, " agrees with finite differences to %.0e", outcome.difference()));
        } else {
            lines.add(name
                    + String.format(Locale.ROOT, " DIFFERS from finite differences by %.1e", outcome.difference())
                    + outcome.where());
        }
    }

    private static String shapes(List<Tensor> tensors) {
        return "(" + String.join(", ", tensors.stream().map(Tensor::toString).toList()) + ")";
    }

    private static String results(List<Tensor> results) {
        List<String> shapes = results.stream()
                .map(result -> result.rank() == 0 ? "number" : result.shape().toString())
                .toList();
        return shapes.size() == 1 ? shapes.get(0) : "(" + String.join(", ", shapes) + ")";
    }
}
