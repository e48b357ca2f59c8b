package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Precision;
import dev.gradc.source.LimitException;
import dev.gradc.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files with some tokens changed either compile, to Java that compiles, or are rejected with diagnostics; nothing hangs. {@code
 * -Dmutants=10000 -Dseed=7} tries more, and others.
 */
class MutationTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Pattern TOKEN = Pattern.compile(
            "[\\p{L}_][\\p{L}\\p{N}_]*|[0-9.]+(?:e-?[0-9]+)?|\\R|[ \\t]+|<=|>=|==|!=|->|<-|\\|>|&&|\\|\\||\\.\\.|.");

    /** What may come in the place of a token beside the other tokens of the file. */
    private static final List<String> OTHERS = List.of(
            "0", "-1", "1e300", "2.5", "i", "sum", "max", "argmax", "sum[i]", "grad", "softmax", "(", ")", "[", "]",
            "{", "}", "?", ":", "..", "^", "'", "@", "%", ",", "=", "~", "<-", "from", "output", "param", "return",
            "\n", "x", "concat", "stack", "diff");

    private final Random random = new Random(Long.getLong("seed", 1));

    @Test
    void mutantsCompileOrAreRejected() throws IOException {
        List<String> sources = sources();
        int mutants = Integer.getInteger("mutants", 150);
        for (int i = 0; i < mutants; i++) {
            String mutant = mutant(sources.get(random.nextInt(sources.size())));
            boolean withJava = i % 4 == 0;
            assertTimeoutPreemptively(LONGEST, () -> compile(mutant, withJava), () -> "too long:\n" + mutant);
        }
    }

    private static void compile(String mutant, boolean withJava) {
        try {
            List<GeneratedFile> files = Generated.files(mutant, Precision.DOUBLE);
            if (withJava && !files.isEmpty()) {
                Generated.of(files);
            }
        } catch (SourceException | LimitException rejected) {
            // As it should be.
        } catch (Exception | AssertionError e) {
            fail("not compiled and not rejected:\n" + mutant, e);
        }
    }

    private String mutant(String source) {
        List<String> tokens = TOKEN.matcher(source)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(ArrayList::new));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int place = random.nextInt(tokens.size());
            String other = random.nextBoolean()
                    ? OTHERS.get(random.nextInt(OTHERS.size()))
                    : tokens.get(random.nextInt(tokens.size()));
            switch (random.nextInt(4)) {
                case 0 -> tokens.remove(place);
                case 1 -> tokens.add(place, other);
                case 2 -> tokens.add(place, tokens.get(place));
                default -> tokens.set(place, other);
            }
            if (tokens.isEmpty()) {
                return "";
            }
        }
        return String.join("", tokens);
    }

    /** The samples, the problems and the examples of the reference; those without imports, and without Java methods to be there. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String folder : List.of("samples", "src/test/resources/dev/gradc/problems")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".nn")).sorted().toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        Pattern.compile("```nn\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/language.md")))
                .results()
                .forEach(example -> sources.add(example.group(1)));
        sources.removeIf(source -> source.contains("import ") || source.contains("native "));
        return sources;
    }
}
