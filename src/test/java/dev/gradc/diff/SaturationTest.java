package dev.gradc.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Snippets;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Compiler.Differentiated;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose units are as saturated as numbers allow: the textbook's loss and its gradient stay what they are. */
class SaturationTest {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);

    private static final String RINGS = """
            network Rings {
              input  x[2]
              target y
              param  W1[5,2] = 0.3
              param  b1[5]   = 0
              param  W2[5]   = 0
              param  b2      = 0
              h = tanh(W1@x + b1)
              output o = sigmoid(W2@h + b2)
              loss LOSS
            }
            """;

    @ParameterizedTest
    @CsvSource({"-800, 1, 800, -1", "800, 0, 800, 1", "800, 1, 0, 0", "-800, 0, 0, 0", "-1e300, 1, 1e300, -1"})
    void twoRings(double activation, double y, double loss, double slope) {
        for (String text : new String[] {"-(y*log(o) + (1-y)*log(1-o))", "binaryCrossEntropy(o, y)"}) {
            Pass pass = new Pass(RINGS.replace("LOSS", text), "b2", new double[] {activation}, new double[] {y});
            assertEquals(loss, pass.loss(), 1e-14 * loss, text);
            assertArrayEquals(new double[] {slope}, pass.adjoint("b2"), 1e-15, text);
            assertTrue(pass.isFinite(), text);
        }
    }

    /** What a file itself differentiates is made stable before, too. */
    @ParameterizedTest
    @CsvSource({"-800, 1, -1", "800, 0, 1", "800, 1, 0", "-800, 0, 0", "-1e300, 1, -1"})
    void derivativesInALoss(double activation, double y, double slope) {
        String sum = "W2@h + b2";
        for (String o : new String[] {"o", "sigmoid(z)", "1/(1 + exp(-z))"}) {
            String source = RINGS.replace(sum, "z")
                    .replace("output", "z = " + sum + "\n  output")
                    .replace("LOSS", "diff(-(y*log(O) + (1-y)*log(1-O)), z)".replace("O", o));
            Pass pass = new Pass(source, "b2", new double[] {activation}, new double[] {y});
            assertEquals(slope, pass.loss(), 1e-15, o);
            assertArrayEquals(new double[] {0}, pass.adjoint("b2"), 1e-15, o);
            assertTrue(pass.isFinite(), o);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-log(p[label])",
                "crossEntropy(p, label)",
                "-logSoftmax(z)[label]",
                "-sum(oneHot(label, 3)*log(p))",
                "crossEntropy(p, oneHot(label, 3))",
                "logSumExp(z) - z[label]"
            })
    void softmax(String loss) {
        checkSoftmax(loss);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-log(exp(z[label])/sum(exp(z)))", "log(sum(exp(z))) - z[label]"})
    void softmaxWrittenOut(String loss) {
        checkSoftmax(loss);
    }

    /** What is masked may be as large as it likes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "log(sum[i](i != 2 ? exp(z[i]) : 0)) - z[label]",
                "log(sum[i](i == 2 ? 0 : exp(z[i]))) - z[label]",
                "log(sum[i]((i != 2)*exp(z[i]))) - z[label]",
                "log(sum[i](i != 2 ? w[i]*exp(z[i]) : 0)) - z[label]",
                "log(sum[i](i == 2 ? 0 : w[i]*exp(z[i]))) - z[label]",
                "-log(weighted[label]/sum(weighted))",
                "log(sum(e)) - z[label]",
                "-log(label != 2 ? exp(z[label])/sum(e) : 0)",
                "-log(e[label]/sum(e))",
                "-log(q[label])"
            })
    void maskedSoftmax(String loss) {
        Pass pass = new Pass(classifier(loss), "b", new double[] {1000, 999, 5000}, new double[] {1});
        assertEquals(1.3132616875182228, pass.loss(), 1e-12);
        assertArrayEquals(new double[] {0.7310585786300049, -0.7310585786300049, 0}, pass.adjoint("b"), 1e-12);
    }

    @Test
    void everythingMasked() {
        Pass pass = new Pass(
                classifier("log(sum[i](z[i] > 2000 ? exp(z[i]) : 0))"),
                "b",
                new double[] {1000, -1000, 0},
                new double[] {1});
        assertEquals(Double.NEGATIVE_INFINITY, pass.loss());
        assertArrayEquals(new double[3], pass.adjoint("b"), 0);
    }

    private static String classifier(String loss) {
        return """
                network Classifier {
                  input  x
                  target label : int(3)
                  param  b[3] = 0
                  z = b*x
                  output p = softmax(z)
                  e[i] = i != 2 ? exp(z[i]) : 0
                  q[i] = e[i]/sum(e)
                  w[i:3] = i == 2 ? 7 : 1
                  weighted[i] = i != 2 ? w[i]*exp(z[i]) : 0
                  loss LOSS
                }
                """.replace("LOSS", loss);
    }

    private static void checkSoftmax(String loss) {
        String source = classifier(loss);
        Pass wrong = new Pass(source, "b", new double[] {1000, -1000, 0}, new double[] {1});
        assertEquals(2000, wrong.loss(), 1e-12);
        assertArrayEquals(new double[] {1, -1, 0}, wrong.adjoint("b"), 1e-15);
        Pass right = new Pass(source, "b", new double[] {-1000, 1000, 0}, new double[] {1});
        assertEquals(0, right.loss(), 1e-12);
        assertArrayEquals(new double[] {0, 0, 0}, right.adjoint("b"), 1e-15);
    }

    /** A forward and a backward pass on one example whose inputs are 1. */
    private static final class Pass {

        private final Gradient gradient;
        private final Map<Tensor, double[]> values;

        /** @param values of the parameter {@code name}; the others start as declared */
        Pass(String source, String name, double[] values, double[] target) {
            NetworkUnit network = Snippets.network(source);
            Differentiated both = new Compiler().differentiate(network);
            gradient = both.gradients().get(0);
            Map<Tensor, double[]> point = new LinkedHashMap<>(Map.of(network.batch(), new double[] {1}));
            network.data().forEach(data -> {
                double[] ones = new double[data.rank() == 1 ? 1 : data.shape().size(1)];
                Arrays.fill(ones, 1);
                point.put(data, data.role() == Tensor.Role.TARGET ? target : ones);
            });
            network.parameters().forEach(parameter -> {
                double[] start = new double[parameter.tensor().shape().size()];
                Arrays.fill(start, parameter.initial().first());
                point.put(parameter.tensor(), parameter.tensor().name().equals(name) ? values : start);
            });
            this.values = EXACT.run(gradient.program(), EXACT.run(both.network().program(), point));
        }

        double loss() {
            return values.get(gradient.of())[0];
        }

        double[] adjoint(String parameter) {
            return gradient.adjoints().entrySet().stream()
                    .filter(entry -> entry.getKey().name().equals(parameter))
                    .map(entry -> values.get(entry.getValue()))
                    .findFirst()
                    .orElseThrow();
        }

        boolean isFinite() {
            return gradient.adjoints().values().stream()
                    .flatMapToDouble(adjoint -> Arrays.stream(values.get(adjoint)))
                    .allMatch(Double::isFinite);
        }
    }
}
