package dev.gradc.emit.text;

import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Offsets;
import java.util.ArrayList;
import java.util.List;

/** Text of the source for comments: nothing in it can end the comment, start a tag, or be taken for an escape by javac. */
public final class JavadocText {

    /** A longer formula is cut off in a comment. */
    private static final int LONGEST = 200;

    /** What is shown of a source. */
    private static final int SOURCE_LINES = 100;

    private static final int SOURCE_LENGTH = 8_000;

    /** The width of Javadoc. */
    private static final int WIDTH = 108;

    private JavadocText() {}

    /** Prose for a Javadoc comment; line breaks stay. */
    public static String prose(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '@' -> result.append("&#64;");
                case '\\' -> result.append("&#92;");
                case '/' -> result.append(i > 0 && text.charAt(i - 1) == '*' ? "&#47;" : "/");
                case '*' -> result.append(i > 0 && text.charAt(i - 1) == '/' ? "&#42;" : "*");
                case '\n' -> result.append('\n');
                default -> result.append(isPrintable(c) ? c : ' ');
            }
        }
        return result.toString();
    }

    /** The documentation that a source gives for a declaration: its paragraphs, the lines broken anew. */
    public static String documentation(String text) {
        String joined = text.strip().replaceAll("(?<=\\S) *\n *(?=\\S)", " ");
        return wrapped(prose(joined).replaceAll("\n\\s*", "\n\n<p>"));
    }

    /** The beginning of a source that nobody would read to its end in a comment, else all of it. */
    public static String excerpt(String source) {
        int end = 0;
        for (int lines = 0; lines < SOURCE_LINES && end >= 0; lines++) {
            end = source.indexOf('\n', end + 1);
        }
        int most = Math.min(end < 0 ? source.length() : end, SOURCE_LENGTH);
        return most == source.length() ? source : cut(source, most).stripTrailing();
    }

    /** Paragraphs that are Javadoc already, broken into lines outside of braces and tags. */
    public static String wrapped(String text) {
        StringBuilder result = new StringBuilder();
        for (String paragraph : text.split("\n", -1)) {
            boolean tag = paragraph.startsWith("@");
            int column = 0;
            int depth = 0;
            int word = 0;
            for (int i = 0; i <= paragraph.length(); i++) {
                char c = i < paragraph.length() ? paragraph.charAt(i) : ' ';
                depth += c == '{' || c == '<' ? 1 : c == '}' || c == '>' ? -1 : 0;
                if (c == ' ' && (depth <= 0 || i == paragraph.length())) {
                    String piece = paragraph.substring(word, i);
                    if (column > 0 && column + 1 + piece.length() > WIDTH) {
                        result.append(tag ? "\n    " : "\n");
                        column = tag ? 4 : 0;
                    } else if (word > 0) {
                        result.append(' ');
                        column++;
                    }
                    result.append(piece);
                    column += piece.length();
                    word = i + 1;
                }
            }
            result.append('\n');
        }
        return result.substring(0, result.length() - 1);
    }

    /** A formula in a Javadoc comment, as code. */
    public static String code(String text) {
        String line = line(text);
        boolean plain =
                line.chars().allMatch(c -> c != '{' && c != '}' && c != '@' && c != '\\') && !line.contains("*/");
        return plain ? "{@code " + line + "}" : "<code>" + prose(line) + "</code>";
    }

    /** {@code W1[5,2]} as code, and how its entries lie. */
    public static String layout(Tensor tensor) {
        String text = code(tensor.toString());
        if (tensor.rank() == 0) {
            return text + ", one number";
        }
        if (tensor.rank() == 1) {
            return text;
        }
        String[] letters = {"i", "j", "k", "l", "m", "n"};
        if (tensor.rank() > letters.length) {
            return text + ", row by row";
        }
        List<Expr> subscripts = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int axis = 0; axis < tensor.rank(); axis++) {
            subscripts.add(Index.upTo(letters[axis], Constant.ONE));
            shown.add(letters[axis]);
        }
        String place = Offsets.of(Buffer.whole(tensor), subscripts).toString();
        return text + ", row by row: entry [" + String.join(",", shown) + "] at " + code(place);
    }

    /** What may follow {@code //}. */
    static String comment(String text) {
        return line(text).replace("\\", "\\\\");
    }

    private static String line(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().map(c -> isPrintable(c) ? c : ' ').forEach(result::appendCodePoint);
        return cut(result.toString().strip().replaceAll(" +", " "), LONGEST);
    }

    /** {@code text}, shortened to so many characters. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        // Half of an escaped backslash would escape what follows.
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.FORMAT
                && type != Character.UNASSIGNED;
    }
}
