package dev.gradc.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class run in a JVM of its own that knows only the benchmarks. */
final class ColdJvm {

    /** How long the process lived, and what it said. */
    record Run(double nanoseconds, String output) {}

    private ColdJvm() {}

    static Run run(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", main.getProtectionDomain().getCodeSource().getLocation().getPath(), main.getName()));
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            long end = System.nanoTime();
            if (status != 0) {
                throw new IllegalStateException(main.getName() + " ended with status " + status);
            }
            return new Run(end - start, output.strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }
}
