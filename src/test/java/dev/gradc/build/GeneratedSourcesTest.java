package dev.gradc.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Compiling;
import dev.gradc.SampleFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies under {@code generated/} is, byte for byte, what the compiler makes of {@code samples/}, and compiles alone.
 * {@code -Drecreate} rewrites it.
 */
class GeneratedSourcesTest {

    private static final Path COMMITTED = Path.of("generated");

    @TempDir
    private Path fresh;

    @Test
    void committedSourcesAreWhatTheCompilerMakes() throws IOException {
        compileSamples(fresh);
        Map<String, String> made = texts(fresh);
        if (System.getProperty("recreate") != null) {
            recreate(made);
        }
        Map<String, String> committed = texts(COMMITTED);
        assertEquals(made.keySet(), committed.keySet(), "missing or orphaned files; -Drecreate mends it");
        made.forEach((path, text) -> assertEquals(text, committed.get(path), path + " is stale; -Drecreate mends it"));
    }

    @Test
    void theyCompileForJava17WithNothingOnTheClassPath() throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            List<Path> sources = new ArrayList<>();
            texts(COMMITTED).keySet().forEach(path -> sources.add(COMMITTED.resolve(path)));
            List<String> options = List.of(
                    "--release", "17", "-proc:none", "-Xlint:all", "-Werror", "-classpath", "", "-d", fresh.toString());
            boolean compiled = javac.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, messages::toString);
        }
    }

    private static void compileSamples(Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("compile", "--source-root", ".", "-d", folder.toString()));
        SampleFiles.all().forEach(sample -> arguments.add(sample.toString()));
        Compiling.run(arguments);
    }

    private static void recreate(Map<String, String> made) throws IOException {
        for (String stale : texts(COMMITTED).keySet()) {
            Files.delete(COMMITTED.resolve(stale));
        }
        for (Map.Entry<String, String> file : made.entrySet()) {
            Path path = COMMITTED.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return texts;
    }
}
