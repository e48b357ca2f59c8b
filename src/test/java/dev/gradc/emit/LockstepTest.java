package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.StableFunction;
import dev.gradc.source.SourceFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops over data whose iterations go on together compute what the interpreter does, which goes through them one by one. */
class LockstepTest {

    private static final Interpreter INTERPRETER = new Interpreter(Precision.DOUBLE);

    /** @param together whether blocks are made of the data */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # each iteration adds to a scalar; a greatest, a least, a product and a sum over what is inside
            true;  x[96,3], w[40,3] | sum[n](max[k](sum[j](x[n,j]*w[k,j])))
            true;  x[96,3], w[40,3] | sum[n](min[k](sum[j]((x[n,j] - w[k,j])^2)))
            true;  x[96,3], w[40,3] | sum[n](prod[k](1 + tanh(sum[j](x[n,j]*w[k,j]))/40))
            true;  x[96,3], w[40,3] | sum[n](log(sum[k](exp(sum[j](x[n,j]*w[k,j])))))
            # a triangle inside
            true;  x[96,5], w[20,5,5] | sum[n,k](exp(-sum[i]((sum[j:i+1](w[k,i,j]*x[n,j]))^2)))
            # the number of the iteration, a neighbour, and the same data read in two ways
            true;  x[96,3], w[40,3] | sum[n](tanh(sum[k](sum[j]((n + 1)*x[n,j]*w[k,j]))))
            true;  x[97,3], w[40,3] | sum[n:96](tanh(sum[k](sum[j](x[n,j]*w[k,j] + x[n+1,j]))))
            true;  x[96,3], w[40,3] | sum[n](sum[k](sin(sum[j]((x[n,j] - x[95-n,j])*w[k,j]))))
            # pairs: each is added to both of its points
            true;  x[96,3], w[1,1] | sum[n,m](exp(-w[0,0]^2*sum[j]((x[n,j] - x[m,j])^2)))
            # conditions that differ between the iterations
            true;  x[96,3], w[40,3] | sum[n](sum[k](x[n,0] > w[k,0] ? sum[j](x[n,j]*w[k,j]^2) : w[k,1]))
            true;  x[96,3], w[40,3] | sum[n](sum[k](sum[j](j <= n ? x[n,j]*exp(w[k,j]) : 0)))
            # what is read depends on data
            true;  x[96,3], c[96] : int(40), w[40,3] | sum[n](log(sum[k](exp(sum[j](x[n,j]*w[k,j])))) - sum[j](x[n,j]*w[c[n],j]))
            # no number of iterations divides a prime; bounds that differ; too little work; too few iterations
            false; x[97,3], w[40,3] | sum[n](log(sum[k](exp(sum[j](x[n,j]*w[k,j])))))
            false; x[96,3], w[96,3] | sum[n](log(1 + sum[k:n](exp(sum[j](x[n,j]*w[k,j])))))
            false; x[96,3], w[1,3] | sum[n](sum[j](x[n,j]*w[0,j]))
            false; x[24,3], w[60,3] | sum[n](log(sum[k](exp(sum[j](x[n,j]*w[k,j])))))
            """)
    void asOneByOne(boolean together, String function) throws Exception {
        int bar = function.indexOf(" | ");
        check(
                "function f(" + function.substring(0, bar) + ") = " + function.substring(bar + 3)
                        + "\n  derive gradient wrt (x, w)\n",
                together);
    }

    /** Results with an entry for each iteration stay as the caller wants them. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            x[96,3], w[40,3]; y[n,k] = exp(sum[j](x[n,j]*w[k,j]))/sum[l](exp(sum[j](x[n,j]*w[l,j]))); y
            x[96,3], w[40,3]; y[k,n] = tanh(sum[j](x[n,j]*w[k,j])) - sum[l](w[l,0]*x[n,1]^2); y
            x[96,3], w[40,3]; y[k] = sum[n](tanh(sum[j](x[n,j]*w[k,j]))*max[i](x[n,i]*w[k,i])); y
            """)
    void results(String arguments, String definition, String result) throws Exception {
        check("function f(" + arguments + ") {\n  " + definition + "\n  return " + result + "\n}\n", true);
    }

    /** What stands still in a loop inside is worked out before it, for each lane, in a row of its own; and nests of loops are methods. */
    @Test
    void valuesThatStandStill() throws Exception {
        String source = "function f(x[96,3], w[40,3]) = sum[n,k](exp(-sum[i]((sum[j](x[n,i]^2*w[k,j]))^2)))";
        check(source, true);
        String text = Generated.from(source).source("Test.java");
        assertTrue(Pattern.compile("t\\[lane] = .*;").matcher(text).find(), text);
        assertTrue(Pattern.compile("fPart\\d?\\(.*block.*\\);").matcher(text).find(), text);
    }

    @Test
    void integersStayIntegers() throws Exception {
        String source =
                "function f(x[96,3], c[96] : int(40), w[40,3]) = sum[n](sum[k](exp(sum[j](x[n,j]*w[k,j] - w[c[n],j]))))";
        check(source, true);
        String text = Generated.from(source).source("Test.java");
        assertTrue(text.contains("xBlock") && !text.contains("cBlock"), text);
    }

    /** What a network does once, and not for each example. */
    @Test
    void inANetwork() throws Exception {
        String penalty = "sum[i](log(sum[k](exp(-sum[j]((P[i,j] - Q[k,j])^2)))))";
        Generated generated = Generated.from("""
                function f(P[96,3], Q[40,3]) = %1$s
                  derive gradient
                network Net {
                  input x
                  param P[96,3] ~ normal(0, 1)
                  param Q[40,3] ~ normal(0, 1)
                  output y = x*P[0,0]
                  loss y^2 + %1$s
                }
                """.formatted(penalty));
        assertTrue(generated.source("NetForward.java").contains("block"));
        Object net = generated.construct("Net", 1L);
        double[] p = Generated.field(net, "P");
        double[] q = Generated.field(net, "Q");
        double[] gradient = new double[p.length + q.length];
        double value = (double) generated.call("Test", "fGradient", p, q, gradient);
        Object forward = generated.construct("NetForward", net, 1);
        assertEquals(value, (double) Generated.on(forward, "loss", new double[1], 1), 1e-12 * value);
        Object backward = generated.construct("NetBackward", net, forward);
        assertEquals(value, (double) Generated.on(backward, "gradient", new double[1], 1), 1e-12 * value);
        assertArrayEquals(Arrays.copyOf(gradient, p.length), Generated.field(backward, "dP"), 1e-13);
        assertArrayEquals(
                Arrays.copyOfRange(gradient, p.length, gradient.length), Generated.field(backward, "dQ"), 1e-13);
    }

    private static void check(String source, boolean together) throws Exception {
        Compiler compiler = new Compiler();
        FunctionUnit function = DeepStack.call(() -> compiler.check(new SourceFile("test.nn", source), Map.of())
                .functions()
                .get(0));
        Generated generated = Generated.from(source);
        String text = generated.source("Test.java");
        assertEquals(together, text.contains("block"), text);
        StableFunction stable = DeepStack.call(() -> compiler.stable(function));
        compare(DeepStack.call(() -> compiler.value(stable)), generated, "f");
        for (var request : function.requests()) {
            compare(DeepStack.call(() -> compiler.derivative(stable, request)), generated, "fGradient");
        }
    }

    private static void compare(Program program, Generated generated, String method) throws Exception {
        Random random = new Random(1);
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        for (Tensor tensor : program.arguments()) {
            double[] values = new double[tensor.shape().size()];
            Arrays.setAll(values, i -> tensor.isInteger() ? random.nextInt(tensor.bound()) : random.nextGaussian());
            arguments.put(tensor, values);
        }
        Map<Tensor, double[]> expected = DeepStack.call(() -> INTERPRETER.run(program, arguments));
        boolean returns = program.results().get(0).rank() == 0;
        Object[] values = new Object[arguments.size() + program.results().size() - (returns ? 1 : 0)];
        int next = 0;
        for (Map.Entry<Tensor, double[]> argument : arguments.entrySet()) {
            values[next++] = argument.getKey().isInteger()
                    ? Arrays.stream(argument.getValue())
                            .mapToInt(value -> (int) value)
                            .toArray()
                    : argument.getValue();
        }
        for (Tensor result :
                program.results().subList(returns ? 1 : 0, program.results().size())) {
            values[next++] = new double[result.shape().size()];
        }
        Object returned = generated.call("Test", method, values);
        for (int r = program.results().size() - 1; r >= 0; r--) {
            double[] exact = expected.get(program.results().get(r));
            double[] found = r == 0 && returns ? new double[] {(double) returned} : (double[]) values[--next];
            double greatest = Arrays.stream(exact).map(Math::abs).max().orElse(0);
            assertArrayEquals(exact, found, 1e-13 * greatest, program.toString());
        }
    }
}
