package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.ir.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saving and loading what a model owns. */
class ParameterFileTest {

    private static final String SOURCE = """
            network Line {
              input x[2]
              target y
              param a.W[2] ~ normal(0, 1)
              param c = 0.5
              output o = a.W@x + c
              loss (o - y)^2
            }
            """;

    private static final String ENTRIES = "\"a.W\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
            + "\"c\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[16,24]}";

    private static Generated generated;

    @TempDir
    Path folder;

    @BeforeAll
    static void generate() throws Exception {
        generated = Generated.from(SOURCE);
    }

    private static Object model(long seed) throws Exception {
        return generated.construct("Line", seed);
    }

    @Test
    void whatIsSavedIsLoaded() throws Exception {
        Object saved = model(1);
        Object loaded = model(2);
        Path file = folder.resolve("line.safetensors");
        Generated.on(saved, "save", file);
        Generated.on(loaded, "load", file);
        assertArrayEquals(Generated.field(saved, "aW"), Generated.field(loaded, "aW"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "the temporary file is gone");
        }
        byte[] bytes = Files.readAllBytes(file);
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, header % 8);
        assertEquals(8 + header + 24, bytes.length);
        assertTrue(new String(bytes, 8, (int) header, StandardCharsets.UTF_8)
                .strip()
                .equals("{" + ENTRIES + "}"));
    }

    @Test
    void otherOrdersTypesAndMetadataAreRead() throws Exception {
        Path file = folder.resolve("other.safetensors");
        String header =
                "{ \"__metadata__\" : {\"by\":\"\\u0041 \\\"hand\\\"\"},\n\"c\":{\"data_offsets\":[0,4],\"shape\":[],"
                        + "\"dtype\":\"F32\"}, \"a.W\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}  ";
        write(
                file,
                header,
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(3)
                        .putFloat(1)
                        .putFloat(2));
        Object model = model(1);
        Generated.on(model, "load", file);
        assertArrayEquals(new double[] {1, 2}, Generated.field(model, "aW"));
        assertArrayEquals(new double[] {3}, Generated.field(model, "c"));
    }

    private static void write(Path file, String header, ByteBuffer data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(text.length).put(text).put(data.array());
        Files.write(file, all.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                               | the parameter a.W is missing",
                "{ENTRIES                                         | '}' expected at",
                "[]                                               | '{' expected at 0",
                "{ENTRIES}x                                       | more than one object",
                "{ENTRIES,\"c\":{\"dtype\":\"F64\"}}              | the tensor c stands there twice",
                "{ENTRIES,\"d\":{\"dtype\":\"F64\",\"shape\":[]}} | a tensor that is no parameter of Line: d",
                "{\"a.W\":{\"shape\":[2,-1]}}                     | a whole number expected",
                "{\"a.W\":{\"shape\":[99999999999999999999]}}     | a whole number expected",
                "{\"a.W\":{\"size\":2}}                           | the unknown key size",
                "{\"a.W                                           | a string without an end",
                "{\"a\\x                                          | an unknown escape",
                "{\"a.W\":{\"dtype\":\"I8\",\"shape\":[2]}}       | a.W is stored as I8, not as F32 or F64",
                "{\"a.W\":{\"dtype\":\"F64\",\"shape\":[3]}}      | a.W has the shape [3], not [2]",
                "{\"a.W\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}"
                        + " | the offsets of a.W are not those of 16 bytes in the file",
                "{\"a.W\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[16,32]}}"
                        + " | the offsets of a.W are not those of 16 bytes in the file",
            })
    void aMalformedHeaderIsAnIoException(String header, String message) throws Exception {
        Path file = folder.resolve("bad.safetensors");
        write(file, header.replace("ENTRIES", ENTRIES), ByteBuffer.allocate(24));
        refused(file, message);
    }

    @Test
    void aFileThatIsTooShortIsAnIoException() throws Exception {
        Path file = folder.resolve("short.safetensors");
        Files.write(file, new byte[3]);
        refused(file, "not in the safetensors format: no header");
        Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127});
        refused(file, "not in the safetensors format: no header");
        Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0});
        refused(file, "not in the safetensors format: no header");
        assertThrows(IOException.class, () -> Generated.on(model(1), "load", folder.resolve("none")));
        assertThrows(IOException.class, () -> Generated.on(model(1), "load", folder));
    }

    private static void refused(Path file, String message) throws Exception {
        Object model = model(1);
        double[] before = Generated.field(model, "aW").clone();
        String text = assertThrows(IOException.class, () -> Generated.on(model, "load", file))
                .getMessage();
        assertTrue(text.startsWith(file.toString()) && text.contains(message), text);
        assertArrayEquals(before, Generated.field(model, "aW"));
    }

    @Test
    void precisionsReadEachOther() throws Exception {
        Generated single = Generated.from(SOURCE, Precision.FLOAT);
        Object model = single.construct("Line", 1L);
        Path file = folder.resolve("single.safetensors");
        Generated.on(model, "save", file);
        Object loaded = model(2);
        Generated.on(loaded, "load", file);
        float[] values = (float[]) model.getClass().getField("aW").get(model);
        assertArrayEquals(new double[] {values[0], values[1]}, Generated.field(loaded, "aW"));
        Generated.on(loaded, "save", file);
        Generated.on(model, "load", file);
        assertArrayEquals(values, (float[]) model.getClass().getField("aW").get(model));
    }
}
