package dev.gradc.task;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code A=3,3}: the extents of a tensor; several may follow each other, as in {@code A=3,3,x=3}. */
final class Shapes {

    private static final Pattern PART = Pattern.compile("\\s*(?:([^=,\\s]+)\\s*=\\s*)?([1-9][0-9]{0,8})\\s*");

    private Shapes() {}

    static Map<String, int[]> read(List<String> options) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (String option : options) {
            SourceFile file = new SourceFile("--shape", option);
            String name = "";
            int start = 0;
            for (String part : option.split(",", -1)) {
                Matcher matcher = PART.matcher(part);
                boolean known = matcher.matches();
                name = known && matcher.group(1) != null ? matcher.group(1) : name;
                if (!known || name.isEmpty()) {
                    throw new SourceException(List.of(Diagnostic.error(
                                    new Span(file, start, start + part.length()), "a name with its extents is expected")
                            .withHint("A=3,4 is a matrix of 3 rows and 4 columns, x=4 a vector")));
                }
                int[] extents = shapes.getOrDefault(name, new int[0]);
                int[] longer = Arrays.copyOf(extents, extents.length + 1);
                longer[extents.length] = Integer.parseInt(matcher.group(2));
                shapes.put(name, longer);
                start += part.length() + 1;
            }
        }
        return shapes;
    }
}
