package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the calls in {@code transcripts/*.txt} and compares what they print with what stands below them; {@code -Drecreate} writes it
 * there instead. A call may read a file by {@code < FILE}. Lines of the standard error begin with {@code !}, a status other than 0 is a last line
 * {@code [1]}, and lines that begin with {@code #} are for readers.
 */
class TranscriptTest {

    private static final Path HERE = Path.of("src/test/resources/dev/gradc/cli");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private Path out;

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(HERE.resolve("transcripts"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void transcript(Path file) throws IOException {
        String expected = Files.readString(file);
        String actual = rerun(expected);
        if (System.getProperty("recreate") != null) {
            Files.writeString(file, actual);
            return;
        }
        assertEquals(expected, actual);
    }

    /** The transcript with what the calls print now. */
    private String rerun(String transcript) throws IOException {
        StringBuilder result = new StringBuilder();
        boolean inAnswer = false;
        boolean gap = false;
        for (String line : transcript.split("\n")) {
            boolean call = line.startsWith("$ gradc");
            if (call || line.startsWith("# ")) {
                // An answer may hold empty lines; the last ones only set it off from what follows.
                result.append(inAnswer && gap ? "\n" : "").append(line).append('\n');
                result.append(call ? answer(line.substring("$ gradc".length()), out.toString()) : "");
                inAnswer = call;
            } else if (!inAnswer) {
                result.append(line).append('\n');
            }
            gap = line.isEmpty();
        }
        return result.toString();
    }

    /** What a call prints. */
    private static String answer(String call, String out) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(call);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(text.replace("$DATA", HERE.resolve("data").toString()).replace("$OUT", out));
        }
        int input = words.indexOf("<");
        List<String> arguments = input < 0 ? words : words.subList(0, input);
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status;
        InputStream before = System.in;
        try (InputStream in =
                input < 0 ? InputStream.nullInputStream() : Files.newInputStream(Path.of(words.get(input + 1)))) {
            System.setIn(in);
            status = Main.run(arguments.toArray(String[]::new), stream(results), stream(errors));
        } finally {
            System.setIn(before);
        }
        StringBuilder answer = new StringBuilder(text(results));
        text(errors)
                .lines()
                .forEach(line -> answer.append(("! " + line).stripTrailing()).append('\n'));
        if (status != 0) {
            answer.append('[').append(status).append("]\n");
        }
        // Paths, times and the last digits of differences look the same everywhere.
        return answer.toString()
                .replaceAll("finite differences to \\S+", "finite differences to …")
                .replaceAll(" in [0-9.]+ s,", " in … s,")
                .replace(out, "$OUT")
                .replace(HERE.resolve("data").toString(), "$DATA");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
