package dev.gradc.emit.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What JavaPoet writes as a person would lay it out: empty blocks and short comments on one line, private fields one below the other, and no
 * blanks at the ends of lines.
 */
public final class Tidying {

    /** The longest comment that stands on one line. */
    private static final int SHORT_COMMENT = 108;

    private final List<String> lines = new ArrayList<>();

    private Tidying() {}

    public static String of(String text) {
        Tidying tidy = new Tidying();
        text.lines().map(String::stripTrailing).forEach(tidy::add);
        return String.join("\n", tidy.lines) + "\n";
    }

    private void add(String line) {
        String text = line.strip();
        if (text.startsWith("}") && last(0).endsWith("{")) {
            replace(1, last(0) + text);
        } else if (text.equals("*/") && last(1).strip().equals("/**") && isShort(last(0).strip())) {
            replace(2, last(1) + last(0).strip().substring(1) + " */");
        } else if (isPrivateField(text) && last(0).isEmpty() && isPrivateField(last(1).strip())) {
            replace(1, line);
        } else {
            lines.add(line);
        }
    }

    /** The last line so far, the one before it, … */
    private String last(int back) {
        int place = lines.size() - 1 - back;
        return place < 0 ? "" : lines.get(place);
    }

    private void replace(int count, String line) {
        lines.subList(lines.size() - count, lines.size()).clear();
        lines.add(line);
    }

    private static boolean isShort(String comment) {
        return comment.startsWith("* ") && comment.charAt(2) != '@' && comment.length() - 2 <= SHORT_COMMENT;
    }

    private static boolean isPrivateField(String text) {
        return text.startsWith("private ") && text.endsWith(";");
    }
}
