package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roots of sums of squares, however they are written: a slope of 0 at 0, and numbers of any size where that costs no operations. */
class NormsTest {

    private static final double[] DIRECTION = {2.0 / 3, -1.0 / 3, 2.0 / 3};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(x[3]) = norm(x)",
                "f(x[3]) = sqrt(sum[i](x[i]^2))",
                "f(x[3]) = sum(x*x)^0.5",
                "f(x[3]) = sqrt(dot(x, x))",
                "f(x[3]) = sqrt(x@x)",
                "f(x[3]) = sqrt(x[0]^2 + x[1]^2 + x[2]^2)",
                "f(x[3]) = sqrt(x[0]*x[0] + x[1]*x[1] + x[2]*x[2])",
                "f(x, y, z) = sqrt(x^2 + y^2 + z^2)",
                "f(x, y, z) = norm([x, y, z])",
                "f(x, y, z) = hypot(hypot(x, y), z)",
                "f(x, y, z) = sqrt(x^2 + y^2 + z^2 + (x - x)^2)",
                "f(x[3], c[3]) = sqrt(sum[i]((x[i] - c[i])^2))",
                "f(x[3], c[3]) = norm(x - c)",
                "f(x[9]) = norm(x)"
            })
    void ofAnySize(String function) {
        for (double size : new double[] {3, 0, 3e200, 3e-200, 1.5e308, 3e-300}) {
            double[] expected =
                    Arrays.stream(DIRECTION).map(d -> size == 0 ? 0 : d).toArray();
            check(function, size, expected, 4e-16);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f(x[9]) = sqrt(sum[i](x[i]^2))",
                "f(x[900]) = sqrt(sum[i](x[i]^2))",
                "f(x[9], c[9]) = sqrt(sum[i]((x[i] - c[i])^2))",
                "f(x[9]) = 3*sqrt(mean[i](x[i]^2))",
                "f(x[9]) = sqrt(4*sum[i](x[i]^2))/2",
                "f(x[9], y[9]) = sqrt(sum(x^2) + sum(y^2))",
                "f(x[9], y) = sqrt(sum(x^2) + y^2)"
            })
    void ofManyNumbers(String function) {
        check(function, 3, DIRECTION, 4e-16);
        check(function, 0, new double[] {0, 0, 0}, 0);
        check(function, 3e-153, DIRECTION, 4e-16);
    }

    /** Where the squares of many numbers vanish the slope is small, neither infinite nor no number. */
    @Test
    void squaresThatVanish() {
        check("f(x[9]) = sqrt(sum[i](x[i]^2))", 0, new double[] {0, 0, 0}, 0);
        double[] gradient = derivative("f(x[9]) = sqrt(sum[i](x[i]^2))", Kind.GRADIENT, 1, 3e-200);
        assertArrayEquals(new double[9], gradient, 1e-40);
    }

    @Test
    void curvature() {
        double[] hessian = derivative("f(x[3]) = sqrt(sum[i](x[i]^2))", Kind.HESSIAN, 2, 3);
        for (int i = 0; i < 9; i++) {
            double identity = i % 4 == 0 ? 1 : 0;
            assertEquals((identity - DIRECTION[i / 3] * DIRECTION[i % 3]) / 3, hessian[i], 1e-16);
        }
    }

    /** The slopes of a vector that is made of length 1, which are divided before they are multiplied. */
    @ParameterizedTest
    @ValueSource(doubles = {3, 3e200, 3e-200, 3e300})
    void ofUnitVectors(double size) {
        double[] jacobian = derivative("f(x[3]) = x/sqrt(x@x)", Kind.JACOBIAN, 1, size);
        for (int i = 0; i < 9; i++) {
            double identity = i % 4 == 0 ? 1 : 0;
            assertEquals((identity - DIRECTION[i / 3] * DIRECTION[i % 3]) / size, jacobian[i], 4e-16 / size);
        }
    }

    /** At {@code size} times the direction, in the first three of all arguments. */
    private static void check(String function, double size, double[] expected, double tolerance) {
        Compiler compiler = new Compiler();
        Program value = compiler.value(compiler.stable(function(function)));
        double found = run(value, size).get(value.results().get(0))[0];
        double[] gradient = derivative(function, Kind.GRADIENT, 1, size);
        String where = function + " at " + size;
        assertEquals(size, found, tolerance * size, where);
        assertArrayEquals(expected, Arrays.copyOf(gradient, 3), tolerance, where);
    }

    private static double[] derivative(String function, Kind kind, int result, double size) {
        Compiler compiler = new Compiler();
        FunctionUnit unit = function(function);
        Request request = new Request(kind, unit.program().arguments(), Map.of(), false);
        Program program = compiler.derivative(compiler.stable(unit), request);
        return run(program, size).get(program.results().get(result));
    }

    private static FunctionUnit function(String text) {
        return Snippets.function("function " + text);
    }

    private static Map<Tensor, double[]> run(Program program, double size) {
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        int given = 0;
        for (Tensor argument : program.arguments()) {
            double[] entries = new double[argument.shape().size()];
            for (int i = 0; i < entries.length && given < DIRECTION.length; i++, given++) {
                entries[i] = size * DIRECTION[given];
            }
            point.put(argument, entries);
        }
        // In single precision, too, 0 is not divided by 0.
        Tensor last = program.results().get(program.results().size() - 1);
        Map<Tensor, double[]> values = new Interpreter(Precision.FLOAT).run(program, point);
        assertTrue(size != 0 || Arrays.stream(values.get(last)).allMatch(Double::isFinite));
        return new Interpreter(Precision.DOUBLE).run(program, point);
    }
}
