package dev.gradc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What stands in Java sources beside comments and the width of lines. */
public final class JavaTokens {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|(?:Strict)?Math\\.\\w+|\\w+(?:\\.\\d\\w*)?|\\S");

    private static final Set<String> TYPES = Set.of("int", "double", "float", "boolean");

    private JavaTokens() {}

    public static List<String> of(String source) {
        return TOKEN.matcher(COMMENT.matcher(source).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /**
     * The tokens in one text, in which every name but those of the JDK's mathematics is replaced by its number. A local variable has a
     * number of its own, also where the name was that of another one before.
     */
    public static String withoutNames(String source) {
        Map<String, String> numbers = new HashMap<>();
        List<String> tokens = of(source);
        StringJoiner text = new StringJoiner(" ");
        int count = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            boolean local = i > 0
                    && TYPES.contains(tokens.get(i - 1))
                    && tokens.get(i + 1).matches("[=;]");
            if (!token.matches("[\\p{L}_]\\w*")) {
                text.add(token);
                continue;
            }
            if (local || !numbers.containsKey(token)) {
                numbers.put(token, "name" + ++count);
            }
            text.add(numbers.get(token));
        }
        return text.toString();
    }
}
