package dev.gradc.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value to be written. {@link #toString} writes it on one line; doubles come back as they were, and {@code NaN}, {@code
 * Infinity} and {@code -Infinity} are strings.
 */
public sealed interface Json {

    /** An object; its fields keep their order. */
    record Fields(Map<String, Json> fields) implements Json {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** An object of two fields. */
        public static Fields of(String first, Json one, String second, Json other) {
            Map<String, Json> fields = new LinkedHashMap<>();
            fields.put(first, one);
            fields.put(second, other);
            return new Fields(fields);
        }

        @Override
        public String toString() {
            return Writing.text(this);
        }
    }

    /** An array. */
    record Items(List<? extends Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return Writing.text(this);
        }
    }

    /** A number, or arrays of numbers nested as the shape says. */
    record Numbers(NumberArray array) implements Json {
        @Override
        public String toString() {
            return Writing.text(this);
        }
    }

    /** A string. */
    record Text(String text) implements Json {
        @Override
        public String toString() {
            return Writing.text(this);
        }
    }

    /** Writes values through Jackson. */
    final class Writing {

        private static final JsonFactory JSON = new JsonFactory();

        private final JsonGenerator generator;

        private Writing(JsonGenerator generator) {
            this.generator = generator;
        }

        private static String text(Json json) {
            StringWriter text = new StringWriter();
            try (JsonGenerator generator = JSON.createGenerator(text)) {
                new Writing(generator).value(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        }

        private void value(Json json) throws IOException {
            if (json instanceof Fields object) {
                generator.writeStartObject();
                for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                    generator.writeFieldName(field.getKey());
                    value(field.getValue());
                }
                generator.writeEndObject();
            } else if (json instanceof Items array) {
                generator.writeStartArray();
                for (Json item : array.items()) {
                    value(item);
                }
                generator.writeEndArray();
            } else if (json instanceof Text text) {
                generator.writeString(text.text());
            } else if (json instanceof Numbers numbers) {
                numbers(numbers.array(), 0, 0);
            }
        }

        /** Writes the part from {@code offset} on that lies inside {@code axis} axes; returns where it ends. */
        private int numbers(NumberArray array, int axis, int offset) throws IOException {
            if (axis == array.rank()) {
                generator.writeNumber(array.values()[offset]);
                return offset + 1;
            }
            generator.writeStartArray();
            int end = offset;
            for (int i = 0; i < array.shape()[axis]; i++) {
                end = numbers(array, axis + 1, end);
            }
            generator.writeEndArray();
            return end;
        }
    }
}
