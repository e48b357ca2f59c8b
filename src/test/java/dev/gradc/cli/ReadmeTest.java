package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README shows below a call of the command line is what the call prints. A line {@code …} stands for any number of lines, and
 * so does one within a line for any text. Left out is what takes time or a file that is not here: training and compiling.
 */
class ReadmeTest {

    private static final String PROMPT = "$ ./gradc ";

    record Shown(String call, List<String> lines) {
        @Override
        public String toString() {
            return call;
        }
    }

    static Stream<Shown> calls() throws IOException {
        List<Shown> all = new ArrayList<>();
        Shown current = null;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("$ ")) {
                current =
                        line.startsWith(PROMPT) ? new Shown(line.substring(PROMPT.length()), new ArrayList<>()) : null;
                if (current != null) {
                    all.add(current);
                }
            } else if (line.startsWith("```")) {
                current = null;
            } else if (current != null) {
                current.lines().add(line);
            }
        }
        return all.stream()
                .filter(shown ->
                        !shown.call().startsWith("train ") && !shown.call().startsWith("compile "));
    }

    /** As a shell does, {@code folder/*.nn} by the files there. */
    private static String expanded(String call) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : call.split(" ")) {
            if (!word.endsWith("/*.nn")) {
                words.add(word);
                continue;
            }
            try (Stream<Path> files = Files.list(Path.of(word).getParent())) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".nn"))
                        .sorted()
                        .forEach(words::add);
            }
        }
        return String.join(" ", words);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void printsWhatIsShown(Shown shown) throws IOException {
        List<String> printed =
                TranscriptTest.answer(expanded(shown.call()), "").lines().toList();
        int at = 0;
        boolean anywhere = false;
        for (String line : shown.lines()) {
            if (line.equals("…")) {
                anywhere = true;
                continue;
            }
            while (anywhere && at < printed.size() && !matches(line, printed.get(at))) {
                at++;
            }
            assertTrue(at < printed.size(), () -> "not printed: " + line);
            String next = printed.get(at++);
            assertTrue(matches(line, next), () -> "shown: " + line + "\nprinted: " + next);
            anywhere = false;
        }
        assertEquals(anywhere ? at : printed.size(), at, "more is printed than shown");
    }

    private static boolean matches(String shown, String printed) {
        int gap = shown.indexOf('…');
        return gap < 0
                ? shown.equals(printed)
                : printed.startsWith(shown.substring(0, gap)) && printed.endsWith(shown.substring(gap + 1));
    }
}
