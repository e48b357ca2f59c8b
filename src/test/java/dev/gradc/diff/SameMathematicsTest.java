package dev.gradc.diff;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gradc.Compiler;
import dev.gradc.Compiler.Differentiated;
import dev.gradc.JavaTokens;
import dev.gradc.Snippets;
import dev.gradc.emit.JavaEmitter;
import dev.gradc.emit.Options;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same network in the notation of layers, of vectors and of sums becomes the same representation and the same generated
 * arithmetic, but for its names.
 */
class SameMathematicsTest {

    private static final String VECTORS = """
            network Rings {
              input  x[2]
              target y
              param  W1[5,2] ~ glorotUniform
              param  b1[5]   = 0
              param  W2[1,5] ~ glorotUniform
              param  b2[1]   = 0
              h = tanh(W1@x + b1)
              output o = sigmoid(W2@h + b2)
              loss -(y*log(o[0]) + (1-y)*log(1-o[0]))
            }
            """;

    private static final String LAYERS = """
            network Rings {
              input  x[2]
              target y
              h = dense(x, 5, tanh)
              output o = dense(h, 1, sigmoid)
              loss -(y*log(o[0]) + (1-y)*log(1-o[0]))
            }
            """;

    private static final String PIPE = """
            network Rings {
              input  x[2]
              target y
              output o = x |> dense(5, tanh) |> dense(1, z -> sigmoid(z))
              loss -(y*log(o[0]) + (1-y)*log(1-o[0]))
            }
            """;

    private static final String SUMS = """
            network Rings {
              input  x[2]
              target y
              param  w[5,2] ~ glorotUniform
              param  a[5]   = 0
              param  v[1,5] ~ glorotUniform
              param  c[1]   = 0
              h[j] = tanh(sum[i](w[j,i]*x[i]) + a[j])
              output o[m] = sigmoid(sum[j](v[m,j]*h[j]) + c[m])
              loss -(y*log(o[0]) + (1-y)*log(1-o[0]))
            }
            """;

    private static final String NAMED_VECTORS = VECTORS.replace("h = tanh(W1@x + b1)", "k = W1@x + b1\nh = tanh(k)");
    private static final String NAMED_SUMS = SUMS.replace(
            "h[j] = tanh(sum[i](w[j,i]*x[i]) + a[j])", "k[j] = sum[i](w[j,i]*x[i]) + a[j]\nh[j] = tanh(k[j])");

    @ParameterizedTest
    @ValueSource(strings = {LAYERS, PIPE, SUMS})
    void asWithVectors(String source) {
        assertEquals(differentiated(VECTORS), differentiated(source));
    }

    /** With a name for the step between the sum and the function. */
    @Test
    void namedStepsToo() {
        assertEquals(differentiated(NAMED_VECTORS), differentiated(NAMED_SUMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {LAYERS, PIPE, SUMS})
    void arithmeticAsWithVectors(String source) {
        assertEquals(generated(VECTORS), generated(source));
    }

    /** A layer that a user writes is as good as one of the library, and takes no Java. */
    @Test
    void aLayerOfOnesOwn() {
        String own = """
                layer mine(x[n], m, f) {
                  param W[m,n] ~ glorotUniform
                  param b[m]   = 0
                  return f(W@x + b)
                }
                """ + LAYERS.replace("dense(", "mine(");
        assertEquals(differentiated(VECTORS), differentiated(own));
        assertEquals(generated(VECTORS), generated(own));
    }

    /** If another network had the same arithmetic the comparison would be worth nothing. */
    @Test
    void anotherNetworkHasAnother() {
        assertNotEquals(generated(VECTORS), generated(VECTORS.replace("tanh", "sin")));
        assertNotEquals(generated(VECTORS), generated(VECTORS.replace("+ b1", "- b1")));
    }

    private static String generated(String source) {
        Differentiated both = new Compiler().differentiate(Snippets.network(source));
        return JavaEmitter.network("", both.network(), both.gradients(), List.of(), Options.DEFAULT).stream()
                .filter(file -> file.path().matches(".*(Forward|Backward)[.]java"))
                .map(file -> JavaTokens.withoutNames(file.text()))
                .collect(joining("\n\n"));
    }

    private static String differentiated(String source) {
        Differentiated both = new Compiler().differentiate(Snippets.network(source));
        Canonical canonical = new Canonical();
        return Stream.concat(
                        Stream.of(both.network().program()),
                        both.gradients().stream().map(gradient -> gradient.program()))
                .map(canonical::text)
                .collect(joining("\n\n"));
    }
}
