package dev.gradc.benchmark;

import static dev.gradc.benchmark.Contestant.BY_HAND;
import static dev.gradc.benchmark.Contestant.ENCOG;
import static dev.gradc.benchmark.Contestant.HIPPARCHUS;
import static dev.gradc.benchmark.Contestant.PORTABLE;
import static dev.gradc.benchmark.Contestant.PORTABLE_2;
import static dev.gradc.benchmark.Contestant.PYTORCH;
import static dev.gradc.benchmark.Contestant.PYTORCH_2;
import static dev.gradc.benchmark.Contestant.VECTOR;
import static dev.gradc.benchmark.Contestant.VECTOR_2;
import static dev.gradc.benchmark.Times.ratio;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares what gradc generates with what else does the same work, and prints tables. Every contestant has a JVM of its own for every
 * piece of work, since a JVM that has run other code before compiles differently.
 *
 * <p>{@code -Deffort=full|quick|smoke} says how long to measure, {@code -Donly=IMAGES} what: all works whose names contain it.
 */
public final class Benchmarks {

    private final Measurement measurement;
    private final String only;

    private Benchmarks(Effort effort, String only) {
        measurement = new Measurement(effort);
        this.only = only;
    }

    public static void main(String[] args) throws Exception {
        Effort effort = Effort.valueOf(System.getProperty("effort", "full").toUpperCase(Locale.ROOT));
        System.out.printf(
                "Measured with effort %s on %s.%n", effort.name().toLowerCase(Locale.ROOT), Machine.description());
        new Benchmarks(effort, System.getProperty("only", "")).run();
        // PyTorch's threads would stay.
        System.exit(0);
    }

    private void run() throws IOException, RunnerException {
        networks(chosen(Network.values()));
        derivatives(chosen(Problem.values()));
        if ("START".contains(only)) {
            start();
        }
        if ("FASHION".contains(only)) {
            fashion();
        }
        if ("PARTS".equals(only)) {
            parts();
        }
        if ("CPP".equals(only)) {
            cpp();
        }
    }

    private <E extends Enum<E>> List<E> chosen(E[] works) {
        return Arrays.stream(works).filter(work -> work.name().contains(only)).toList();
    }

    private void networks(List<Network> works) throws RunnerException {
        if (works.isEmpty()) {
            return;
        }
        Table table = new Table(
                "network",
                "PyTorch",
                "2 threads",
                "Encog",
                "gradc vector",
                "× PyTorch",
                "× Encog",
                "gradc portable",
                "× PyTorch",
                "× Encog");
        Map<Network, Map<Contestant, Times>> results = new EnumMap<>(Network.class);
        for (Network work : works) {
            Agreement.of(work);
            Map<Contestant, Times> times =
                    measurement.of(work.trains() ? Training.class : Inference.class, work, work.contestants());
            results.put(work, times);
            table.row(
                    work.title(),
                    times.get(PYTORCH),
                    times.get(PYTORCH_2),
                    times.get(ENCOG),
                    times.get(VECTOR),
                    ratio(times.get(PYTORCH), times.get(VECTOR)),
                    ratio(times.get(ENCOG), times.get(VECTOR)),
                    times.get(PORTABLE),
                    ratio(times.get(PYTORCH), times.get(PORTABLE)),
                    ratio(times.get(ENCOG), times.get(PORTABLE)));
        }
        threads(results);
    }

    /** What a second thread brings to networks that have been trained with one and with two, and to work that needs no memory. */
    private void threads(Map<Network, Map<Contestant, Times>> results) throws RunnerException {
        Table table = new Table("two threads against one", "one", "two", "× one");
        results.forEach((work, times) -> {
            compare(table, work.title() + ", gradc vector", times.get(VECTOR), times.get(VECTOR_2));
            compare(table, work.title() + ", gradc portable", times.get(PORTABLE), times.get(PORTABLE_2));
        });
        Map<String, Times> registers = measurement.of(Registers.class, "threads");
        Times one = registers.get("1");
        String rate = String.format(Locale.ROOT, "%.0f GFLOP/s with one", Registers.OPERATIONS / one.median());
        compare(table, "multiply-adds in registers, " + rate, one, registers.get("2"));
    }

    private static void compare(Table table, String work, Times one, Times two) {
        if (two != null) {
            table.row(work, one, two, ratio(one, two));
        }
    }

    private void derivatives(List<Problem> works) throws RunnerException {
        if (works.isEmpty()) {
            return;
        }
        Table table = new Table(
                "value and derivatives",
                "C++, published",
                "Hipparchus",
                "by hand",
                "gradc vector",
                "× by hand",
                "gradc portable",
                "× by hand",
                "× Hipparchus");
        for (Problem work : works) {
            Agreement.of(work);
            Map<Contestant, Times> times = measurement.of(Derivatives.class, work, work.contestants());
            table.row(
                    work.title,
                    work.published(),
                    times.get(HIPPARCHUS),
                    times.get(BY_HAND),
                    times.get(VECTOR),
                    ratio(times.get(BY_HAND), times.get(VECTOR)),
                    times.get(PORTABLE),
                    ratio(times.get(BY_HAND), times.get(PORTABLE)),
                    ratio(times.get(HIPPARCHUS), times.get(PORTABLE)));
        }
    }

    private static void start() {
        Table table = new Table("first answer of 784-128-10", "from the start of the JVM", "beyond an empty `main`");
        Map<Start, Times> times = Start.measure();
        Times empty = times.remove(Start.EMPTY);
        table.row(Start.EMPTY.title, empty, null);
        times.forEach((start, time) -> table.row(start.title, time, Times.text(time.median() - empty.median())));
    }

    private static void fashion() {
        if (!Files.isDirectory(Fashion.DATA)) {
            System.out.printf("%nNo Fashion-MNIST in %s.%n", Fashion.DATA);
            return;
        }
        Table table = new Table(
                "Fashion-MNIST, 784-128-10, " + Fashion.EPOCHS + " epochs, one thread",
                "from a cold JVM",
                "test accuracy");
        ColdJvm.Run vector = ColdJvm.run(Fashion.Vector.class, ColdJvm.VECTORS);
        table.row("gradc vector", Times.text(vector.toEnd()), vector.line());
        ColdJvm.Run portable = ColdJvm.run(Fashion.Portable.class);
        table.row("gradc portable", Times.text(portable.toEnd()), portable.line());
    }

    private void cpp() throws IOException, RunnerException {
        Table table = new Table(
                "the same statements",
                "Java",
                "C++ `-O2`",
                "`-O3 -march=native -ffp-contract=off`",
                "`-O3 -march=native`",
                "published");
        for (Problem work : Cpp.problems().toList()) {
            table.row(
                    work.title,
                    measurement.of(Derivatives.class, work, List.of(PORTABLE)).get(PORTABLE),
                    Times.text(Cpp.median(work, "-O2")),
                    Times.text(Cpp.median(work, "-O3", "-march=native", "-ffp-contract=off")),
                    Times.text(Cpp.median(work, "-O3", "-march=native")),
                    work.published());
        }
    }

    private void parts() throws RunnerException {
        Table table = new Table("bytes of a method, at most", "value and gradient of 3,000 terms");
        measurement.of(Parts.class, "bytes").forEach(table::row);
    }
}
