package dev.gradc.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
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

    /**
     * How long a process took, in nanoseconds.
     *
     * @param line the first that it said; empty if it said nothing
     * @param toLine until it had said that; until its end if it said nothing
     * @param toEnd until its end
     */
    record Run(String line, double toLine, double toEnd) {}

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
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            long said = System.nanoTime();
            output.transferTo(Writer.nullWriter());
            int status = process.waitFor();
            long end = System.nanoTime();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
            }
            return new Run(line == null ? "" : line, said - start, end - start);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /**
     * Runs {@code main} once and archives the classes that it loads, and from Java 25 on how they are linked.
     *
     * @return the options with which a JVM uses that, or else ends
     */
    static List<String> archive(String name, Class<?> main, String... options) {
        boolean cache = Runtime.version().feature() >= 25;
        Path archive = JAR.resolveSibling(name + ".archive");
        List<String> all = new ArrayList<>(List.of(options));
        all.add((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        run(main, all.toArray(String[]::new));
        return cache
                ? List.of("-XX:AOTMode=on", "-XX:AOTCache=" + archive)
                : List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive);
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
            String[] arguments = {"--create", "--file", jar.toString(), "-C", classes.toString(), "dev"};
            if (ToolProvider.findFirst("jar").orElseThrow().run(System.err, System.err, arguments) != 0) {
                throw new IllegalStateException("No jar of " + classes);
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
