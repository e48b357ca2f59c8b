package dev.gradc.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a function differentiates means the same at each call, whatever stands for its parameters; values by hand, at x = [2, 3]. */
class DerivativesInFunctionsTest {

    private static final String FUNCTIONS = """
            function cubed(z) = diff(3*z^3, z)                                   // 9z²
            function terms(z) = diff(z*sum[i:3](z^i), z)                         // 1 + 2z + 3z²
            function force(z, k) = diff(k*z^2/2, z)                              // kz
            function pulled(z[n], k[n]) = grad(k@z*k[0], z)                      // k·k₀
            function kernel(a, b) = exp(-(a - b)^2/2)
            function both(a, b) = diff(diff(kernel(a, b), a), b)                 // (1 − (a−b)²)·kernel
            function slope(f, z) = diff(f(z), z)
            function laplace(u, a, b) = diff(u, a, 2) + diff(u, b, 2)
            function radial(u, r) = diff(r^2*diff(u, r), r)/r^2
            function named(z, a) {
              w = z
              return diff(w^2*a, w)                                              // 2za
            }
            function power(z) = sum[i:3](z^i)                                    // 1 + z + z²
            function applied(f, z) = f(z)
            function twice(z) = applied(exp, applied(u -> applied(log, u), z))   // z
            """;

    @ParameterizedTest
    @CsvSource({
        "cubed(3),                                   81",
        "cubed(x[0]/2),                              9",
        "cubed(2*x),                                 144 324",
        "terms(2*x[0]),                              57",
        "terms(x),                                   17 34",
        "'force(x[0], x[0])',                        4",
        "'force(x[0], 1 + x[0]^2)',                  10",
        "'force(x, 2*x)',                            8 18",
        "'pulled(x, x)',                             4 6",
        "'both(x[0], x[0])',                         1",
        "'both(x[0], 2*x[0])',                       -0.40600584970983806",
        "'slope(z -> x[0]*z^2, x[0])',               8",
        "'slope(z -> z*slope(u -> z*u, x[0]), x[0])', 4",
        "'slope(sin, 0)',                            1",
        "'laplace(x[0]^3*x[1]^2, x[0], x[1])',       124",
        "'radial(x[0]^3, x[0])',                     24",
        "'named(x[0], x[0])',                        8",
        "power(2*x),                                 21 43",
        "'applied(twice, 3)',                        3"
    })
    void isThatOfTheirFormula(String call, String values) {
        Program program =
                Snippets.function(FUNCTIONS + "function f(x[2]) = " + call).program();
        Map<Tensor, double[]> arguments = Map.of(program.arguments().get(0), new double[] {2, 3});
        double[] found = new Interpreter(Precision.DOUBLE)
                .run(program, arguments)
                .get(program.results().get(0));
        double[] expected =
                Stream.of(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertArrayEquals(expected, found, 1e-12);
    }
}
