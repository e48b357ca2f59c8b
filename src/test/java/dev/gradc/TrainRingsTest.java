package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the README's quick start: compiled, run, and as good as it says. */
class TrainRingsTest {

    @TempDir
    private Path out;

    @Test
    void theRingsAreToldApart() throws IOException, ReflectiveOperationException {
        Compiling.run(List.of("compile", "samples/rings.nn", "-d", out.toString()));
        List<String> arguments = new ArrayList<>(List.of("-d", out.toString(), "samples/TrainRings.java"));
        try (Stream<Path> sources = Files.list(out)) {
            sources.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        String printed = run("TrainRings");
        List<Double> accuracies = Pattern.compile("points ([0-9.]+) %")
                .matcher(printed)
                .results()
                .map(MatchResult::group)
                .map(text -> Double.valueOf(text.replaceAll("[^0-9.]", "")))
                .toList();
        assertEquals(11, accuracies.size(), printed);
        assertTrue(accuracies.get(10) >= 99, printed);
    }

    private String run(String mainClass) throws IOException, ReflectiveOperationException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {out.toUri().toURL()}, null)) {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            Class.forName(mainClass, true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
