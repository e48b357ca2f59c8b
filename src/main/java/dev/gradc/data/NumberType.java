package dev.gradc.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of numbers in {@code .safetensors} files, under the names that they have there. */
enum NumberType {
    F64(8, ByteBuffer::getDouble),
    F32(4, ByteBuffer::getFloat),
    F16(2, (bytes, at) -> half(bytes.getShort(at))),
    BF16(2, (bytes, at) -> Float.intBitsToFloat(bytes.getShort(at) << 16)),
    I64(8, ByteBuffer::getLong),
    I32(4, ByteBuffer::getInt);

    private interface Reader {
        double read(ByteBuffer buffer, int at);
    }

    private final int bytes;
    private final Reader reader;

    NumberType(int bytes, Reader reader) {
        this.bytes = bytes;
        this.reader = reader;
    }

    /** How many bytes a number takes. */
    int bytes() {
        return bytes;
    }

    /** The number that starts at byte {@code at}. */
    double read(ByteBuffer buffer, int at) {
        return reader.read(buffer, at);
    }

    static Optional<NumberType> find(String name) {
        for (NumberType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** IEEE 754 binary16; Java has it only from version 20 on. */
    static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size;
        if (exponent == 31) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            size = Math.scalb((double) fraction, -24);
        } else {
            size = Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }
}
