package dev.gradc.data;

import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a file of data holds: arrays with names, one array without a name, or a table.
 *
 * @param arrays the arrays of an {@code .npz} file by their names; the one of an {@code .npy} or IDX file under the empty name
 * @param grey whether the numbers are grey values from 0 to 255
 */
public record DataSet(Map<String, NumberArray> arrays, Optional<Table> table, boolean grey) {

    /**
     * Reads CSV, {@code .npy}, {@code .npz} or IDX; which of them, the content tells, and whether it is compressed by gzip.
     *
     * @throws IOException if the file cannot be read
     */
    public static DataSet read(String path) throws IOException {
        byte[] bytes = Bytes.read(Path.of(path));
        if (Npy.is(bytes)) {
            return new DataSet(Map.of("", Npy.read(path, bytes)), Optional.empty(), false);
        }
        if (Npy.isArchive(bytes)) {
            return new DataSet(Npy.readArchive(path, bytes), Optional.empty(), false);
        }
        if (Idx.is(bytes)) {
            return new DataSet(Map.of("", Idx.read(path, bytes)), Optional.empty(), Idx.isBytes(bytes));
        }
        return new DataSet(Map.of(), Optional.of(Table.read(new SourceFile(path, text(path, bytes)))), false);
    }

    private static String text(String path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(path, "neither CSV in UTF-8 nor NPY, NPZ or IDX");
        }
    }
}
