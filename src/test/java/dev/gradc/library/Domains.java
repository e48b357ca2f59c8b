package dev.gradc.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The domains of the library's functions, from {@code domains.txt}, which says how they are written. */
final class Domains {

    private final Map<String, List<List<Domain>>> lines = new LinkedHashMap<>();

    Domains() {
        text().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] parts = line.split(":", -1);
                    List<Domain> domains = parts[1].isBlank()
                            ? List.of()
                            : Stream.of(parts[1].split(";")).map(Domain::of).toList();
                    lines.computeIfAbsent(parts[0].strip(), key -> new ArrayList<>())
                            .add(domains);
                });
    }

    /** For each line of a function with so many parameters their domains; no domains if it gives no scalar. */
    List<List<Domain>> of(String name, int arity) {
        return lines.getOrDefault(name, List.of()).stream()
                .filter(domains -> domains.isEmpty() || domains.size() == arity)
                .toList();
    }

    private static String text() {
        try (InputStream stream = Domains.class.getResourceAsStream("domains.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of one parameter: fixed ones, or intervals to choose from. */
    record Domain(boolean fixed, List<Interval> intervals) {

        static Domain of(String text) {
            String stripped = text.strip();
            boolean fixed = stripped.startsWith("{");
            String inside = fixed ? stripped.substring(1, stripped.length() - 1) : stripped;
            return new Domain(
                    fixed,
                    Stream.of(inside.split(fixed ? "," : "\\|"))
                            .map(Interval::of)
                            .toList());
        }

        Interval any(RandomGenerator random) {
            return intervals.get(random.nextInt(intervals.size()));
        }
    }

    /** From {@code low} to {@code high}. */
    record Interval(double low, double high) {

        static Interval of(String text) {
            String[] ends = text.strip().split("\\.\\.");
            return new Interval(Double.parseDouble(ends[0]), Double.parseDouble(ends[ends.length - 1]));
        }

        /** A number well inside; one of any magnitude if the interval spans several. */
        double inside(RandomGenerator random) {
            double part = random.nextDouble(0.02, 0.98);
            return low > 0 && high / low > 100
                    ? low * Math.pow(high / low, part)
                    : high < 0 && low / high > 100 ? high * Math.pow(low / high, part) : low + part * (high - low);
        }

        /** How far {@code x} is from the nearer end. */
        double room(double x) {
            return Math.min(x - low, high - x);
        }
    }
}
