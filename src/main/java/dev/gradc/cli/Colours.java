package dev.gradc.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Messages in the colours that programmers know from their compilers: the place bold, an error red, a warning yellow, the number of a
 * line blue, an advice cyan. Only colours are added: without them the text is the same, letter by letter.
 */
final class Colours {

    private static final List<IStyle> BOLD = List.of(Style.bold);
    private static final List<IStyle> ERROR = List.of(Style.bold, Style.fg_red);
    private static final List<IStyle> WARNING = List.of(Style.bold, Style.fg_yellow);
    private static final List<IStyle> GUTTER = List.of(Style.fg_blue);
    private static final List<IStyle> HINT = List.of(Style.fg_cyan);

    /** {@code rings.nn:7:9: error: inner dimensions differ}. */
    private static final Pattern HEAD = Pattern.compile("(\\S.*?: |)((error|warning|internal error)[:,])( .*)");

    /** {@code   7 | h = W1@x}, and below it {@code     |     ~~^~}. */
    private static final Pattern EXCERPT = Pattern.compile("(  (\\d*) *\\| )(.*)");

    private static final Pattern ADVICE = Pattern.compile("(  hint:)(.*)");

    private Colours() {}

    /** Some lines of messages, with colours. */
    static String of(String messages) {
        StringBuilder text = new StringBuilder();
        List<IStyle> severity = ERROR;
        for (String line : messages.split("(?<=\n)")) {
            String end = line.endsWith("\n") ? "\n" : "";
            Matcher head = HEAD.matcher(line.stripTrailing());
            Matcher excerpt = EXCERPT.matcher(line.stripTrailing());
            Matcher advice = ADVICE.matcher(line.stripTrailing());
            if (head.matches()) {
                severity = head.group(3).equals("warning") ? WARNING : ERROR;
                text.append(in(BOLD, head.group(1)) + in(severity, head.group(2)) + in(BOLD, head.group(4)) + end);
            } else if (excerpt.matches()) {
                boolean marks = excerpt.group(2).isEmpty();
                text.append(in(GUTTER, excerpt.group(1)) + in(marks ? severity : List.of(), excerpt.group(3)) + end);
            } else if (advice.matches()) {
                text.append(in(HINT, advice.group(1)) + advice.group(2) + end);
            } else {
                text.append(line);
            }
        }
        return text.toString();
    }

    private static String in(List<IStyle> styles, String text) {
        IStyle[] all = styles.toArray(IStyle[]::new);
        return all.length == 0 || text.isEmpty() ? text : Style.on(all) + text + Style.reset.on();
    }
}
