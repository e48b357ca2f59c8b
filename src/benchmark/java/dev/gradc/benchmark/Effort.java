package dev.gradc.benchmark;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Effort {
    /** More than an hour: for numbers to quote. */
    FULL(3, 5, 2000),
    /** Some ten minutes. */
    QUICK(1, 3, 700),
    /** Whether everything runs. */
    SMOKE(1, 1, 10);

    private final int forks;
    private final int iterations;
    private final int milliseconds;

    Effort(int forks, int iterations, int milliseconds) {
        this.forks = forks;
        this.iterations = iterations;
        this.milliseconds = milliseconds;
    }

    ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
        TimeValue time = TimeValue.milliseconds(milliseconds);
        return options.forks(forks)
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time);
    }
}
