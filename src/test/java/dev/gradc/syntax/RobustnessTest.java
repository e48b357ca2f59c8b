package dev.gradc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is long, deep or malformed ends in a tree or in located messages, and soon. */
class RobustnessTest {

    /** On a busy machine; what is quadratic takes hours. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final int LONG = 10_000_000;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            (      ; )
            f(     ; )
            [      ; ]
            sum[i]( ; )
            -      ;
            +      ;
            !      ;
            2^     ;
            z ->   ;
            c ? x : ;
            c ?    ; ": y "
            """)
    void deepNestingIsRead(String open, String close) {
        String after = close == null ? "" : close.replace("\"", "");
        assertEquals(List.of(), term(open.repeat(150_000) + " x " + after.repeat(150_000)));
    }

    @Test
    void mixedNestingIsRead() {
        assertEquals(List.of(), term("-(2^".repeat(60_000) + "x" + ")".repeat(60_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{", "f(", "-", "-\n", "x^", "c ? ", "z ->", "x'", "([", "x[0]"})
    void whatIsTooDeepIsSaidAtOnce(String layer) {
        String text = layer.startsWith("x") && !layer.equals("x^")
                ? "x" + layer.substring(1).repeat(LONG / layer.length())
                : layer.repeat(LONG / layer.length());
        assertEquals(List.of("nested too deeply"), term(text));
        assertEquals(List.of("nested too deeply"), unit(text));
    }

    @Test
    void aMillionTermsAreRead() {
        assertEquals(List.of(), term("x" + " + x".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*x^2", " |> f(a)", " && x", "@(x)", " < (x) || x"})
    void longChainsAreRead(String link) {
        assertEquals(List.of(), term("x" + link.repeat(200_000)));
    }

    @Test
    void manyArgumentsAreRead() {
        assertEquals(List.of(), term("f(" + "x, ".repeat(300_000) + "x)"));
    }

    @Test
    void manyLinesAreRead() {
        assertEquals(List.of(), unit("function f(x) {\n" + "  y = x*2 + x^2\n".repeat(50_000) + "}\n"));
        assertEquals(List.of(), unit("function f(x) = x*2 + sin(x)\n".repeat(50_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ")", "]", "}", "x ", "x\n", "\"", "#", "/*", "/* */", "a", "1", ";", "\n", "(\n", "{\n}", "\r", "|"
            })
    void repetitionsEndSoon(String piece) {
        String text = piece.repeat(LONG / 10 / piece.length());
        term(text);
        unit(text);
    }

    @Test
    void randomBytesEndInMessages() {
        byte[] bytes = new byte[LONG];
        new Random(1).nextBytes(bytes);
        for (String text :
                List.of(new String(bytes, StandardCharsets.UTF_8), new String(bytes, StandardCharsets.ISO_8859_1))) {
            assertFalse(term(text).isEmpty());
            assertFalse(unit(text).isEmpty());
        }
    }

    /** Whatever tokens follow one another, there is a tree or a message, and no exception. */
    @Test
    void randomTokensEndInMessages() {
        String[] words = """
                function network layer rule const import optimizer train loss return param input output state derive
                derivative wrt at from where sparse stop after without improvement x y 2 0.5 h.W "s" ( ) ( ) [ ] { } , =
                ~ <- -> .. ? : |> || && < <= == + - * / @ % ! ^ ' /** /* */ // # ;""".split("\\s+", -1);
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j >= 0; j--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextInt(6) == 0 ? '\n' : ' ');
            }
            read(text.toString(), true);
            read(text.toString(), false);
        }
    }

    private static List<String> term(String text) {
        return messages(text, false);
    }

    private static List<String> unit(String text) {
        return messages(text, true);
    }

    private static List<String> messages(String text, boolean unit) {
        return assertTimeout(SOON, () -> DeepStack.call(() -> read(text, unit)));
    }

    /** The messages, each of which can be drawn. */
    private static List<String> read(String text, boolean unit) {
        Diagnostics diagnostics = new Diagnostics();
        SourceFile file = new SourceFile("f.nn", text);
        if (unit) {
            Parser.unit(file, diagnostics);
        } else {
            Parser.term(file, diagnostics);
        }
        diagnostics.list().forEach(d -> assertTrue(d.toString().startsWith("f.nn:")));
        return diagnostics.list().stream().map(Diagnostic::message).toList();
    }
}
