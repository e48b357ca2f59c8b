package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradc.build.Version;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsAResult() {
        assertEquals(ExitStatus.DONE, run("--version"));
        assertEquals("gradc " + Version.current(), text(out).strip());
        assertEquals("", text(err));
    }

    @Test
    void helpAskedForIsAResult() {
        assertEquals(ExitStatus.DONE, run("--help"));
        assertTrue(text(out).startsWith("Usage: gradc"), text(out));
        assertEquals("", text(err));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                DiffCommand.class,
                EvalCommand.class,
                ExplainCommand.class,
                CompileCommand.class,
                CheckCommand.class,
                GraphCommand.class,
                TrainCommand.class,
                CompletionCommand.class
            })
    void everyCommandIsTaughtByExample(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        assertEquals(ExitStatus.DONE, run(command.name(), "--help"));
        List<String> lines = text(out).lines().toList();
        assertTrue(lines.contains("Examples:") || command.name().equals("completion"), text(out));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("  gradc " + command.name())), text(out));
        for (String line : command.footer()) {
            assertTrue(lines.contains(line), () -> "cut in two: " + line);
        }
        assertFalse(text(out).contains("--set="), "options stand as calls have them");
        assertEquals("", text(err));
    }

    /** The examples of the help, with what they need in {@code samples}. */
    static Stream<String> examples() {
        return Stream.of(DiffCommand.class, EvalCommand.class, ExplainCommand.class, GraphCommand.class)
                .flatMap(type -> Stream.of(type.getAnnotation(Command.class).footer()))
                .filter(line -> line.startsWith("  gradc ") && (line.contains("'") || line.contains("samples/")))
                .map(line -> line.replaceAll(" \\| .*| --html .*", "").substring("  gradc ".length()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesWork(String call) {
        String[] words = Pattern.compile("'[^']*'|\\S+")
                .matcher(call)
                .results()
                .map(word -> word.group().replace("'", ""))
                .toArray(String[]::new);
        assertEquals(ExitStatus.DONE, run(words), text(err));
        assertFalse(text(out).isEmpty());
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertEquals(ExitStatus.DONE, run("completion"));
        assertTrue(text(out).startsWith("#!/usr/bin/env bash"), text(out));
        assertTrue(text(out).contains("--check-gradients"), text(out));
        assertEquals("", text(err));
    }

    @Test
    void bashCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "there is no bash");
        run("completion");
        Path script = Files.writeString(folder.resolve("script"), text(out));
        assertEquals("explain", completed(bash, script, "gradc", "exp"));
        assertEquals("--check-gradients", completed(bash, script, "gradc", "compile", "--check"));
        assertEquals("unicode", completed(bash, script, "gradc", "diff", "--format", "uni"));
    }

    /** What bash offers for the last of {@code words}. */
    private static String completed(Path bash, Path script, String... words) throws Exception {
        String call = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_gradc; echo ${COMPREPLY[@]}";
        Process process = new ProcessBuilder(bash.toString(), "-c", call).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** What a formula shares has names, whether it stands on the command line or in a file. */
    @Test
    void aDeepFunctionIsPrintedInProportion(@TempDir Path folder) throws Exception {
        String formula = "sin(".repeat(300) + "x" + ")".repeat(300);
        Path file = folder.resolve("deep.nn");
        Files.writeString(file, "function f(x) = " + formula + "\n");
        assertEquals(ExitStatus.DONE, run("diff", file.toString()));
        String ofTheFile = text(out);
        out.reset();
        assertEquals(ExitStatus.DONE, run("diff", formula, "x"));
        assertEquals("df/dx = " + text(out), ofTheFile);
        assertTrue(ofTheFile.length() < 10_000, () -> ofTheFile.length() + " letters");
    }

    @Test
    void nothingIsColouredWhereThereIsNoTerminal() {
        run("--help");
        assertFalse(text(out).contains("\u001b"), text(out));
    }

    @Test
    void aCallWithoutACommandIsAtFault() {
        assertEquals(ExitStatus.USAGE, run());
        assertEquals("", text(out));
        assertTrue(text(err).contains("Usage: gradc"), text(err));
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertEquals(ExitStatus.USAGE, run("--no-such-option"));
        assertEquals("", text(out));
        assertTrue(text(err).contains("--no-such-option"), text(err));
    }

    private int run(String... args) {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
