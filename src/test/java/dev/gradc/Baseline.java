package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of inputs, each beside the text that is expected of it: {@code name.nn} and {@code name.expected}. {@code -Drecreate}
 * rewrites what is expected; an input without an expectation fails, and so does an expectation without an input.
 */
public final class Baseline {

    private static final String INPUT = ".nn";
    private static final String EXPECTED = ".expected";
    private static final boolean RECREATE = System.getProperty("recreate") != null;

    private final Path folder;

    /** @param folder below {@code src/test/resources/dev/gradc} */
    public Baseline(String folder) {
        this.folder = Path.of("src/test/resources/dev/gradc", folder);
    }

    /** A test for each input, and for each expectation whose input is gone. */
    public Stream<DynamicTest> tests(UnaryOperator<String> outputOfInput) {
        return names().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name, outputOfInput)));
    }

    /** The names of the inputs, without their ending. */
    public List<String> inputs() {
        return names().stream()
                .filter(name -> Files.exists(folder.resolve(name + INPUT)))
                .toList();
    }

    /** The text of the input of this name. */
    public String input(String name) {
        return read(folder.resolve(name + INPUT));
    }

    private void check(String name, UnaryOperator<String> output) throws IOException {
        Path input = folder.resolve(name + INPUT);
        Path expected = folder.resolve(name + EXPECTED);
        assertTrue(Files.exists(input), () -> "an orphan: " + expected);
        String actual = output.apply(name) + "\n";
        if (RECREATE) {
            Files.writeString(expected, actual);
        }
        assertTrue(Files.exists(expected), () -> "missing: " + expected + "; -Drecreate writes it");
        assertEquals(read(expected), actual);
    }

    private Set<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .forEach(file -> names.add(file.substring(0, file.lastIndexOf('.'))));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
