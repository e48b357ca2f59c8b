package dev.gradc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads every {@code .nn} file beside an {@code .expected} one, which holds the tree and the diagnostics; {@code -Drecreate}
 * rewrites those.
 */
class CasesTest {

    private static final Path CASES = Path.of("src/test/resources/dev/gradc/syntax/cases");

    @TestFactory
    Stream<DynamicTest> treesAndDiagnostics() throws IOException {
        return files(".nn")
                .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
    }

    private static void check(Path path) throws IOException {
        String actual = read(path);
        Path expected = sibling(path, ".expected");
        if (System.getProperty("recreate") != null) {
            Files.writeString(expected, actual);
        }
        assertEquals(Files.readString(expected), actual);
    }

    @Test
    void nothingIsExpectedOfAFileThatIsGone() throws IOException {
        files(".expected").forEach(path -> assertTrue(Files.exists(sibling(path, ".nn")), "orphan: " + path));
    }

    private static String read(Path path) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        SourceFile file = new SourceFile(path.getFileName().toString(), Files.readString(path));
        String tree = TreePrinter.print(Parser.unit(file, diagnostics));
        String errors = diagnostics.list().stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
        return Stream.of(tree, errors)
                .filter(part -> !part.isEmpty())
                .map(part -> part + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Path> files(String extension) throws IOException {
        try (Stream<Path> paths = Files.list(CASES)) {
            return paths.filter(path -> path.toString().endsWith(extension)).sorted().toList().stream();
        }
    }

    private static Path sibling(Path path, String extension) {
        return path.resolveSibling(path.getFileName().toString().replaceAll("\\.[a-z]+$", extension));
    }
}
