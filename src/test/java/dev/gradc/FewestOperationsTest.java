package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.JavaEmitter;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Kind;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.StableFunction;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single functions and their slopes take: powers by chains, roots, values in their own derivatives, sines beside cosines. */
class FewestOperationsTest {

    @ParameterizedTest
    @CsvSource({
        "x^2, 1, 2",
        "x^3, 2, 3",
        // x^6 is on the way to x^7, and x^8 to both x^15 and x^16.
        "x^7, 4, 5",
        "x^16, 4, 8",
        "x^-1, 1, 3",
        "x^0.5, 1, 2",
        "x^-0.5, 2, 5",
        "sqrt(x), 1, 2",
        "1/x, 1, 3",
        "exp(x), 1, 1",
        "exp(-x), 2, 3",
        "tanh(x), 1, 2",
        "sigmoid(x), 1, 2",
        "tan(x), 1, 3",
        "sin(x) + cos(x), 3, 4",
        "sin(x)*cos(x), 3, 6",
        "log(1 + exp(x)), 1, 2",
        "exp(x)*sin(x), 3, 6",
        // No part of the slope asks whether another one is 0.
        "(x < 1 ? 0 : sin(x)) + (x < 2 ? 0 : cos(x)) + (x < 3 ? 0 : exp(x)), 11, 15"
    })
    void valueAndSlope(String formula, long value, long both) {
        Compiler compiler = new Compiler();
        FunctionUnit function = Snippets.formula(formula, "x");
        StableFunction stable = compiler.stable(function);
        Request slope = new Request(Kind.GRADIENT, function.program().arguments(), Map.of(), false);
        assertEquals(value, JavaEmitter.operations(compiler.value(stable)).once());
        assertEquals(
                both, JavaEmitter.operations(compiler.derivative(stable, slope)).once());
    }

    /** What the exponentials of a recurrence are measured from has the slope 0, and no adjoint. */
    @Test
    void whatHasNoSlopeHasNoAdjoint() {
        FunctionUnit function = Snippets.function("""
                function f(x[500]) {
                  h[t] = logSumExp([h[t-1] + x[t], 2*x[t]]) from h[-1] = 0
                  return h[499]
                }
                """);
        Compiler compiler = new Compiler();
        Request slope = new Request(Kind.GRADIENT, function.program().arguments(), Map.of(), false);
        assertTrue(compiler.derivative(compiler.stable(function), slope).definitions().stream()
                .noneMatch(definition -> definition.combine() == Combine.ARGMAX));
    }
}
