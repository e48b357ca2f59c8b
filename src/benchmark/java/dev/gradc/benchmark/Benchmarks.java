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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Compares what gradc generates with what else does the same work, and prints tables. Every contestant has a JVM of its own for every
 * piece of work, since a JVM that has run other code before compiles differently.
 *
 * <p>{@code -Deffort=full|quick|smoke} says how long to measure, {@code -Donly=IMAGES} what: all works whose names contain it.
 */
public final class Benchmarks {

    private final Effort effort;
    private final String only;

    private Benchmarks(Effort effort, String only) {
        this.effort = effort;
        this.only = only;
    }

    public static void main(String[] args) throws Exception {
        String effort = System.getProperty("effort", "full");
        new Benchmarks(Effort.valueOf(effort.toUpperCase(Locale.ROOT)), System.getProperty("only", "")).run();
        // PyTorch's threads would stay.
        System.exit(0);
    }

    private void run() throws IOException, RunnerException {
        print("Measured with effort %s on %s.%n", effort.name().toLowerCase(Locale.ROOT), machine());
        networks();
        threads();
        derivatives();
        if ("PARTS".contains(only)) {
            parts();
        }
        if ("START".contains(only)) {
            start();
        }
        if ("FASHION".contains(only)) {
            fashion();
        }
    }

    private <E extends Enum<E>> List<E> chosen(E[] works) {
        return Arrays.stream(works).filter(work -> work.name().contains(only)).toList();
    }

    // ---- The tables

    private void networks() throws RunnerException {
        List<Network> works = chosen(Network.values());
        if (works.isEmpty()) {
            return;
        }
        print(
                "%n| network | PyTorch | 2 threads | Encog | gradc vector | × PyTorch | × Encog | gradc portable | × PyTorch"
                        + " | × Encog |%n|---|---|---|---|---|---|---|---|---|---|%n");
        for (Network work : works) {
            boolean trains = work.batch > 1;
            List<Contestant> contestants = new ArrayList<>(List.of(PYTORCH, PYTORCH_2, VECTOR, PORTABLE));
            if (Encog.has(work)) {
                contestants.add(ENCOG);
            }
            if (trains) {
                Agreement.ofTraining(work, contestants);
            } else {
                Agreement.ofInference(work, contestants);
            }
            Map<Contestant, Result<?>> times = measure(trains ? Training.class : Inference.class, work, contestants);
            print(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    trains ? "train " + work.title + ", batch " + work.batch : "ask " + work.title,
                    time(times.get(PYTORCH)),
                    time(times.get(PYTORCH_2)),
                    time(times.get(ENCOG)),
                    time(times.get(VECTOR)),
                    ratio(times.get(PYTORCH), times.get(VECTOR)),
                    ratio(times.get(ENCOG), times.get(VECTOR)),
                    time(times.get(PORTABLE)),
                    ratio(times.get(PYTORCH), times.get(PORTABLE)),
                    ratio(times.get(ENCOG), times.get(PORTABLE)));
        }
    }

    private void threads() throws RunnerException {
        Network work = Network.DEEP_IMAGES_128;
        if (!work.name().contains(only)) {
            return;
        }
        List<Contestant> contestants = List.of(VECTOR, VECTOR_2, PORTABLE, PORTABLE_2);
        Agreement.ofTraining(work, contestants);
        Map<Contestant, Result<?>> times = measure(Training.class, work, contestants);
        print("%n| two threads against one | one | two | × one |%n|---|---|---|---|%n");
        threads("vector", work, times.get(VECTOR), times.get(VECTOR_2));
        threads("portable", work, times.get(PORTABLE), times.get(PORTABLE_2));
    }

    private static void threads(String backend, Network work, Result<?> one, Result<?> two) {
        print(
                "| train %s, batch %d, gradc %s | %s | %s | %s |%n",
                work.title, work.batch, backend, time(one), time(two), ratio(one, two));
    }

    private void derivatives() throws RunnerException {
        List<Problem> works = chosen(Problem.values());
        if (works.isEmpty()) {
            return;
        }
        print(
                "%n| value and derivatives | Hipparchus | by hand | gradc vector | × by hand | gradc portable | × by hand |%n");
        print("|---|---|---|---|---|---|---|%n");
        for (Problem work : works) {
            List<Contestant> contestants = work.contestants();
            Agreement.ofDerivatives(work, contestants);
            Map<Contestant, Result<?>> times = measure(Derivatives.class, work, contestants);
            print(
                    "| %s | %s | %s | %s | %s | %s | %s |%n",
                    work.title,
                    time(times.get(HIPPARCHUS)),
                    time(times.get(BY_HAND)),
                    time(times.get(VECTOR)),
                    ratio(times.get(BY_HAND), times.get(VECTOR)),
                    time(times.get(PORTABLE)),
                    ratio(times.get(BY_HAND), times.get(PORTABLE)));
        }
    }

    private void parts() throws RunnerException {
        print("%n| bytes of a method, at most | value and gradient of 3,000 terms |%n|---|---|%n");
        for (RunResult run : measure(new OptionsBuilder().include("^" + Parts.class.getName() + "\\."))) {
            print("| %s | %s |%n", run.getParams().getParam("bytes"), time(median(run.getPrimaryResult())));
        }
    }

    private void start() {
        double[] medians = Start.measure();
        print(
                "%nFirst answer of 784-128-10 from the start of the JVM, beyond the %s of an empty `main`: ",
                time(medians[0]));
        print("vector %s, portable %s.%n", time(medians[2] - medians[0]), time(medians[1] - medians[0]));
    }

    private void fashion() {
        if (!Files.isDirectory(Fashion.DATA)) {
            print("%nNo Fashion-MNIST in %s.%n", Fashion.DATA);
            return;
        }
        ColdJvm.Run vector = ColdJvm.run(Fashion.Vector.class, "--add-modules", "jdk.incubator.vector");
        ColdJvm.Run portable = ColdJvm.run(Fashion.Portable.class);
        print("%nFashion-MNIST, 784-128-10, %d epochs from a cold JVM, one thread: ", Fashion.EPOCHS);
        print("vector %s, test accuracy %s; ", time(vector.nanoseconds()), vector.output());
        print("portable %s, test accuracy %s.%n", time(portable.nanoseconds()), portable.output());
    }

    // ---- Measuring

    private Map<Contestant, Result<?>> measure(Class<?> benchmark, Enum<?> work, List<Contestant> contestants)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\.")
                .param("work", work.name())
                .param("contestant", contestants.stream().map(Enum::name).toArray(String[]::new));
        Map<Contestant, Result<?>> results = new EnumMap<>(Contestant.class);
        measure(options)
                .forEach(run -> results.put(
                        Contestant.valueOf(run.getParams().getParam("contestant")), run.getPrimaryResult()));
        return results;
    }

    private Collection<RunResult> measure(ChainedOptionsBuilder options) throws RunnerException {
        // The tables alone go to the standard output.
        OutputFormat messages = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        return new Runner(effort.apply(options.shouldFailOnError(true)).build(), messages).run();
    }

    // ---- Writing

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
        System.out.flush();
    }

    /** The median, and half of what lies between the shortest and the longest. */
    private static String time(Result<?> result) {
        if (result == null) {
            return "";
        }
        Statistics times = result.getStatistics();
        double spread = 50 * (times.getMax() - times.getMin()) / median(result);
        return String.format(Locale.ROOT, "%s ±%.0f %%", time(median(result)), spread);
    }

    private static double median(Result<?> result) {
        return result.getStatistics().getPercentile(50);
    }

    private static String time(double nanoseconds) {
        String[] units = {"ns", "µs", "ms", "s"};
        double number = nanoseconds;
        int unit = 0;
        while (number >= 1000 && unit < 3) {
            number /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, number < 10 ? "%.2f %s" : number < 100 ? "%.1f %s" : "%.0f %s", number, units[unit]);
    }

    /** How many times as fast as the peer. */
    private static String ratio(Result<?> peer, Result<?> own) {
        return peer == null || own == null ? "" : String.format(Locale.ROOT, "**%.2f**", median(peer) / median(own));
    }

    private static String machine() throws IOException {
        List<String> parts = new ArrayList<>();
        Path processors = Path.of("/proc/cpuinfo");
        if (Files.isReadable(processors)) {
            Files.readAllLines(processors).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .ifPresent(line ->
                            parts.add(line.substring(line.indexOf(':') + 1).strip()));
        }
        parts.add(Runtime.getRuntime().availableProcessors() + " processors");
        parts.add(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        parts.add(System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return String.join(", ", parts);
    }
}
