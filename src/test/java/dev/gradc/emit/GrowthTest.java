package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gradc.build.Generator;
import dev.gradc.emit.text.Options;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.print.Notation;
import dev.gradc.source.SourceFile;
import dev.gradc.task.Derivation;
import dev.gradc.task.DerivationRequest;
import dev.gradc.task.Explanation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        "a sum in a reduction",
                        n -> "function f(x[40,9], c) = sum[i:40,j:9](x[i,j] + "
                                + joined(n, " + ", i -> "c*sin(c + " + i + ")") + ")"),
                of(
                        "entries",
                        n -> "function f(x[" + n + "]) = " + joined(n, " + ", i -> "x[" + i + "]^2*x[" + i / 2 + "]")),
                of(
                        "a maximum",
                        n -> "function f(x[" + n + "]) = max(" + joined(n, ", ", i -> "sin(x[" + i + "])") + ")"),
                of(
                        "a sum of pieces",
                        n -> "function f(x, y) = "
                                + joined(n, " + ", i -> "(x < " + i + " ? " + i + ".5*y : sin(x + " + i + "))")),
                of(
                        "nested pieces",
                        n -> "function f(x) = " + joined(n, "", i -> "x < " + i + " ? sin(" + i + ".5*x) : ") + "x"),
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
        assertLinear(name, n -> {
            // Where somebody is shown the programs, one thread does it all, the one that is measured.
            Compiler compiler = new Compiler((pass, of, program) -> {});
            SourceFile source = new SourceFile("test.nn", formula.apply(n) + " derive gradient");
            new Generator(compiler, Options.DEFAULT).generate(compiler.check(source, Map.of()), "");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sin(", "1/(1 + "})
    void aLessonIsLinear(String layer) {
        assertLinear(
                layer,
                n -> Explanation.text(new Explanation.Request(
                        layer.repeat(n) + "x" + ")".repeat(n),
                        Optional.empty(),
                        List.of("x=0.5"),
                        List.of(),
                        Map.of())));
    }

    /** What long formulas have in common is looked for only where they are short: that begins between the two sizes. */
    @ParameterizedTest
    @CsvSource({"sin(, )", "1/(1 + , )", "x^(, )", "(1 + , )^x", "exp(-, )*x"})
    void whatPeopleReadIsLinear(String before, String after) {
        assertGrowth(
                6,
                before + "x" + after,
                n -> Derivation.text(
                        new DerivationRequest(
                                before.repeat(n) + "x" + after.repeat(n),
                                Optional.empty(),
                                Map.of(),
                                List.of("x"),
                                1,
                                false,
                                List.of(),
                                List.of(),
                                true),
                        Notation.TEXT));
    }

    private static void assertLinear(String name, Task task) {
        assertGrowth(4.8, name, task);
    }

    /** @param memory how many times the memory four times the formula may take */
    private static void assertGrowth(double memory, String name, Task task) {
        work(task, SMALL);
        Work once = work(task, SMALL);
        Work fourTimes = work(task, 4 * SMALL);
        assertTrue(fourTimes.bytes < memory * once.bytes, name + ": " + once + ", " + fourTimes);
        assertTrue(fourTimes.nanoseconds < 12 * once.nanoseconds, name + ": " + once + ", " + fourTimes);
    }

    /** Something to do with a formula of {@code n} parts. */
    private interface Task {
        void run(int n) throws Exception;
    }

    /** What a task has allocated, and how long a processor was busy with it. */
    private record Work(long bytes, long nanoseconds) {}

    private static Work work(Task task, int n) {
        // On a thread of its own, whose time and memory it is.
        return DeepStack.call(() -> {
            long thread = Thread.currentThread().getId();
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            long nanoseconds = THREADS.getCurrentThreadCpuTime();
            task.run(n);
            return new Work(
                    THREADS.getThreadAllocatedBytes(thread) - bytes, THREADS.getCurrentThreadCpuTime() - nanoseconds);
        });
    }
}
