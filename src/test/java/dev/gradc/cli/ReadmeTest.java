package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradc.Gradc;
import dev.gradc.build.Version;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of the README is true. What it shows below a call is what the call prints, run by a shell; a line {@code …} stands for any
 * number of lines, and so does one within a line for any text, and a time for any other. The Java is run by {@code ApiTest}.
 */
class ReadmeTest {

    private static final String PROMPT = "$ ";

    @TempDir
    private static Path folder;

    /** A block of code. */
    record Block(String language, List<String> lines) {

        boolean isSession() {
            return lines.get(0).startsWith(PROMPT);
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }

        /** Without indentation and empty lines. */
        List<String> content() {
            return lines.stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        Block open = null;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("```")) {
                if (open != null) {
                    blocks.add(open);
                }
                open = open == null ? new Block(line.substring(3), new ArrayList<>()) : null;
            } else if (open != null) {
                open.lines().add(line);
            }
        }
        return blocks;
    }

    private static Block block(String language, String start) throws IOException {
        return blocks().stream()
                .filter(block ->
                        block.language().equals(language) && block.text().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    /** Calls in one folder, one after the other, each with what it shows. */
    @Test
    void everyCallPrintsWhatIsShown() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
        Files.createSymbolicLink(folder.resolve("samples"), Path.of("samples").toAbsolutePath());
        Path gradc = Files.writeString(
                folder.resolve("gradc"), "#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 dev.gradc.cli.Main \"$@\"\n");
        assertTrue(gradc.toFile().setExecutable(true));
        int calls = 0;
        for (Block block : blocks()) {
            List<String> lines = block.lines();
            for (int i = 0; block.isSession() && i < lines.size(); ) {
                String call = lines.get(i).substring(PROMPT.length());
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).startsWith(PROMPT)) {
                    end++;
                }
                assertShows(call, lines.subList(i + 1, end), shell(call));
                i = end;
                calls++;
            }
        }
        assertTrue(calls >= 10, "the README's calls");
    }

    private static List<String> shell(String call) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", call).directory(folder.toFile());
        Map<String, String> environment = shell.environment();
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put(
                "PATH", System.getProperty("java.home") + "/bin" + File.pathSeparator + environment.get("PATH"));
        Process process =
                shell.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> "hangs: " + call);
        List<String> lines = Files.readAllLines(printed);
        assertEquals(0, process.exitValue(), () -> call + "\n" + String.join("\n", lines));
        return lines;
    }

    private static void assertShows(String call, List<String> shown, List<String> printed) {
        int at = 0;
        boolean anywhere = false;
        for (String line : shown) {
            if (line.equals("…")) {
                anywhere = true;
                continue;
            }
            while (anywhere && at < printed.size() && !matches(line, printed.get(at))) {
                at++;
            }
            assertTrue(at < printed.size(), () -> call + "\nnot printed: " + line + "\n" + String.join("\n", printed));
            String next = printed.get(at++);
            assertTrue(matches(line, next), () -> call + "\nshown: " + line + "\nprinted: " + next);
            anywhere = false;
        }
        assertEquals(anywhere ? at : printed.size(), at, () -> call + "\nmore is printed than shown");
    }

    private static boolean matches(String shown, String printed) {
        String expected = timeless(shown);
        String actual = timeless(printed);
        int gap = expected.indexOf('…');
        return gap < 0
                ? expected.equals(actual)
                : actual.startsWith(expected.substring(0, gap)) && actual.endsWith(expected.substring(gap + 1));
    }

    private static String timeless(String line) {
        return line.replaceAll("in [0-9.]+ s,", "in a while,");
    }

    @Test
    void theNetworkIsTheSample() throws IOException {
        String sample = Files.readString(Path.of("samples/rings.nn")).replaceAll("/\\*\\*.*\\*/|//.*", "");
        assertEquals(
                new Block("", sample.lines().toList()).content(),
                block("", "network Rings").content());
    }

    @Test
    void theBackwardPassIsAsGenerated() throws IOException {
        Path generated = Path.of("generated/samples/RingsBackward.java");
        String code = String.join("\n", new Block("", Files.readAllLines(generated)).content());
        String shown = String.join("\n", block("java", "// dloss/dW1x").content());
        assertTrue(code.contains(shown), shown);
    }

    @Test
    void theMistakeIsToldAsShown() throws IOException {
        String sample = Files.readString(Path.of("samples/rings.nn"));
        String mistake = sample.replace("W1[hidden,2]", "W1[hidden,3]");
        assertEquals(
                block("", "samples/rings.nn:").text().stripTrailing(),
                Gradc.check("samples/rings.nn", mistake).stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("\n")));
    }

    /** The project in {@code samples/maven} is built by real Maven in the profile {@code it}. */
    @Test
    void thePluginIsThatOfTheSampleProject() throws IOException {
        List<String> shown = block("xml", "<plugin>").content();
        List<String> plugin = shown.subList(0, shown.size() - 1);
        String sample =
                Files.readString(Path.of("samples/maven/pom.xml")).replace("${gradc.version}", Version.current());
        List<String> project = sample.lines().map(String::strip).toList();
        assertTrue(Collections.indexOfSubList(project, plugin) >= 0, () -> String.join("\n", plugin));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Pattern.compile("]\\(([\\w./-]+)\\)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(link -> link.group(1))
                .forEach(link -> assertTrue(Files.exists(Path.of(link)), link));
    }
}
