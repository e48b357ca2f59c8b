package dev.gradc.task;

import dev.gradc.data.JsonReader;
import dev.gradc.data.NumberArray;
import dev.gradc.pipeline.Formula;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code x=1.5,y=pi/2,v=[1, 2]}: values are numbers, formulas without variables, or arrays as in JSON. Messages point into
 * the text.
 */
final class Points {

    private final SourceFile file;
    private final Map<String, JsonReader.Entry> entries = new LinkedHashMap<>();

    private Points(SourceFile file) {
        this.file = file;
    }

    static Map<String, JsonReader.Entry> read(SourceFile text) {
        Points points = new Points(text);
        points.split();
        return points.entries;
    }

    private void split() {
        String text = file.text();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
            } else if (c == ',' && (depth <= 0 || i == text.length())) {
                add(start, i);
                start = i + 1;
            }
        }
    }

    private void add(int start, int end) {
        String text = file.text();
        int sign = text.indexOf('=', start);
        if (sign < 0 || sign >= end) {
            throw fault(start, end, "a name with its value is expected", "x=1.5,y=2");
        }
        String name = text.substring(start, sign).strip();
        if (entries.put(name, new JsonReader.Entry(value(sign + 1, end), span(start, end))) != null) {
            throw fault(start, end, name + " is given twice", "");
        }
    }

    private NumberArray value(int start, int end) {
        String value = file.text().substring(start, end).strip();
        if (value.startsWith("[")) {
            return JsonReader.array(new SourceFile(file.name(), value));
        }
        try {
            return NumberArray.scalar(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            Formula formula = Formula.parse(new SourceFile(file.name(), value), List.of(), Map.of());
            if (!formula.variables().isEmpty()) {
                throw fault(start, end, "a number is expected, not " + value, "");
            }
            return NumberArray.scalar(formula.evaluate(Map.of()).values()[0]);
        }
    }

    /** From {@code start} to {@code end} without blanks around it. */
    private Span span(int start, int end) {
        int first = start;
        while (first < end && Character.isWhitespace(file.text().charAt(first))) {
            first++;
        }
        return new Span(
                file,
                first,
                first + file.text().substring(first, end).stripTrailing().length());
    }

    private SourceException fault(int start, int end, String message, String hint) {
        Diagnostic diagnostic = Diagnostic.error(span(start, end), message);
        return new SourceException(List.of(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint)));
    }
}
