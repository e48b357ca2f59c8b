package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a runtime without a compiler, made here by hiding the module, all works that needs none, and the rest says so. */
class NoCompilerTest {

    @TempDir
    private Path folder;

    /** A program of a user's. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            Expression f = Expression.parse("x^3");
            System.out.println(f.derivative("x") + " " + f.derivative("x").at(Map.of("x", 2.0)));
            try {
                f.compile();
            } catch (UnsupportedOperationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aProgramGetsAnException() throws IOException, InterruptedException {
        List<String> printed = run(0, Program.class);
        assertEquals("3*x^2 12.0", printed.get(0));
        assertTrue(printed.get(1).contains("has no compiler: a JDK is needed"), printed.get(1));
    }

    @Test
    void trainingEndsWithAMessage() throws IOException, InterruptedException {
        String weights = folder.resolve("weights").toString();
        List<String> printed =
                run(1, Main.class, "train", "samples/rings.nn", "--data", "samples/rings.csv", "-o", weights);
        assertEquals(1, printed.size(), printed::toString);
        assertTrue(printed.get(0).startsWith("error: this Java runtime ("), printed.get(0));
    }

    private static List<String> run(int status, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=java.se",
                "-XX:TieredStopAtLevel=1",
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = java.start();
        List<String> printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(status, process.waitFor(), printed::toString);
        return printed;
    }
}
