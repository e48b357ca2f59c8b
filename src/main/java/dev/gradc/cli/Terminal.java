package dev.gradc.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** What the stream for messages is connected to. Java tells this of its streams together only, and they may go to different places. */
final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /** Whether {@code stream} is this process's standard error, and that a terminal. */
    static boolean is(PrintStream stream) {
        try {
            return stream == System.err
                    && new ProcessBuilder("test", "-t", Integer.toString(STANDARD_ERROR))
                                    .inheritIO()
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            // There is no such command: no colours rather than signs that nobody can read.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether {@code stream} is to be coloured: if it is a terminal, and unless the user wants none ({@code NO_COLOR}). */
    static Ansi colours(PrintStream stream) {
        return wanted(System.getenv()) && is(stream) ? Ansi.ON : Ansi.OFF;
    }

    /** See no-color.org; a dumb terminal knows no colours. */
    static boolean wanted(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
