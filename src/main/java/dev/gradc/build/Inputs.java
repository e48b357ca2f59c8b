package dev.gradc.build;

import dev.gradc.build.Compilation.Request;
import dev.gradc.pipeline.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that the outcome of a compilation depends on: the sources and what they may import, the options, the compiler. */
final class Inputs {

    private Inputs() {}

    /**
     * Equal for two compilations only if they have the same outcome.
     *
     * @throws dev.gradc.data.DataException if a source cannot be read
     */
    static String fingerprint(Request request) {
        Path root = request.sourceRoot().orElse(Path.of("")).toAbsolutePath().normalize();
        Fingerprint fingerprint = new Fingerprint();
        addCompiler(fingerprint);
        fingerprint.add(request.product().toString());
        fingerprint.add(request.options().toString());
        fingerprint.add(request.packageName().toString());
        fingerprint.add(new TreeMap<>(request.settings()).toString());
        request.files().forEach(file -> fingerprint.add(relative(Path.of(file), root)));
        texts(request, root).forEach((path, file) -> fingerprint.add(path).add(content(file)));
        return fingerprint.finish();
    }

    /** The version and, since that of a snapshot stays the same, the content of the jar. */
    private static void addCompiler(Fingerprint fingerprint) {
        fingerprint.add(Version.current());
        CodeSource source = Inputs.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null ? null : Path.of(source.getLocation().toURI());
            if (jar != null && Files.isRegularFile(jar)) {
                fingerprint.add(content(jar));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sources and, as no import leaves the source root, all that they can import, by their paths. */
    private static Map<String, Path> texts(Request request, Path root) {
        Map<String, Path> texts = new TreeMap<>();
        request.files().forEach(file -> texts.put(relative(Path.of(file), root), Path.of(file)));
        if (request.sourceRoot().isPresent() && Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                files.filter(file -> file.toString().endsWith(".nn") && Files.isRegularFile(file))
                        .forEach(file -> texts.put(relative(file, root), file));
            } catch (IOException e) {
                throw Sources.unreadable(root.toString(), e);
            } catch (UncheckedIOException e) {
                throw Sources.unreadable(root.toString(), e.getCause());
            }
        }
        return texts;
    }

    private static String relative(Path file, Path root) {
        return root.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Sources.unreadable(file.toString(), e);
        }
    }
}
