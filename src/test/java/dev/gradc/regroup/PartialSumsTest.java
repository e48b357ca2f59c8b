package dev.gradc.regroup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums that some factors take no part in: the same numbers without these. */
class PartialSumsTest {

    private final Interpreter interpreter = new Interpreter(Precision.DOUBLE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum[n:6,i:5](a[n,i]*w[i,j])            | sum[i] = sum[n:6](a[n,i]);           d[j] = sum[i:5](w[i,j]*sum[i])",
                "sum[n:6,i:5](-(a[n,i]*w[i,j]/b[i]))    | sum[i] = sum[n:6](a[n,i]);           d[j] = sum[i:5](-(w[i,j]/b[i])*sum[i])",
                "sum[n:6,i:5](j < i ? a[n,i]*w[i,j] : 0)| sum[i] = sum[n:6](a[n,i]);           d[j] = sum[i:5]((j<i ? w[i,j] : 0)*sum[i])",
                "sum[n:6,i:5](a[n,i]*w[i,j]*c[n,j])     | d[j] = sum[n:6, i:5](a[n,i]*w[i,j]*c[n,j])",
                "sum[n:6](c[n,j]*w[0,j])                | d[j] = sum[n:6](c[n,j]*w[0,j])",
                "sum[i:5,n:i](a[n,i]*w[i,j])            | d[j] = sum[i:5, n:i](a[n,i]*w[i,j])"
            })
    void derivatives(String sum, String expected) {
        Program program = program(sum, "(v, d)");
        Program regrouped = PartialSums.of(program);
        String text = regrouped.toString();
        String derivative = text.substring(text.indexOf('\n') + 1, text.indexOf("\nvalue"));
        assertEquals(expected.replaceAll("; *", "\n"), derivative);
        Map<Tensor, double[]> point = new LinkedHashMap<>();
        Random random = new Random(1);
        program.arguments()
                .forEach(tensor -> point.put(
                        tensor, random.doubles(tensor.shape().size(), 0.5, 2).toArray()));
        Tensor result = program.results().get(1);
        assertArrayEquals(
                interpreter.run(program, point).get(result),
                interpreter.run(regrouped, point).get(result),
                1e-12);
    }

    /** A value is summed in the order of the source. */
    @ParameterizedTest
    @CsvSource({"'(d, v)'", "d"})
    void values(String results) {
        Program program = program("sum[n:6,i:5](a[n,i]*w[i,j])", results);
        assertEquals(program.toString(), PartialSums.of(program).toString());
    }

    private static Program program(String sum, String results) {
        return Snippets.function("function f(a[6,5], b[5], c[6,4], w[5,4]) {\n  v = sum(b)\n  d[j:4] = " + sum
                        + "\n  return " + results + "\n}")
                .program();
    }
}
