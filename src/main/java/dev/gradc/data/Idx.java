package dev.gradc.data;

import java.nio.ByteBuffer;

/**
 * Reads the IDX format of the MNIST images: two zeros, a byte for the type, one for the number of axes, the extents as big-endian
 * integers of four bytes, then the numbers, big-endian.
 */
final class Idx {

    private static final int UNSIGNED_BYTE = 0x08;

    private Idx() {}

    static boolean is(byte[] bytes) {
        return Bytes.startsWith(bytes, 0, 0) && bytes.length >= 4 && width(bytes[2]) > 0;
    }

    /** Whether it holds unsigned bytes, as grey values are. */
    static boolean isBytes(byte[] bytes) {
        return bytes[2] == UNSIGNED_BYTE;
    }

    static NumberArray read(String name, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int rank = bytes[3] & 0xff;
        int start = 4 + 4 * rank;
        if (bytes.length < start) {
            throw new DataException(name, "the file ends within its header");
        }
        int[] shape = new int[rank];
        long size = 1;
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = buffer.getInt(4 + 4 * axis);
            size = shape[axis] < 0 || size > bytes.length ? Long.MAX_VALUE : size * shape[axis];
        }
        int width = width(bytes[2]);
        if (size > bytes.length || size * width != bytes.length - start) {
            throw new DataException(
                    name,
                    "the header tells of " + NumberArray.text(shape) + " numbers of " + width
                            + " bytes, the file holds " + (bytes.length - start) + " bytes");
        }
        double[] values = new double[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(buffer, bytes[2], start + i * width);
        }
        return new NumberArray(shape, values);
    }

    private static int width(byte type) {
        return switch (type) {
            case UNSIGNED_BYTE, 0x09 -> 1;
            case 0x0b -> 2;
            case 0x0c, 0x0d -> 4;
            case 0x0e -> 8;
            default -> 0;
        };
    }

    private static double number(ByteBuffer buffer, byte type, int at) {
        return switch (type) {
            case UNSIGNED_BYTE -> buffer.get(at) & 0xff;
            case 0x09 -> buffer.get(at);
            case 0x0b -> buffer.getShort(at);
            case 0x0c -> buffer.getInt(at);
            case 0x0d -> buffer.getFloat(at);
            default -> buffer.getDouble(at);
        };
    }
}
