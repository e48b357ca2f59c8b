package dev.gradc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Version;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsAResult() {
        assertEquals(Main.DONE, run("--version"));
        assertEquals("gradc " + Version.current(), text(out).strip());
        assertEquals("", text(err));
    }

    @Test
    void helpAskedForIsAResult() {
        assertEquals(Main.DONE, run("--help"));
        assertTrue(text(out).startsWith("Usage: gradc"), text(out));
        assertEquals("", text(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff", "eval", "explain", "compile", "check", "graph", "completion"})
    void everyCommandIsTaughtByExample(String command) {
        assertEquals(Main.DONE, run(command, "--help"));
        assertTrue(text(out).contains("\n  gradc " + command) || text(out).contains("(gradc " + command), text(out));
        assertEquals("", text(err));
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertEquals(Main.DONE, run("completion"));
        assertTrue(text(out).startsWith("#!/usr/bin/env bash"), text(out));
        assertTrue(text(out).contains("--check-gradients"), text(out));
        assertEquals("", text(err));
    }

    @Test
    void nothingIsColouredWhereThereIsNoTerminal() {
        run("--help");
        assertFalse(text(out).contains("\u001b"), text(out));
    }

    @Test
    void aCallWithoutACommandIsAtFault() {
        assertEquals(Main.USAGE, run());
        assertEquals("", text(out));
        assertTrue(text(err).contains("Usage: gradc"), text(err));
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertEquals(Main.USAGE, run("--no-such-option"));
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
