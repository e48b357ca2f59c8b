package dev.gradc.task;

import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The extents that a user states for tensors, {@code A=3,3}; several may follow each other, as in {@code A=3,3,x=3}. */
final class Shapes {

    private static final Pattern PART = Pattern.compile("\\s*(?:([^=,\\s]+)\\s*=\\s*)?([1-9][0-9]{0,8})\\s*");

    private final Map<String, int[]> extents = new LinkedHashMap<>();
    private final Map<String, Span> places = new LinkedHashMap<>();

    private Shapes() {}

    /** Reads what stands behind every {@code --shape}. */
    static Shapes read(List<String> options) {
        Shapes shapes = new Shapes();
        options.forEach(shapes::read);
        return shapes;
    }

    private void read(String option) {
        SourceFile file = new SourceFile("--shape", option);
        String name = "";
        int start = 0;
        for (String part : option.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            Span span = new Span(file, start, start + part.length());
            boolean known = matcher.matches();
            name = known && matcher.group(1) != null ? matcher.group(1) : name;
            if (!known || name.isEmpty()) {
                throw new SourceException(List.of(Diagnostic.error(span, "a name with its extents is expected")
                        .withHint("A=3,4 is a matrix of 3 rows and 4 columns, x=4 a vector")));
            }
            if (matcher.group(1) != null && places.putIfAbsent(name, span) != null) {
                throw new SourceException(List.of(Diagnostic.error(span, name + " is given twice")));
            }
            int[] before = extents.getOrDefault(name, new int[0]);
            int[] longer = Arrays.copyOf(before, before.length + 1);
            longer[before.length] = Integer.parseInt(matcher.group(2));
            extents.put(name, longer);
            start += part.length() + 1;
        }
    }

    /** These, and those of what is {@code given}, which need not be stated. */
    Map<String, Shape> and(GivenValues given) {
        Map<String, Shape> all = new LinkedHashMap<>(given.shapes());
        extents.forEach((name, stated) -> all.put(name, Shape.of(stated)));
        return all;
    }

    /** Refuses a shape for what is none of {@code variables}, or has another one. */
    void check(List<Tensor> variables) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        variables.forEach(variable -> shapes.put(variable.name(), variable.shape()));
        List<Diagnostic> faults = new ArrayList<>();
        places.forEach((name, place) -> {
            Shape shape = shapes.get(name);
            Shape stated = Shape.of(extents.get(name));
            if (shape == null) {
                faults.add(Diagnostic.error(place, "there is no " + name));
            } else if (!shape.equals(stated)) {
                faults.add(Diagnostic.error(
                        place, name + " is " + (shape.rank() == 0 ? "a number" : shape) + ", not " + stated));
            }
        });
        if (!faults.isEmpty()) {
            throw new SourceException(faults);
        }
    }
}
