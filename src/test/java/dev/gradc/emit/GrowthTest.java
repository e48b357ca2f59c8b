package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.DeepStack;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The compiler's work grows as the formula does. Four times the formula takes hardly more than four times the memory, which is the same on
 * every run; what is quadratic without memory shows in the processor's time, of which it may take three times its share.
 */
@Tag("slow")
class GrowthTest {

    private static final int SMALL = 250;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> formulas() {
        return Stream.of(
                of("a sum of terms", n -> "function f(x, y) = " + joined(n, " + ", i -> "sin(" + i + ".5*x)*y")),
                of(
                        "a product of factors",
                        n -> "function f(x[9]) = " + joined(n, "*", i -> "(x[" + i % 9 + "] + " + i + ")")),
                of("a nest", n -> "function f(x) = " + "sin(1 + ".repeat(n) + "x" + ")".repeat(n)),
                of(
                        "lines",
                        n -> "function f(x, y) {\n  a0 = x\n"
                                + joined(n, "", i -> "  a" + (i + 1) + " = sin(a" + i + ")*y\n") + "  return a" + n
                                + "\n}"),
                of(
                        "lines of vectors",
                        n -> "function f(x[9]) {\n  a0 = x\n"
                                + joined(n, "", i -> "  a" + (i + 1) + "[i] = sin(a" + i + "[i])*a" + i + "[8-i]\n")
                                + "  return sum(a" + n + ")\n}"),
                of(
                        "reductions",
                        n -> "function f(x[9]) {\n  a0 = x[0]\n"
                                + joined(
                                        n,
                                        "",
                                        i -> "  a" + (i + 1) + " = a" + i + " + sum[i](x[i]*x[8-i])*a" + i + "\n")
                                + "  return a" + n + "\n}"),
                of(
                        "entries",
                        n -> "function f(x[" + n + "]) = " + joined(n, " + ", i -> "x[" + i + "]^2*x[" + i / 2 + "]")),
                of(
                        "a maximum",
                        n -> "function f(x[" + n + "]) = max(" + joined(n, ", ", i -> "sin(x[" + i + "])") + ")"),
                of(
                        "calls",
                        n -> "function g(z) = z*tanh(z)\nfunction f(x) = "
                                + joined(n, " + ", i -> "g(x + " + i + ")")));
    }

    private static Arguments of(String name, IntFunction<String> formula) {
        return Arguments.of(name, formula);
    }

    private static String joined(int n, String separator, IntFunction<String> part) {
        return IntStream.range(0, n).mapToObj(part).collect(Collectors.joining(separator));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formulas")
    void isLinear(String name, IntFunction<String> formula) {
        work(formula.apply(SMALL));
        Work once = work(formula.apply(SMALL));
        Work fourTimes = work(formula.apply(4 * SMALL));
        assertTrue(fourTimes.bytes < 4.8 * once.bytes, name + ": " + once + ", " + fourTimes);
        assertTrue(fourTimes.nanoseconds < 12 * once.nanoseconds, name + ": " + once + ", " + fourTimes);
    }

    /** What a compilation has allocated, and how long a processor was busy with it. */
    private record Work(long bytes, long nanoseconds) {}

    private static Work work(String function) {
        // On a thread of its own, whose time and memory it is.
        return DeepStack.call(() -> {
            long thread = Thread.currentThread().getId();
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            long nanoseconds = THREADS.getCurrentThreadCpuTime();
            Generated.files(function + " derive gradient", Precision.DOUBLE);
            return new Work(
                    THREADS.getThreadAllocatedBytes(thread) - bytes, THREADS.getCurrentThreadCpuTime() - nanoseconds);
        });
    }
}
