package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.FiniteDifference.Estimate;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.library.Library;
import dev.gradc.pipeline.Compiler;
import dev.gradc.simplify.Simplifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Compares the derivatives of a program with finite differences of its values along random directions: reverse mode and forward
 * mode as they come, and what the compiler makes of them after stabilising and simplifying.
 */
public final class GradientCheck {

    private static final Library LIBRARY = StandardLibrary.library();
    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);
    private static final double TOLERANCE = 1e-7;
    private static final double ROUNDING = 1e-14;

    private final String name;
    private final Program program;
    private final List<Tensor> wrt;
    private final double step;

    /**
     * @param name for the messages
     * @param wrt what to differentiate in
     * @param step how far along a direction it is safe to look
     */
    public GradientCheck(String name, Program program, List<Tensor> wrt, double step) {
        this.name = name;
        this.program = program;
        this.wrt = List.copyOf(wrt);
        this.step = step;
    }

    /** The first derivatives at {@code point}, of all results together. */
    public void first(Point point, RandomGenerator random) {
        Point direction = point.direction(wrt, random);
        Map<Tensor, double[]> weights =
                run(program, point).direction(program.results(), random).values();
        Map<Tensor, double[]> adjoints = reverse(program, point, weights, false);
        double scale = magnitude(adjoints, direction);
        Check check = estimate(t -> dot(run(program, point.moved(t, direction)).values(), weights), scale);
        check.agrees("reverse mode", dot(adjoints, direction.values()));
        check.agrees("forward mode", dot(forward(point, direction), weights));
        Program stable = new Compiler().stable(name, program);
        check.agrees(
                "reverse mode of the stable form", dot(reverse(stable, point, weights, false), direction.values()));
        Program simple = new Simplifier(LIBRARY).apply(stable);
        check.agrees("reverse mode, simplified", dot(reverse(simple, point, weights, true), direction.values()));
        if (wrt.stream().map(Tensor::shape).allMatch(Shape::isStatic)
                && program.results().stream().map(Tensor::shape).allMatch(Shape::isStatic)) {
            products(check, point, direction, new Point(weights));
        }
    }

    /** What a caller of the compiled derivatives gets: products with the Jacobian, and the Jacobian itself. */
    private void products(Check check, Point point, Point direction, Point weights) {
        double[] along = direction.flat(wrt);
        double[] across = weights.flat(program.results());
        check.agrees("jvp", dot(requested(Kind.JVP, point, wrt, direction), across));
        check.agrees("vjp", dot(requested(Kind.VJP, point, program.results(), weights), along));
        double[] jacobian = result(derivative(Kind.JACOBIAN), point, 1);
        double sum = 0;
        for (int row = 0; row < across.length; row++) {
            double[] entries = Arrays.copyOfRange(jacobian, row * along.length, (row + 1) * along.length);
            sum += across[row] * dot(entries, along);
        }
        check.agrees("the Jacobian", sum);
    }

    /** All results of a derivative that takes, after the program's arguments, one for each of {@code tensors}. */
    private double[] requested(Kind kind, Point point, List<Tensor> tensors, Point given) {
        Program derived = derivative(kind);
        Map<Tensor, double[]> values = new LinkedHashMap<>(point.values());
        List<Tensor> more = derived.arguments()
                .subList(program.arguments().size(), derived.arguments().size());
        for (int i = 0; i < more.size(); i++) {
            values.put(more.get(i), given.values().get(tensors.get(i)));
        }
        return run(derived, new Point(values)).flat(derived.results());
    }

    /** The gradient that the compiler derives, and its Hessian, at {@code point}; for a single scalar result. */
    public void second(Point point, RandomGenerator random) {
        Point direction = point.direction(wrt, random);
        double[] along = direction.flat(wrt);
        double[] weights = random.doubles(along.length, -1, 1).toArray();
        Program gradient = derivative(Kind.GRADIENT);
        double[] hessian = result(derivative(Kind.HESSIAN), point, 2);
        double largest = Arrays.stream(hessian).map(Math::abs).max().orElse(0);
        double product = 0;
        double scale = 0;
        for (int row = 0; row < along.length; row++) {
            for (int column = 0; column < along.length; column++) {
                double entry = hessian[row * along.length + column];
                double mirrored = hessian[column * along.length + row];
                assertEquals(mirrored, entry, ROUNDING * largest, () -> name + ": the Hessian is not symmetric");
                product += weights[row] * entry * along[column];
                scale += Math.abs(weights[row] * entry * along[column]);
            }
        }
        estimate(t -> dot(result(gradient, point.moved(t, direction), 1), weights), scale)
                .agrees("the Hessian", product);
    }

    /** The product of the Hessian with a direction that the compiler derives; for a single scalar result. */
    public void secondAlong(Point point, RandomGenerator random) {
        Point direction = point.direction(wrt, random);
        Program gradient = derivative(Kind.GRADIENT);
        double[] product = requested(Kind.HVP, point, wrt, direction);
        double[] weights = random.doubles(product.length, -1, 1).toArray();
        double scale = 0;
        for (int i = 0; i < product.length; i++) {
            scale += Math.abs(weights[i] * product[i]);
        }
        estimate(t -> dot(result(gradient, point.moved(t, direction), 1), weights), scale)
                .agrees("the product with the Hessian", dot(product, weights));
    }

    private Map<Tensor, double[]> reverse(
            Program forward, Point point, Map<Tensor, double[]> weights, boolean simplified) {
        Map<Tensor, Tensor> cotangents = new LinkedHashMap<>();
        Map<Tensor, double[]> values = new LinkedHashMap<>(run(forward, point).values());
        forward.results().forEach(result -> {
            Tensor cotangent = new Tensor(result.name() + "Cotangent", Tensor.Role.INPUT, false, result.shape());
            cotangents.put(result, cotangent);
            values.put(cotangent, weights.get(result));
        });
        Gradient gradient = new Reverse(LIBRARY).pullback(forward, cotangents, wrt);
        Program backward = simplified ? new Simplifier(LIBRARY).apply(gradient.program()) : gradient.program();
        Point adjoints = run(backward, new Point(values));
        Map<Tensor, double[]> result = new LinkedHashMap<>();
        gradient.adjoints()
                .forEach((tensor, adjoint) ->
                        result.put(tensor, adjoints.values().get(adjoint)));
        return result;
    }

    private Map<Tensor, double[]> forward(Point point, Point direction) {
        Map<Tensor, Tensor> seeds = new LinkedHashMap<>();
        Map<Tensor, double[]> values = new LinkedHashMap<>(point.values());
        direction.values().forEach((tensor, step) -> {
            Tensor seed = new Tensor(tensor.name() + "Seed", Tensor.Role.INPUT, false, tensor.shape());
            seeds.put(tensor, seed);
            values.put(seed, step);
        });
        Forward.Tangents tangents = new Forward(LIBRARY).of(program, seeds, Optional.empty());
        Point all = run(tangents.program(), new Point(values));
        Map<Tensor, double[]> results = new LinkedHashMap<>();
        tangents.tangents()
                .forEach((tensor, tangent) -> results.put(tensor, all.values().get(tangent)));
        return results;
    }

    private Program derivative(Kind kind) {
        FunctionUnit function = new FunctionUnit(name, "", "", program, List.of());
        Compiler compiler = new Compiler();
        return compiler.derivative(compiler.stable(function), new Request(kind, wrt, Map.of(), false));
    }

    private static double[] result(Program program, Point point, int number) {
        return run(program, point).values().get(program.results().get(number));
    }

    private static Point run(Program program, Point point) {
        return new Point(EXACT.run(program, point.values()));
    }

    /** The weighted sum of what both maps hold; what the first lacks is 0. */
    private static double dot(Map<Tensor, double[]> a, Map<Tensor, double[]> b) {
        double sum = 0;
        for (Map.Entry<Tensor, double[]> entry : b.entrySet()) {
            if (a.containsKey(entry.getKey())) {
                sum += dot(a.get(entry.getKey()), entry.getValue());
            }
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double magnitude(Map<Tensor, double[]> adjoints, Point direction) {
        List<Double> terms = new ArrayList<>();
        adjoints.forEach((tensor, adjoint) -> {
            double[] step = direction.values().get(tensor);
            for (int i = 0; i < step.length; i++) {
                terms.add(Math.abs(adjoint[i] * step[i]));
            }
        });
        return terms.stream().mapToDouble(Double::doubleValue).sum();
    }

    private Check estimate(DoubleUnaryOperator alongDirection, double scale) {
        Estimate estimate = FiniteDifference.at0(alongDirection, step);
        double noise = ROUNDING * Math.abs(alongDirection.applyAsDouble(0)) / step;
        return new Check(name, estimate, TOLERANCE * scale + noise);
    }

    /** What a derivative has to agree with. */
    private record Check(String name, Estimate estimate, double tolerance) {
        void agrees(String mode, double derivative) {
            assertTrue(
                    Math.abs(derivative - estimate.value()) <= tolerance,
                    () -> name + ": " + mode + " gives " + derivative + ", finite differences " + estimate + " within "
                            + tolerance);
        }
    }
}
