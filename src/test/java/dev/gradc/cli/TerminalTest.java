package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradc.Gradc;
import dev.gradc.source.Diagnostic;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where messages and results go: colours and the bar of progress to terminals only. The command line runs in one of its own here, made by {@code script}; skipped where
 * there is none.
 */
class TerminalTest {

    private static final String COLOUR = "\u001b\\[\\d+m";
    private static final String RED = "\u001b[1m\u001b[31merror:\u001b[0m";

    @TempDir
    private Path folder;

    @Test
    void coloursAreAddedAndNothingElse() {
        String plain = Gradc.check("rings.nn", "function f(x) = sni(x)\n").stream()
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
        String coloured = Colours.of(plain + "\nrings.nn: error: access is denied\nwarning: late\nelse\n");
        assertEquals(
                plain + "\nrings.nn: error: access is denied\nwarning: late\nelse\n", coloured.replaceAll(COLOUR, ""));
        assertTrue(coloured.startsWith("\u001b[1mrings.nn:"), coloured);
        assertTrue(coloured.contains(RED), coloured);
        assertTrue(coloured.contains("\u001b[1m\u001b[33mwarning:\u001b[0m"), coloured);
        assertTrue(coloured.contains("\u001b[34m  1 | \u001b[0mfunction"), coloured);
        assertTrue(coloured.endsWith("\nelse\n"), coloured);
    }

    @Test
    void anErrorIsRedOnATerminalOnly() throws Exception {
        assertTrue(onTerminal("check nowhere.nn", Map.of()).contains(RED));
        assertEquals(
                "nowhere.nn: error: there is no such file", onTerminal("check nowhere.nn", Map.of("NO_COLOR", "1")));
        assertFalse(onTerminal("check nowhere.nn", Map.of("TERM", "dumb")).contains("\u001b"));
        Path messages = folder.resolve("messages");
        assertEquals("", onTerminal("check nowhere.nn 2> " + messages, Map.of()));
        assertEquals("nowhere.nn: error: there is no such file\n", Files.readString(messages));
        assertTrue(onTerminal("check nowhere.nn | cat", Map.of()).contains(RED), "only the results go elsewhere");
    }

    @Test
    void resultsAreNotLostInSilence() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no device that is full");
        String lost = onTerminal("diff x^2 x > /dev/full; echo $?", Map.of());
        assertEquals("standard output: error: No space left on device\n1", lost);
        assertEquals("network Rings", onTerminal("explain samples/rings.nn | head -n 1", Map.of()));
    }

    @Test
    void aTrainingHasABarOnATerminalOnly() throws Exception {
        Path points = folder.resolve("points.csv");
        Files.writeString(
                points,
                IntStream.range(0, 3000)
                        .mapToObj(i -> Math.sin(i) + "," + Math.cos(i) + "," + i % 2 + "\n")
                        .collect(Collectors.joining()));
        String call =
                "train samples/rings.nn --data " + points + " --epochs 100 --patience 100 -o " + folder.resolve("w");
        String shown = onTerminal(call, Map.of());
        assertTrue(shown.contains("/100 epochs ("), shown);
        assertTrue(shown.contains("\r\u001b[Kepoch 100   loss"), shown);
        Path messages = folder.resolve("messages");
        onTerminal(call + " 2> " + messages, Map.of());
        assertFalse(Files.readString(messages).contains("\r"), "no bar in a file");
        assertFalse(Files.readString(messages).contains("━"), "no bar in a file");
        assertTrue(Files.readString(messages).contains("\nepoch 100   loss"));
    }

    /** What a terminal gets from a call of the command line. */
    private String onTerminal(String call, Map<String, String> environment) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String command = java + " -XX:TieredStopAtLevel=1 dev.gradc.cli.Main " + call;
        ProcessBuilder script = new ProcessBuilder("/usr/bin/script", "-q", "-e", "-c", command, "/dev/null");
        script.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        script.environment().put("TERM", "xterm");
        script.environment().remove("NO_COLOR");
        script.environment().putAll(environment);
        Path typescript = folder.resolve("typescript");
        Process process = script.redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(typescript.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it hangs");
        return Files.readString(typescript, StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .strip();
    }
}
