package dev.gradc.pipeline;

import dev.gradc.data.DataException;
import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads texts: files, and {@code -} for the standard input. */
public final class Sources {

    private static final String FOLDER = "a folder, not a file";

    private Sources() {}

    /**
     * The text of {@code path}, named as it was given.
     *
     * @throws DataException if there is no such text
     */
    public static SourceFile read(String path) {
        try {
            if (path.equals("-")) {
                return text("standard input", System.in.readAllBytes());
            }
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw new DataException(path, FOLDER);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return text(path, in.readAllBytes());
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw unreadable(path, e);
        }
    }

    /** What to tell the user of a file that could not be read or written. */
    public static DataException unreadable(String path, Exception e) {
        return new DataException(path, reason(path, e));
    }

    private static String reason(String path, Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (e instanceof AccessDeniedException) {
            return "access is denied";
        } else if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is a file, not a folder";
        } else if (e instanceof IOException && Files.isDirectory(Path.of(path))) {
            return FOLDER;
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }

    private static SourceFile text(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceFile(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new DataException(name, "not UTF-8");
        }
    }
}
