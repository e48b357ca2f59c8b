package dev.gradc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs under {@code samples/}: those at its top and those of its folders, but not the projects deeper down. */
public final class SampleFiles {

    private static final Path FOLDER = Path.of("samples");

    private SampleFiles() {}

    /** In the order of their paths. */
    public static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            return files.filter(file -> file.toString().endsWith(".nn"))
                    .sorted()
                    .toList();
        }
    }

    /** The package of the classes that are generated from {@code sample}. */
    public static String packageOf(Path sample) {
        return sample.getParent().toString().replace('\\', '/').replace('/', '.');
    }
}
