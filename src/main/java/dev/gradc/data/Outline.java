package dev.gradc.data;

import dev.gradc.print.Numbers;
import java.util.List;
import java.util.Map;

/** Writes a JSON value for people: one name a line, what belongs to it indented, matrices with a row a line. */
public final class Outline {

    private final StringBuilder text = new StringBuilder();

    private Outline() {}

    /** The lines of {@code json}, without a final line end; a single value is printed bare. */
    public static String of(Json.Fields json) {
        Outline outline = new Outline();
        if (json.fields().size() == 1) {
            outline.value(json.fields().values().iterator().next(), 0);
        } else {
            outline.fields(json, 0);
        }
        return outline.text.toString().strip();
    }

    /** The number, or the rows. */
    public static String of(NumberArray array) {
        Outline outline = new Outline();
        outline.array(array, 0, 0, 0);
        return outline.text.toString();
    }

    private void fields(Json.Fields json, int indent) {
        for (Map.Entry<String, Json> field : json.fields().entrySet()) {
            line(indent);
            text.append(field.getKey()).append(':');
            Json value = field.getValue();
            if (value instanceof Json.Numbers numbers && numbers.array().rank() < 2) {
                text.append(' ');
            } else if (!(value instanceof Json.Fields)) {
                line(indent + 1);
            }
            value(value, indent + 1);
        }
    }

    private void value(Json json, int indent) {
        if (json instanceof Json.Fields fields) {
            fields(fields, indent);
        } else if (json instanceof Json.Items items) {
            items(items.items(), indent);
        } else if (json instanceof Json.Text string) {
            text.append(string.text());
        } else if (json instanceof Json.Numbers numbers) {
            array(numbers.array(), 0, 0, indent);
        }
    }

    private void items(List<? extends Json> items, int indent) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                line(indent);
            }
            value(items.get(i), indent);
        }
    }

    private int array(NumberArray array, int axis, int offset, int indent) {
        if (axis == array.rank()) {
            text.append(Numbers.of(array.values()[offset]));
            return offset + 1;
        }
        text.append('[');
        int end = offset;
        for (int i = 0; i < array.shape()[axis]; i++) {
            if (i > 0) {
                text.append(',');
                if (axis < array.rank() - 1) {
                    line(indent);
                    text.append(" ".repeat(axis + 1));
                } else {
                    text.append(' ');
                }
            }
            end = array(array, axis + 1, end, indent);
        }
        text.append(']');
        return end;
    }

    private void line(int indent) {
        text.append('\n').append("  ".repeat(indent));
    }
}
