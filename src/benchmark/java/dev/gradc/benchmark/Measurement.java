package dev.gradc.benchmark;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH at work on a class of benchmarks, each value of a parameter in a JVM of its own. */
record Measurement(Effort effort) {

    /** The times of a piece of work, by who did it. */
    Map<Contestant, Times> of(Class<?> benchmark, Enum<?> work, List<Contestant> contestants) throws RunnerException {
        ChainedOptionsBuilder options = options(benchmark)
                .param("work", work.name())
                .param("contestant", contestants.stream().map(Enum::name).toArray(String[]::new));
        Map<Contestant, Times> times = new EnumMap<>(Contestant.class);
        run(options, "contestant").forEach((name, time) -> times.put(Contestant.valueOf(name), time));
        return times;
    }

    /** The times for each value of the only parameter. */
    Map<String, Times> of(Class<?> benchmark, String parameter) throws RunnerException {
        return run(options(benchmark), parameter);
    }

    private ChainedOptionsBuilder options(Class<?> benchmark) {
        return effort.apply(new OptionsBuilder().include("^" + benchmark.getName() + "\\."))
                .shouldFailOnError(true);
    }

    private static Map<String, Times> run(ChainedOptionsBuilder options, String parameter) throws RunnerException {
        // The tables alone go to the standard output.
        OutputFormat messages = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        Map<String, Times> times = new LinkedHashMap<>();
        for (RunResult run : new Runner(options.build(), messages).run()) {
            times.put(
                    run.getParams().getParam(parameter),
                    new Times(run.getPrimaryResult().getStatistics()));
        }
        return times;
    }
}
