package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Images;
import dev.gradc.benchmark.portable.ImagesForward;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;

/** What a JVM does from its start: nothing, or it makes a network, asks it once, and prints the answer. */
enum Start {
    EMPTY("an empty `main`", Empty.class, false),
    EMPTY_WITH_MODULE("an empty `main` with the module", Empty.class, false, ColdJvm.VECTORS),
    EMPTY_ARCHIVED("an empty `main` with the module, classes archived", Empty.class, true, ColdJvm.VECTORS),
    PORTABLE("portable", Portable.class, false),
    PORTABLE_ARCHIVED("portable, classes archived", Portable.class, true),
    VECTOR("vector", Vector.class, false, ColdJvm.VECTORS),
    VECTOR_ARCHIVED("vector, classes archived", Vector.class, true, ColdJvm.VECTORS),
    VECTOR_NOT_OPTIMISED(
            "vector, classes archived, `-XX:TieredStopAtLevel=1`",
            Vector.class,
            true,
            ColdJvm.VECTORS,
            "-XX:TieredStopAtLevel=1");

    private static final int TIMES = 15;

    final String title;

    private final Class<?> main;
    private final boolean archived;
    private final String[] options;

    Start(String title, Class<?> main, boolean archived, String... options) {
        this.title = title;
        this.main = main;
        this.archived = archived;
        this.options = options;
    }

    static final class Empty {
        public static void main(String[] args) {}
    }

    static final class Portable {
        public static void main(String[] args) {
            ImagesForward forward = new ImagesForward(new Images(1), 1);
            forward.run(new float[784], 1);
            System.out.println(forward.p()[0]);
        }
    }

    static final class Vector {
        public static void main(String[] args) {
            var forward = new dev.gradc.benchmark.vector.ImagesForward(new dev.gradc.benchmark.vector.Images(1), 1);
            forward.run(new float[784], 1);
            System.out.println(forward.p()[0]);
        }
    }

    /** Until the answer is there, or the JVM at its end. All take turns, so that each meets the same neighbours. */
    static Map<Start, Times> measure() {
        Map<Start, String[]> options = new EnumMap<>(Start.class);
        Map<Start, ListStatistics> times = new EnumMap<>(Start.class);
        for (Start start : values()) {
            options.put(start, start.allOptions());
            times.put(start, new ListStatistics());
        }
        for (int i = 0; i < TIMES; i++) {
            times.forEach((start, list) -> list.addValue(start.nanoseconds(options.get(start))));
        }
        Map<Start, Times> results = new EnumMap<>(Start.class);
        times.forEach((start, list) -> results.put(start, new Times(list)));
        return results;
    }

    private double nanoseconds(String... allOptions) {
        ColdJvm.Run run = ColdJvm.run(main, allOptions);
        // To a network that has learnt nothing, an image of zeros may be each of ten things alike. A warning would come
        // before it.
        String answer = main == Empty.class ? "" : "0.1";
        if (!run.line().equals(answer)) {
            throw new IllegalStateException(this + " said " + run.line());
        }
        return run.toLine();
    }

    private String[] allOptions() {
        List<String> all = new ArrayList<>(List.of(options));
        if (archived) {
            all.addAll(ColdJvm.archive(name(), main, options));
        }
        return all.toArray(String[]::new);
    }
}
