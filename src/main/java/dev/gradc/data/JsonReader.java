package dev.gradc.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the arguments of a call: {@code {"x": 1.5, "A": [[1, 2], [3, 4]]}}. {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}
 * are numbers, too.
 */
public final class JsonReader {

    /** More axes than any tensor has. */
    private static final int DEEPEST = 32;

    private static final JsonFactory JSON = new JsonFactory();

    private static final Map<String, Double> WORDS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private final SourceFile file;
    private final JsonParser parser;

    private double[] values = new double[16];
    private int count;

    private JsonReader(SourceFile file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * A value read from a file.
     *
     * @param span where it stands
     */
    public record Entry(NumberArray array, Span span) {}

    /** The named values of {@code file}, in its order; what is wrong is thrown with its place. */
    public static Map<String, Entry> read(SourceFile file) {
        return read(file, JsonReader::object);
    }

    /** The array that is all of {@code file}. */
    public static NumberArray array(SourceFile file) {
        return read(file, JsonReader::array);
    }

    /** What is read of a text. */
    @FunctionalInterface
    private interface Part<T> {
        T of(JsonReader reader) throws IOException;
    }

    private static <T> T read(SourceFile file, Part<T> part) {
        try (JsonParser parser = JSON.createParser(file.text())) {
            JsonReader reader = new JsonReader(file, parser);
            T read = part.of(reader);
            if (parser.nextToken() != null) {
                throw reader.fault("the text goes on after this", "");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw located(file, offset(e.getLocation(), file), message(e), hint(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Entry> object() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw fault("an object is expected", "{\"x\": 1.5, \"A\": [[1, 2], [3, 4]]}");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (entries.containsKey(name)) {
                throw fault("'" + name + "' is given twice", "");
            }
            parser.nextToken();
            int start = offset();
            NumberArray array = numbers();
            entries.put(name, new Entry(array, new Span(file, start, end())));
        }
        return entries;
    }

    private NumberArray array() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw fault("an array is expected", "[[1, 2], [3, 4]]");
        }
        return numbers();
    }

    /** The numbers that start at the current token. */
    private NumberArray numbers() throws IOException {
        count = 0;
        int[] shape = value(0);
        return new NumberArray(shape, Arrays.copyOf(values, count));
    }

    /** Reads the value that starts at the current token and returns its shape. */
    private int[] value(int depth) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(number());
            case VALUE_STRING -> add(word());
            case START_ARRAY -> {
                return array(depth);
            }
            default -> throw fault("a number or an array of numbers is expected", "");
        }
        return new int[0];
    }

    private double number() throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw fault("the number is too large", "write \"Infinity\" if that is meant");
        }
        return value;
    }

    private double word() throws IOException {
        Double value = WORDS.get(parser.getText());
        if (value == null) {
            throw fault("a text is no number", "only \"NaN\", \"Infinity\" and \"-Infinity\" are");
        }
        return value;
    }

    private int[] array(int depth) throws IOException {
        if (depth == DEEPEST) {
            throw fault("arrays are nested more than " + DEEPEST + " deep", "");
        }
        int[] entry = null;
        int entries = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = offset();
            int[] shape = value(depth + 1);
            if (entry != null && !Arrays.equals(entry, shape)) {
                throw located(
                        file,
                        start,
                        "this entry is " + NumberArray.text(shape) + ", the first one " + NumberArray.text(entry),
                        "all rows of an array have the same length");
            }
            entry = shape;
            entries++;
        }
        int[] inner = entry == null ? new int[0] : entry;
        int[] shape = new int[inner.length + 1];
        shape[0] = entries;
        System.arraycopy(inner, 0, shape, 1, inner.length);
        return shape;
    }

    private void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(count, 2));
        }
        values[count++] = value;
    }

    private int offset() {
        return offset(parser.currentTokenLocation(), file);
    }

    private int end() {
        return Math.max(offset(), offset(parser.currentLocation(), file));
    }

    private static int offset(JsonLocation location, SourceFile file) {
        long offset = location == null ? 0 : location.getCharOffset();
        return (int) Math.max(0, Math.min(offset, file.text().length()));
    }

    private static String message(JsonProcessingException e) {
        // The parser's own words, without what it says about its source and its settings.
        String message =
                e.getOriginalMessage().replaceAll(" \\((start marker|for Array|for Object).*|: enable `.*", "");
        return "not JSON: " + message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
    }

    private static String hint(JsonProcessingException e) {
        return WORDS.keySet().stream().anyMatch(e.getOriginalMessage()::contains)
                ? "it stands in quotes: \"NaN\", \"Infinity\", \"-Infinity\""
                : "";
    }

    private SourceException fault(String message, String hint) {
        return located(file, offset(), message, hint);
    }

    private static SourceException located(SourceFile file, int offset, String message, String hint) {
        Diagnostic diagnostic = Diagnostic.error(new Span(file, offset, offset), message);
        return new SourceException(List.of(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint)));
    }
}
