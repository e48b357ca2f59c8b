package dev.gradc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands in Java sources beside comments and the width of lines. */
public final class JavaTokens {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|(?:Strict)?Math\\.\\w+|\\w+(?:\\.\\d\\w*)?|\\S");

    private JavaTokens() {}

    public static List<String> of(String source) {
        return TOKEN.matcher(COMMENT.matcher(source).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** The tokens in one text, in which every name but those of the JDK's mathematics is replaced by its number. */
    public static String withoutNames(String source) {
        Map<String, String> numbers = new HashMap<>();
        return of(source).stream()
                .map(token -> token.matches("[\\p{L}_]\\w*")
                        ? numbers.computeIfAbsent(token, name -> "name" + numbers.size())
                        : token)
                .collect(Collectors.joining(" "));
    }
}
