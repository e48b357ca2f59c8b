package dev.gradc.build;

import dev.gradc.data.DataException;
import dev.gradc.pipeline.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Writes and deletes files below a folder; writes each at once or not at all, and only if its content changes. */
public final class OutputFolder {

    private final Path root;

    public OutputFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The folder of {@code file}, which is to be written, made where there is none.
     *
     * @param others paths of other files, which are read or written, too
     * @throws DataException if {@code file} is a folder or one of these, or nothing can be written there
     */
    public static OutputFolder of(Path file, List<String> others) {
        Path whole = file.toAbsolutePath().normalize();
        if (whole.getFileName() == null || Files.isDirectory(whole)) {
            throw new DataException(file.toString(), "a folder, not a file");
        }
        if (others.stream().anyMatch(other -> isSame(whole, other))) {
            throw new DataException(file.toString(), "this file is in use: what is written here needs another name");
        }
        return new OutputFolder(whole.getParent()).made();
    }

    private static boolean isSame(Path file, String other) {
        try {
            Path path = Path.of(other).toAbsolutePath().normalize();
            return file.equals(path) || Files.exists(file) && Files.exists(path) && Files.isSameFile(file, path);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Where it is, absolute. */
    Path root() {
        return root;
    }

    /**
     * Makes the folder where there is none.
     *
     * @throws DataException if there can be none, or nothing can be written to it
     */
    OutputFolder made() {
        Path there = root;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new DataException(root.toString(), "no folder can be made here: " + there + " is a file");
        }
        if (!Files.isWritable(there)) {
            throw new DataException(root.toString(), "nothing can be written here: access to " + there + " is denied");
        }
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new DataException(root.toString(), "no folder can be made here, in " + there);
        }
        return this;
    }

    /**
     * Writes {@code text}.
     *
     * @param path relative to the folder; a way out of it is an error
     * @return whether the file was another before, or none
     */
    public boolean write(String path, String text) {
        Path file = resolve(path);
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return false;
            }
            Files.createDirectories(file.getParent());
            replace(file, bytes);
            return true;
        } catch (IOException e) {
            throw Sources.unreadable(file.toString(), e);
        }
    }

    /**
     * Deletes a file and the folders that are empty without it.
     *
     * @param path relative to the folder; a way out of it is an error
     * @return whether it was there
     */
    boolean delete(String path) {
        Path file = resolve(path);
        try {
            boolean existed = Files.deleteIfExists(file);
            Path folder = file.getParent();
            while (!folder.equals(root) && isEmpty(folder)) {
                Files.delete(folder);
                folder = folder.getParent();
            }
            return existed;
        } catch (IOException e) {
            throw Sources.unreadable(file.toString(), e);
        }
    }

    Path resolve(String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new DataException(path, "the path leads out of the output folder");
        }
        return file;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
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
