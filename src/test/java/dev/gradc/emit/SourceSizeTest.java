package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.JavaTokens;
import dev.gradc.SampleFiles;
import dev.gradc.ir.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated does not grow with a dimension, the length of a sequence or the batch: only its numbers do. */
class SourceSizeTest {

    private static final Pattern NETWORK = Pattern.compile("^network (\\w+)\\((.*)\\)", Pattern.MULTILINE);

    /** Every size of every sample. */
    static Stream<Arguments> sizes() throws IOException {
        List<Arguments> sizes = new ArrayList<>();
        for (Path sample : SampleFiles.all()) {
            Matcher networks = NETWORK.matcher(Files.readString(sample));
            while (networks.find()) {
                Arrays.stream(networks.group(2).split(", "))
                        .forEach(size ->
                                sizes.add(Arguments.of(sample, networks.group(1), size.replaceAll(" = .*", ""))));
            }
        }
        return sizes.stream();
    }

    /** Small products have simpler code than large ones, and a loop here or there is chosen by size: hence the two hundredths. */
    @ParameterizedTest
    @MethodSource("sizes")
    void ofANetwork(Path sample, String network, String size) throws Exception {
        String source = Files.readString(sample);
        // Attention looks from everywhere to everywhere.
        boolean square = network.equals("Lookup") && size.equals("steps");
        int before = tokens(with(source, size, square ? 300 : 1000));
        int after = tokens(with(source, size, square ? 1000 : 4000));
        assertEquals(before, after, 0.02 * before);
    }

    /** An image of 60 × 60, and one of 124 × 124. */
    @Test
    void ofAnImage() throws Exception {
        String source = read("networks/convolution");
        int before = tokens(source.replace("12,12]", "60,60]").replace("96]", "4704]"));
        assertEquals(before, tokens(source.replace("12,12]", "124,124]").replace("96]", "21600]")), 0.02 * before);
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
