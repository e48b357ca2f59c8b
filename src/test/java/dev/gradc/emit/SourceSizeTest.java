package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.JavaTokens;
import dev.gradc.ir.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated does not grow with a dimension, the length of a sequence or the batch: only its numbers do. */
class SourceSizeTest {

    /** Small products have simpler code than large ones, and a loop here or there is chosen by size: hence the two hundredths. */
    @ParameterizedTest
    @CsvSource({
        "linear/multinomial, inputs, 1000, 10000",
        "linear/multinomial, classes, 1000, 10000",
        "networks/neurons, hidden, 1000, 10000",
        "networks/digits, pixels, 1000, 10000",
        "networks/digits, hidden, 1000, 4000",
        "networks/heads, hidden, 1000, 4000",
        "networks/autoencoder, inputs, 1000, 4000",
        "networks/activations, units, 1000, 4000",
        "networks/normalization, units, 1000, 4000",
        "networks/pendulum, hidden, 1000, 10000",
        "sequences/echo, steps, 1000, 10000",
        "sequences/echo, hidden, 1000, 4000",
        "sequences/memory, steps, 1000, 10000",
        "sequences/memory, hidden, 1000, 4000",
        "sequences/attention, steps, 300, 1000",
        "sequences/attention, width, 1000, 4000",
    })
    void ofANetwork(String sample, String size, int small, int large) throws Exception {
        String source = read(sample);
        int before = tokens(with(source, size, small));
        int after = tokens(with(source, size, large));
        assertEquals(before, after, 0.02 * before);
    }

    @Test
    void withTheBatch() throws Exception {
        String source = read("networks/digits");
        assertEquals(tokens(source), tokens(source.replace("batch 32", "batch 4096")));
    }

    /** Short functions are written out; long ones are loops, no longer than what is written out at most. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum[i](exp(x[i])*sin(x[i]))",
                "log(sum[i](exp(x[i]))) + x@x",
                "sum[i:N-1](100*(x[i+1] - x[i]^2)^2)",
                "sum[i:N](sum[j:i](x[i]*x[j])^2)",
            })
    void ofAFunction(String body) throws Exception {
        String source = "const N = %d\nfunction f(x[N]) = " + body + " derive gradient, hvp";
        int large = tokens(source.formatted(1000));
        assertEquals(large, tokens(source.formatted(100_000)));
        assertTrue(large < 3000, large + " tokens");
    }

    private static String read(String sample) throws IOException {
        return Files.readString(Path.of("samples", sample + ".nn"));
    }

    private static int tokens(String source) throws Exception {
        return Generated.files(source, Precision.DOUBLE).stream()
                .mapToInt(file -> JavaTokens.of(file.text()).size())
                .sum();
    }

    /** The source of a network with another default for one of its sizes. */
    private static String with(String source, String size, int value) {
        String other = source.replaceFirst("\\b" + size + " = \\d+", size + " = " + value);
        assertNotEquals(source, other);
        return other;
    }
}
