package dev.gradc.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code .safetensors}: eight bytes with the length of a JSON header, the header, the numbers. Checks everything the format
 * promises: types, sizes, and that the tensors cover the data once, without gaps.
 */
public final class Safetensors {

    /** As in the reference implementation: a longer header is an attack or a mistake. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final String name;
    private final ByteBuffer bytes;

    private Safetensors(String name, ByteBuffer bytes) {
        this.name = name;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The tensors in {@code file} by their names, as doubles. */
    public static Map<String, NumberArray> read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file));
    }

    /** @param name what messages call {@code bytes} */
    static Map<String, NumberArray> read(String name, byte[] bytes) {
        return new Safetensors(name, ByteBuffer.wrap(bytes)).tensors();
    }

    /** A tensor as the header describes it, its data from {@code begin} to {@code end}, exclusive. */
    private record Description(String name, NumberType type, List<Long> shape, long begin, long end) {}

    private Map<String, NumberArray> tensors() {
        if (bytes.limit() < 8) {
            throw fault("the file is shorter than its header");
        }
        long length = bytes.getLong(0);
        if (length < 2 || length > LONGEST_HEADER || length > bytes.limit() - 8) {
            throw fault("the header cannot be " + Long.toUnsignedString(length) + " bytes long");
        }
        String header = new String(bytes.array(), 8, (int) length, StandardCharsets.UTF_8);
        List<Description> descriptions;
        try (JsonParser parser = JSON.createParser(header)) {
            descriptions = descriptions(parser);
        } catch (JsonProcessingException e) {
            throw fault("the header is no JSON: " + e.getOriginalMessage());
        } catch (IOException | ArithmeticException e) {
            throw fault("the header cannot be read");
        }
        int start = 8 + (int) length;
        cover(descriptions, bytes.limit() - start);
        Map<String, NumberArray> tensors = new LinkedHashMap<>();
        for (Description description : descriptions) {
            tensors.put(description.name(), numbers(description, start));
        }
        return tensors;
    }

    private List<Description> descriptions(JsonParser parser) throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "the header");
        List<Description> all = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String tensor = parser.currentName();
            expect(parser.nextToken() == JsonToken.START_OBJECT, "'" + tensor + "'");
            if (tensor.equals("__metadata__")) {
                parser.skipChildren();
            } else if (all.stream().anyMatch(other -> other.name().equals(tensor))) {
                throw fault("'" + tensor + "' stands there twice");
            } else {
                all.add(description(tensor, parser));
            }
        }
        return all;
    }

    private Description description(String tensor, JsonParser parser) throws IOException {
        NumberType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "dtype" ->
                    type = NumberType.find(parser.getText())
                            .orElseThrow(() -> fault("'" + tensor + "' is of an unknown type"));
                case "shape" -> shape = longs(tensor, parser);
                case "data_offsets" -> offsets = longs(tensor, parser);
                default -> parser.skipChildren();
            }
        }
        expect(type != null && shape != null && offsets != null && offsets.size() == 2, "'" + tensor + "'");
        Description description = new Description(tensor, type, shape, offsets.get(0), offsets.get(1));
        long size = type.bytes();
        for (long extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        if (description.begin() > description.end() || description.end() - description.begin() != size) {
            throw fault("'" + tensor + "' is " + shape + " of " + type + ", which is " + size + " bytes, but has "
                    + (description.end() - description.begin()));
        }
        return description;
    }

    private List<Long> longs(String tensor, JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'" + tensor + "'");
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "'" + tensor + "'");
            long number = parser.getLongValue();
            expect(number >= 0 && number <= Integer.MAX_VALUE * 8L, "'" + tensor + "'");
            numbers.add(number);
        }
        return numbers;
    }

    private void cover(List<Description> descriptions, long size) {
        List<Description> sorted = new ArrayList<>(descriptions);
        sorted.sort(Comparator.comparingLong(Description::begin).thenComparingLong(Description::end));
        long end = 0;
        for (Description description : sorted) {
            if (description.begin() != end) {
                throw fault("there is a gap or an overlap before '" + description.name() + "'");
            }
            end = description.end();
        }
        if (end != size) {
            throw fault("the header describes " + end + " bytes of data, the file holds " + size);
        }
    }

    private NumberArray numbers(Description description, int start) {
        int width = description.type().bytes();
        double[] values = new double[(int) ((description.end() - description.begin()) / width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = description.type().read(bytes, start + (int) description.begin() + i * width);
        }
        return new NumberArray(
                description.shape().stream().mapToInt(Math::toIntExact).toArray(), values);
    }

    private void expect(boolean condition, String part) {
        if (!condition) {
            throw fault(part + " is not as the format has it");
        }
    }

    private DataException fault(String message) {
        return new DataException(name, "not a safetensors file: " + message);
    }
}
