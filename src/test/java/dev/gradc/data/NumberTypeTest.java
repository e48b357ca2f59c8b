package dev.gradc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by their bytes, behind one byte that belongs to something else. */
class NumberTypeTest {

    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000f83f, 1.5",
        "F32, 000020c0, -2.5",
        "F16, 003e, 1.5",
        "F16, ff7b, 65504",
        "F16, 0100, 5.9604644775390625e-8",
        "F16, 00fc, -Infinity",
        "BF16, c03f, 1.5",
        "I64, fdffffffffffffff, -3",
        "I32, 07000000, 7"
    })
    void read(String name, String hex, double expected) {
        NumberType type = NumberType.find(name).orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("ff" + hex)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(bytes.capacity() - 1, type.bytes());
        assertEquals(expected, type.read(bytes, 1));
    }
}
