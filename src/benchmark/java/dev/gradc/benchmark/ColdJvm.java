package dev.gradc.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** A class run in a JVM of its own that knows only a jar of the benchmarks. */
final class ColdJvm {

    /** The option with which the Vector API is there. */
    static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private static final Path JAR = jar();

    /** How long the process lived, and what it said. */
    record Run(double nanoseconds, String output) {}

    private ColdJvm() {}

    static Run run(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", JAR.toString(), main.getName()));
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            long end = System.nanoTime();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
            }
            return new Run(end - start, output.strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /** Starts {@code main} once and archives the classes that it loads; returns the options with which they are read from there. */
    static List<String> archive(Class<?> main, String... options) {
        Path archive = JAR.resolveSibling(main.getSimpleName() + ".jsa");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-XX:ArchiveClassesAtExit=" + archive);
        run(main, all.toArray(String[]::new));
        // It ends rather than does without the archive.
        return List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive);
    }

    /** The classes of the benchmarks in a jar: archives are made for jars only. */
    private static Path jar() {
        try {
            Path classes = Path.of(ColdJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = Files.createDirectories(classes.resolveSibling("cold")).resolve("benchmarks.jar");
            ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.err, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), "dev");
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
