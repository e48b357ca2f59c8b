package dev.gradc.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Expression;
import dev.gradc.check.StandardLibrary;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Compiler;
import dev.gradc.reading.Unfolding;
import dev.gradc.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multiplies the steps that a lesson shows out and compares them with the compiled gradient. */
class ShownStepsTest {

    private static final double TOLERANCE = 1e-12;

    private static final Map<String, Double> VALUES = Map.of("x", 0.7, "y", 1.3, "z", -0.4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "x*x",
                "2/sin(exp(-x))",
                "x^2*y + sin(x*y)",
                "x^y - y^x",
                "atan2(x*y, x + z)/hypot(x, y)",
                "exp(x*y)*exp(x*y)*z",
                "x > 0 ? log(x)*y : sqrt(-1 - x)",
                "(x > 1 ? log(x - 1) : x^3)*(x + y)",
                "log(1 + exp(x*y)) + tanh(z)^3",
                "max(x*y, z) + abs(z)",
                "x + 0*y"
            })
    void theStepsGiveTheGradient(String formula) {
        Compiler compiler = new Compiler();
        Program program = compiler.expression(new SourceFile("expression", formula), List.of(), Map.of())
                .program();
        Program stable = Unfolding.of(compiler.stable("f", program));
        Lesson lesson = Lesson.of(
                StandardLibrary.library(),
                program.arguments(),
                stable.definitions().get(0).body());
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        program.arguments().forEach(tensor -> arguments.put(tensor, new double[] {VALUES.get(tensor.name())}));
        Point point = new Point(lesson, arguments);
        Expression compiled = Expression.parse(formula);
        for (Tensor variable : lesson.variables()) {
            double expected = compiled.derivative(variable.name()).at(VALUES);
            String what = "∂/∂" + variable.name() + " of " + formula;
            double tolerance = TOLERANCE * Math.max(1, Math.abs(expected));
            double multiplied = Paths.of(lesson, variable).stream()
                    .mapToDouble(path -> path.stream()
                            .mapToDouble(local -> point.value(local.formula()))
                            .reduce(1, (a, b) -> a * b))
                    .sum();
            assertEquals(expected, multiplied, tolerance, what + ", the chain rule");
            assertEquals(expected, point.forward(lesson.result(), variable), tolerance, what + ", forwards");
            double adjoint = point.value(lesson.backward().adjoints().get(variable));
            assertEquals(expected, adjoint, tolerance, what + ", backwards");
        }
    }
}
