package dev.gradc.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of numbers in {@code .safetensors} files, under the names that they have there. */
enum NumberType {
    F64(8) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getDouble(at);
        }
    },
    F32(4) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    F16(2) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return half(bytes.getShort(at));
        }
    },
    BF16(2) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << 16);
        }
    },
    I64(8) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    I32(4) {
        @Override
        double read(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    };

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** How many bytes a number takes. */
    int bytes() {
        return bytes;
    }

    /** The number that starts at byte {@code at}. */
    abstract double read(ByteBuffer buffer, int at);

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
