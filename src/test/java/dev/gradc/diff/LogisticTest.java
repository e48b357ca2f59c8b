package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.StableFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logistic functions with factors, x far beyond where exp(x) overflows: value, gradient and Hessian are numbers, and flat in x. */
class LogisticTest {

    private static final double STEP = 1e-5;

    private final Compiler compiler = new Compiler();
    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(x, a, b) = 1/(1 + 2*exp(-x))",
                "f(x, a, b) = 1/(a + b*exp(-x))",
                "f(x, a, b) = a/(1 + b*exp(-x))",
                "f(x, a, b) = a/(1 + exp(-b*(x - 1)))",
                "f(x, a, b) = exp(x)/(exp(x) + 2)",
                "f(x, a, b) = exp(x)/(1 + a*exp(x))",
                "f(x, a, b) = a*exp(x)/(b + exp(x))",
                "f(x, a, b) = a*exp(x)/(1 + a*b*exp(x))",
                "f(x, a, b) = 1/(exp(x) + b)",
                "f(x, a, b) = exp(x)/(1 + exp(x) + exp(a))",
                "f(x, a, b) = exp(a*x)/(1 + exp(x) + exp(a*x))",
                "f(x, a, b) = 1/(1 + exp(x) + exp(a*x))",
                "f(x, a, b) = sum[i:3](a/(1 + b*exp(-(i + 1)*x)))",
                "f(x, a, b) { z[i:3] = (i + 1)*x  e[i] = a*exp(z[i])  return sum[i](e[i]/(b + e[i])) }"
            })
    void derivatives(String text) {
        FunctionUnit unit = Snippets.function("function " + text.replace("  ", "\n"));
        for (double x : List.of(-1e300, -800.0, -720.0, -1.0, 0.0, 0.5, 720.0, 800.0, 1e300)) {
            double[] gradient = derivative(unit, Kind.GRADIENT, x);
            double[] hessian = derivative(unit, Kind.HESSIAN, x);
            String where = text + " at " + x;
            assertTrue(Double.isFinite(value(unit, x)), where);
            assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite), where);
            assertTrue(Arrays.stream(hessian).allMatch(Double::isFinite), where);
            boolean flat = Math.abs(x) > 1;
            double slope = flat ? 0 : (value(unit, x + STEP) - value(unit, x - STEP)) / (2 * STEP);
            double curvature = flat
                    ? 0
                    : (derivative(unit, Kind.GRADIENT, x + STEP)[0] - derivative(unit, Kind.GRADIENT, x - STEP)[0])
                            / (2 * STEP);
            assertEquals(slope, gradient[0], 1e-8, where);
            assertEquals(curvature, hessian[0], 1e-8, where);
        }
    }

    private double value(FunctionUnit unit, double x) {
        Program program = compiler.value(compiler.stable(unit));
        return run(program, x).get(program.results().get(0))[0];
    }

    private double[] derivative(FunctionUnit unit, Kind kind, double x) {
        StableFunction stable = compiler.stable(unit);
        Program program =
                compiler.derivative(stable, new Request(kind, unit.program().arguments(), Map.of(), false));
        return run(program, x).get(program.results().get(program.results().size() - 1));
    }

    private Map<Tensor, double[]> run(Program program, double x) {
        Map<Tensor, double[]> point = new HashMap<>();
        double[] values = {x, 3, 2};
        for (int i = 0; i < values.length; i++) {
            point.put(program.arguments().get(i), new double[] {values[i]});
        }
        return interpreter.run(program, point);
    }
}
