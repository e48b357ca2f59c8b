package dev.gradc.syntax;

import java.util.stream.Collectors;

/** Takes the stars and the indentation from a comment <code>/** … *&#47;</code>. */
final class Documentation {

    private Documentation() {}

    static String of(String comment) {
        String inside = comment.substring("/**".length(), comment.length() - "*/".length());
        return inside.lines()
                .map(Documentation::withoutStar)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** The line after its first star and one blank; what a line is indented by beyond that is the author's. */
    private static String withoutStar(String line) {
        String text = line.stripTrailing();
        String stripped = text.stripLeading();
        if (!stripped.startsWith("*")) {
            return stripped;
        }
        return stripped.startsWith("* ") ? stripped.substring(2) : stripped.substring(1);
    }
}
