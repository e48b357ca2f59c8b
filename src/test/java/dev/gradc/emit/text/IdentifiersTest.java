package dev.gradc.emit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\\.(\\w+);$");
    private static final Pattern WORD = Pattern.compile("\\b[A-Z]\\w+\\b");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"[^\"\n]*\"");

    /** A network Map would have a class Map, beside which the others could not read their own code. */
    @Test
    void noClassIsCalledAsOneThatGeneratedCodeUses() throws IOException {
        Set<String> used = new TreeSet<>(Set.of("Parameter"));
        try (Stream<Path> files = Files.walk(Path.of("generated"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
                used.addAll(IMPORT.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
                used.addAll(WORD.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .filter(IdentifiersTest::isOfJavaLang)
                        .toList());
            }
        }
        assertEquals(
                used.stream().map(name -> name + "_").collect(Collectors.toList()),
                used.stream().map(Identifiers::className).collect(Collectors.toList()));
        assertEquals("Rings", Identifiers.className("Rings"));
    }

    private static boolean isOfJavaLang(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }
}
