package dev.gradc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    @TempDir
    private Path folder;

    @Test
    void npyInEveryOrderAndType() throws IOException {
        double[] rows = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(rows, array(npy("<f8", false, rows)).values());
        assertArrayEquals(rows, array(npy(">f4", false, rows)).values());
        assertArrayEquals(rows, array(npy("<i8", false, rows)).values());
        assertArrayEquals(rows, array(npy("|u1", false, rows)).values());
        assertArrayEquals(new int[] {2, 3}, array(npy("<i2", false, rows)).shape());
        assertArrayEquals(rows, array(npy("<f8", true, 1, 4, 2, 5, 3, 6)).values());
    }

    @Test
    void npzHoldsArraysByName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy("<f8", false, 1, 2, 3, 4, 5, 6));
            zip.putNextEntry(new ZipEntry("label.npy"));
            zip.write(npy("|u1", false, 0, 1, 0, 1, 0, 1));
        }
        DataSet set = read(bytes.toByteArray());
        assertEquals(java.util.Set.of("x", "label"), set.arrays().keySet());
    }

    @Test
    void idxAlsoCompressed() throws IOException {
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, (byte) 255};
        DataSet plain = read(idx);
        assertTrue(plain.grey());
        assertArrayEquals(
                new double[] {0, 1, 2, 3, 4, 255}, plain.arrays().get("").values());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(idx);
        }
        assertEquals(plain.arrays(), read(bytes.toByteArray()).arrays());
    }

    @Test
    void csvKeepsTextsAndGaps() throws IOException {
        Table table = read("name;a b\n\"x;\ny\";1e3\n?;-2\n").table().orElseThrow();
        assertEquals(java.util.List.of("name", "a b"), table.columns());
        assertEquals("x;\ny", table.text(0, 0).orElseThrow());
        assertEquals(1000, table.number(0, 1));
        assertTrue(table.isMissing(1, 0));
        // The second row begins on the fourth line.
        assertTrue(table.fault(1, 1, "why").getMessage().startsWith(folder.resolve("data") + ":4:3: error: why"));
    }

    /** Whatever a file holds, the outcome is data or a message. */
    @Test
    void brokenFilesGiveMessages() throws IOException {
        Random random = new Random(1);
        byte[][] sound = {
            npy("<f8", false, 1, 2, 3, 4, 5, 6),
            {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5},
            "a,b\n1,2\n\"3\",4\n".getBytes(StandardCharsets.UTF_8)
        };
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = sound[i % sound.length].clone();
            if (random.nextBoolean()) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            for (int change = 0; change < 2 && bytes.length > 0; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                read(bytes);
            } catch (DataException | SourceException | IOException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
            }
        }
    }

    @Test
    void aHeaderThatPromisesTooMuchIsRefused() {
        byte[] idx = {0, 0, 8, 3, 127, -1, -1, -1, 127, -1, -1, -1, 127, -1, -1, -1};
        assertThrows(DataException.class, () -> read(idx));
    }

    private NumberArray array(byte[] bytes) throws IOException {
        return read(bytes).arrays().get("");
    }

    private DataSet read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private DataSet read(byte[] bytes) throws IOException {
        return DataSet.read(Files.write(folder.resolve("data"), bytes).toString());
    }

    /** An array of 2 rows and 3 columns, as NumPy's format description has it. */
    private static byte[] npy(String type, boolean fortran, double... values) {
        String header =
                "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (2, 3), }";
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        ByteBuffer buffer =
                ByteBuffer.allocate(10 + header.length() + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        buffer.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        buffer.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type.substring(1)) {
                case "f8" -> buffer.putDouble(value);
                case "f4" -> buffer.putFloat((float) value);
                case "i8" -> buffer.putLong((long) value);
                case "i2" -> buffer.putShort((short) value);
                default -> buffer.put((byte) value);
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
