package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the language reference is a file that checks, with right gradients, and compiles. */
class LanguageReferenceTest {

    private static final Path REFERENCE = Path.of("docs/language.md");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> examplesAreRight() throws IOException {
        String text = Files.readString(REFERENCE);
        List<MatchResult> examples = Pattern.compile("```nn( \\S+)?\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .toList();
        assertTrue(examples.size() >= 26);
        return IntStream.range(0, examples.size()).mapToObj(i -> {
            MatchResult example = examples.get(i);
            long line = text.substring(0, example.start()).lines().count() + 1;
            return DynamicTest.dynamicTest(
                    REFERENCE + ":" + line, () -> isRight(example.group(2), folder.resolve(name(example, i))));
        });
    }

    /** Examples that others import say what they are called. */
    private static String name(MatchResult example, int number) {
        return example.group(1) == null
                ? "example" + number + ".nn"
                : example.group(1).strip();
    }

    private static void isRight(String source, Path file) throws IOException {
        Files.writeString(file, source);
        Compiling.run(List.of("check", file.toString()));
        Compiling.run(List.of("compile", file.toString(), "-d", file.getParent() + "/out"));
    }
}
