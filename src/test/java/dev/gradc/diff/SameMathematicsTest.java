package dev.gradc.diff;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gradc.JavaTokens;
import dev.gradc.Snippets;
import dev.gradc.emit.JavaEmitter;
import dev.gradc.emit.text.Options;
import dev.gradc.library.SinglePrecision;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Compiler.Differentiated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static final String CONVOLUTION = """
            network Images {
              input  x[2,7,6]
              h = x |> conv2d(3, 2, relu) |> maxPool2d(2)
              output o = h
              loss sum(o^2)
            }
            """;

    private static final String CONVOLUTION_IN_SUMS = """
            network Images {
              input  x[2,7,6]
              param  K[3,2,2,2] ~ glorotUniform
              param  b[3]       = 0
              y[o,i,j] = sum[c,r,s](K[o,c,r,s]*x[c,i+r,j+s]) + b[o]
              a[o,i,j] = relu(y[o,i,j])
              h[o,i,j] = max[r:2,s:2](a[o,2*i+r,2*j+s])
              output o = h
              loss sum[c,i,j](h[c,i,j]^2)
            }
            """;

    private static final String RECURRENT = """
            network Steps {
              input  x[5,2]
              h = rnn(x, 3)
              output o = h
              loss sum(o^2)
            }
            """;

    private static final String RECURRENT_IN_VECTORS = """
            network Steps {
              input  x[5,2]
              param  W[3,2] ~ glorotUniform
              param  U[3,3] ~ glorotUniform
              param  b[3]   = 0
              s[t] = tanh(W@x[t] + U@s[t-1] + b) from s[-1] = 0
              h = s
              output o = h
              loss sum(o^2)
            }
            """;

    private static final String RECURRENT_IN_SUMS = """
            network Steps {
              input  x[5,2]
              param  W[3,2] ~ glorotUniform
              param  U[3,3] ~ glorotUniform
              param  b[3]   = 0
              s[t,i] = tanh(sum[j](W[i,j]*x[t,j]) + sum[j](U[i,j]*s[t-1,j]) + b[i]) from s[-1,i] = 0
              h = s
              output o = h
              loss sum[t,i](h[t,i]^2)
            }
            """;

    private static final String ATTENTION = """
            network Looks {
              input  x[4,6]
              h = attention(x, 2)
              output o = h
              loss sum(o^2)
            }
            """;

    private static final String ATTENTION_IN_SUMS = """
            network Looks {
              input  x[4,6]
              param  W[18,6] ~ glorotUniform
              param  b[18]   = 0
              param  Wo[6,6] ~ glorotUniform
              param  bo[6]   = 0
              p[i,r]       = sum[c](W[r,c]*x[i,c]) + b[r]
              s[a:2,i,j]   = sum[r:3](p[i,3*a+r]*p[j,6+3*a+r])/sqrt(3)
              e[a,i,j]     = exp(s[a,i,j])
              w[a,i,j]     = e[a,i,j]/sum[k](e[a,i,k])
              v[i,a:2,r:3] = sum[j](w[a,i,j]*p[j,12+3*a+r])
              h[i,j]       = sum[a:2,r:3](Wo[j,3*a+r]*v[i,a,r]) + bo[j]
              output o = h
              loss sum[i,j](h[i,j]^2)
            }
            """;

    private static Stream<Arguments> notations() {
        return Stream.of(
                Arguments.of(CONVOLUTION, CONVOLUTION_IN_SUMS),
                Arguments.of(RECURRENT, RECURRENT_IN_VECTORS),
                Arguments.of(RECURRENT, RECURRENT_IN_SUMS),
                Arguments.of(ATTENTION, ATTENTION_IN_SUMS));
    }

    @ParameterizedTest
    @MethodSource("notations")
    void otherLayersToo(String layers, String sums) {
        assertEquals(differentiated(layers), differentiated(sums));
        assertEquals(generated(layers), generated(sums));
    }

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

    /** The library's layers, put into a user's file under other names, are what they are in the library: their text is all there is. */
    @ParameterizedTest
    @CsvSource({
        "layers, 'maxout(x[0], 3, 2)'",
        "layers, 'embedding(token, 7, 3)'",
        "layers-convolution, 'conv1d(x, 3, 2, tanh, padding = 1)'",
        "layers-convolution, 'avgPool2d(conv2d(stack(x, x), 3, 2), 2)'",
        "layers-normalization, 'dropout(batchNorm(x[0]), 0.3)'",
        "layers-normalization, layerNorm(x)",
        "layers-sequence, 'gru(lstm(x, 3), 2)'",
        "layers-sequence, 'attention(x, 2, causal = true)'"
    })
    void theLibrarysLayersAreText(String file, String call) throws IOException {
        String network = """
                network Net {
                  input x[5,4]
                  input token[3] : int(7)
                  h = %s
                  output o = h
                  loss sum(o^2)
                }
                """;
        String path = "src/main/resources/dev/gradc/library/" + file + ".nn";
        String layers = Files.readString(Path.of(path)).replaceAll("layer (\\w+)\\(", "layer own_$1(");
        String own = layers + network.formatted(call.replaceAll("(\\w+\\()(?!x, x)", "own_$1"));
        assertEquals(differentiated(network.formatted(call)), differentiated(own));
    }

    /** If another network had the same arithmetic the comparison would be worth nothing. */
    @Test
    void anotherNetworkHasAnother() {
        assertNotEquals(generated(VECTORS), generated(VECTORS.replace("tanh", "sin")));
        assertNotEquals(generated(VECTORS), generated(VECTORS.replace("+ b1", "- b1")));
    }

    private static String generated(String source) {
        Differentiated both = new Compiler().differentiate(Snippets.network(source));
        return JavaEmitter.network("", both.network(), both.gradients(), SinglePrecision.NONE, Options.DEFAULT).stream()
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
