package dev.gradc.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads NumPy's formats: {@code .npy}, an array, and {@code .npz}, a zip file of them. */
final class Npy {

    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([fiub])([1248])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    private final String name;
    private final ByteBuffer bytes;

    private Npy(String name, byte[] bytes) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean is(byte[] bytes) {
        return Bytes.startsWith(bytes, 0x93, 'N', 'U', 'M', 'P', 'Y');
    }

    static boolean isArchive(byte[] bytes) {
        return Bytes.startsWith(bytes, 'P', 'K');
    }

    /** The arrays of an archive by their names. */
    static Map<String, NumberArray> readArchive(String name, byte[] bytes) throws IOException {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] array = zip.readAllBytes();
                if (is(array)) {
                    arrays.put(entry.getName().replaceAll("\\.npy$", ""), read(name + ":" + entry.getName(), array));
                }
            }
        }
        return arrays;
    }

    static NumberArray read(String name, byte[] bytes) {
        return new Npy(name, bytes).read();
    }

    // Six bytes of magic, two of version, the length of the header, the header as a dictionary of Python, the numbers.
    private NumberArray read() {
        int begin = bytes.limit() > 6 && bytes.get(6) > 1 ? 12 : 10;
        if (bytes.limit() < begin) {
            throw fault("the file ends within its header");
        }
        int length = begin == 10 ? bytes.getShort(8) & 0xffff : bytes.getInt(8);
        if (length < 0 || length > bytes.limit() - begin) {
            throw fault("the file ends within its header");
        }
        String header = new String(bytes.array(), begin, length, StandardCharsets.UTF_8);
        Matcher type = find(TYPE, header, "numbers of a type that can be read: floats, integers, booleans");
        boolean columns = find(ORDER, header, "fortran_order").group(1).equals("True");
        int[] shape = Stream.of(find(SHAPE, header, "shape").group(1).split(","))
                .map(String::strip)
                .filter(extent -> !extent.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        int width = Integer.parseInt(type.group(3));
        long size = NumberArray.size(shape);
        if (size > bytes.limit() || size * width != bytes.limit() - begin - length) {
            throw fault("the header tells of " + NumberArray.text(shape) + " numbers of " + width
                    + " bytes, the file holds " + (bytes.limit() - begin - length) + " bytes");
        }
        bytes.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(type.group(2) + width, begin + length + i * width);
        }
        return new NumberArray(shape, columns ? byRows(shape, values) : values);
    }

    private double number(String type, int at) {
        return switch (type) {
            case "f8" -> bytes.getDouble(at);
            case "f4" -> bytes.getFloat(at);
            case "f2" -> NumberType.half(bytes.getShort(at));
            case "i8", "u8" -> bytes.getLong(at);
            case "i4" -> bytes.getInt(at);
            case "u4" -> bytes.getInt(at) & 0xffffffffL;
            case "i2" -> bytes.getShort(at);
            case "u2" -> bytes.getShort(at) & 0xffff;
            case "i1" -> bytes.get(at);
            case "u1", "b1" -> bytes.get(at) & 0xff;
            default -> throw fault("numbers of the type " + type);
        };
    }

    /** The entries row by row, from where the first index runs fastest. */
    private static double[] byRows(int[] shape, double[] columns) {
        double[] rows = new double[columns.length];
        int[] place = new int[shape.length];
        for (double value : columns) {
            int flat = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                flat = flat * shape[axis] + place[axis];
            }
            rows[flat] = value;
            for (int axis = 0; axis < shape.length && ++place[axis] == shape[axis]; axis++) {
                place[axis] = 0;
            }
        }
        return rows;
    }

    private Matcher find(Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw fault("the header tells of no " + what);
        }
        return matcher;
    }

    private DataException fault(String message) {
        return new DataException(name, "not as NumPy writes it: " + message);
    }
}
