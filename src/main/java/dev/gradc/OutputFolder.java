package dev.gradc;

import dev.gradc.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Writes files below a folder, each at once or not at all, and only if its content changes. */
public final class OutputFolder {

    private final Path root;

    public OutputFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Writes {@code text}.
     *
     * @param path relative to the folder; a way out of it is an error
     */
    public void write(String path, String text) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw new DataException(path, "the path leads out of the output folder");
        }
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
                Files.createDirectories(file.getParent());
                replace(file, bytes);
            }
        } catch (IOException e) {
            throw Sources.unreadable(file.toString(), e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
        try {
            Files.write(temporary, bytes);
            // As a new file would be made; a temporary one is for its owner only.
            temporary.toFile().setReadable(true, false);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
