package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recurrences compute for a batch lies by steps in memory, and is the same. */
class StepsOutermostTest {

    private static String network(String lines) {
        return "network Net {\n  input x[6,3]\n  target y\n" + lines.indent(2) + "  loss (sum(o) - y)^2\n}\n";
    }

    private static String source(String lines, Options options) throws Exception {
        return Generated.of(Generated.files(network(lines), options)).sources().get("NetForward.java");
    }

    /** Layers, and recurrences in all the forms that an axis of steps can have; with fewer examples than there is place for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "h = lstm(x, 4)\noutput o = dense(h[5], 2)",
                "h = lstm(x, 20)\noutput o = dense(h[5], 2)",
                "h = gru(x, 4)\ng = lstm(h, 3)\noutput o = mean(g)",
                // What is given out keeps its order.
                "param U[3,3] ~ normal(0, 1)\nh[t] = tanh(x[t] + U@h[t-1]) from h[-1] = 0\noutput o[t] = sum(h[t])\noutput all = h",
                "param U[3,3] ~ normal(0, 1)\noutput o[t] = tanh(x[t] + U@o[t-1]) from o[-1] = 0",
                // From the end, two steps back, from data.
                "r[t] = tanh(x[5-t] + 0.5*r[t-1] - 0.2*r[t-2]) from r[-1] = x[0], r[-2] = 0\noutput o = r[5]",
                // A number a step; and the steps last.
                "param a ~ normal(0, 1)\ns[t] = a*s[t-1] + x[t,0] from s[-1] = 1\noutput o = s",
                "s[i,t] = sin(s[i,t-1]) + x[t,i] from s[i,-1] = 0.1\noutput o[i] = s[i,5]",
                // One recurrence in another.
                "u[t,i] = tanh(x[t,i] + 0.3*u[t-1,i]*u[t,i-1]) from u[-1,i] = 0.5, u[t,-1] = 0.2\noutput o = u[5]",
                // Beside it: weights of all steps.
                "h = lstm(x, 4)\ns[t] = sum(h[t])\nw = softmax(s)\noutput o[i] = sum[t](w[t]*h[t,i])",
                "h = lstm(x, 4)\nm[i] = max[t](h[t,i])\noutput o = dense(m, 2)",
                "h = lstm(x, 16)\nd[t] = dense(h[t], 16, tanh)\noutput o[t] = sum(d[t])"
            })
    void asTheInterpreter(String lines) throws Exception {
        Interpreted.checkNetwork(network(lines));
        Interpreted.checkNetwork(network(lines), new Options(Precision.DOUBLE, Backend.VECTOR), 1e-12);
    }

    @Test
    void aStepOfAllExamplesIsARow() throws Exception {
        Options options = new Options(Precision.FLOAT, Backend.PORTABLE);
        String forward = source("h = lstm(x, 16)\noutput o = dense(h[5], 2)", options);
        assertTrue(
                forward.contains("{@code c[6,batch,16]}, row by row: entry [i,j,k] at {@code 16*(i*batch+j)+k}"),
                forward);
        assertTrue(forward.contains("rows.tanh(16 * batch, c, 16 * k * batch, tanh2, 16 * k * batch);"), forward);
        // The parts of what the gates read lie as the gates do.
        assertTrue(forward.contains("rows.tanh(16 * batch, tanhArgument, 0, tanh, 16 * k * batch);"), forward);
        // Data are copied for the product that goes over all steps.
        assertTrue(
                forward.contains("kernels.dotProducts(6 * batch, 64, 3, xSteps, 0, 3, hW, 0, 3, hAWx, 0, 64, 1);"),
                forward);
        assertFalse(forward.contains("float[] h2"), "the layer's result is called as the network calls it");
    }

    @Test
    void whatCallersSeeKeepsItsOrder() throws Exception {
        String forward = source("output o[t] = tanh(x[t] + 0.5*o[t-1]) from o[-1] = 0", Options.DEFAULT);
        assertTrue(forward.contains("{@code o[batch,6,3]}, row by row: entry [i,j,k] at {@code 18*i+3*j+k}"), forward);
    }

    /** The places depend on the examples of the call, not on the most that there may be. */
    @Test
    void fewerExamplesAfterMore() throws Exception {
        Generated generated =
                Generated.of(Generated.files(network("h = lstm(x, 16)\noutput o = dense(h[5], 2)"), Options.DEFAULT));
        Object model = generated.construct("Net", 3L);
        double[] x = new Random(1).doubles(18 * 5, -1, 1).toArray();
        double[] y = new double[5];
        double[] afterMore = gradient(generated, model, x, y, 5, 2);
        assertArrayEquals(gradient(generated, model, x, y, 2), afterMore);
    }

    private static double[] gradient(Generated generated, Object model, double[] x, double[] y, int... batches)
            throws Exception {
        Object forward = generated.construct("NetForward", model, 5);
        Object backward = generated.construct("NetBackward", model, forward);
        for (int batch : batches) {
            Generated.on(backward, "gradient", x, y, batch);
        }
        double[] gradient =
                new double[generated.type("Net").getField("PARAMETER_COUNT").getInt(null)];
        Generated.on(backward, "copyGradientTo", gradient);
        return gradient;
    }
}
