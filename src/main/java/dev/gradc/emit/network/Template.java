package dev.gradc.emit.network;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A class of which nothing but names, types and sizes changes from network to network: words in capitals. */
final class Template {

    private static final Pattern WORD = Pattern.compile("\\b[A-Z_]+\\b");

    private final String resource;
    private final Map<String, String> replacements = new HashMap<>();

    Template(String resource) {
        this.resource = resource;
    }

    Template put(String word, Object text) {
        replacements.put(word, text.toString());
        return this;
    }

    /** Replaces what depends on the type of numbers. */
    Template put(Precision precision) {
        boolean single = precision == Precision.FLOAT;
        return put("TYPE", single ? "float" : "double")
                .put("BOXED", single ? "Float" : "Double")
                .put("VECTOR", single ? "FloatVector" : "DoubleVector")
                .put("DTYPE", single ? "F32" : "F64")
                .put("PUT", single ? "putFloat" : "putDouble")
                .put("GET_DOUBLE", (single ? "(float) " : "") + "buffer.getDouble()");
    }

    GeneratedFile write(String packageName, String className) {
        put("CLASS", className);
        // In one go: a network may be called like a word of the template.
        String text = WORD.matcher(read())
                .replaceAll(word -> Matcher.quoteReplacement(replacements.getOrDefault(word.group(), word.group())));
        String header = packageName.isEmpty() ? "" : "package " + packageName + ";\n\n";
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new GeneratedFile(folder + className + ".java", header + text);
    }

    private String read() {
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
