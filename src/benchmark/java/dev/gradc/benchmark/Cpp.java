package dev.gradc.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The generated classes that {@link PoseProblem} calls, and its own numbers and calls, as C++: the same statements in the same order,
 * compiled by g++. What differs is the compiler.
 */
final class Cpp {

    private static final Path FOLDER = Path.of("target/benchmark");
    private static final Path GENERATED = FOLDER.resolve("generated/dev/gradc/benchmark/portable");
    private static final Path PROBLEM = Path.of("src/benchmark/java/dev/gradc/benchmark/PoseProblem.java");

    private static final List<String> CLASSES = List.of("Quaternions", "Imu", "Cameras");

    private static final Map<Problem, String> METHODS = new EnumMap<>(Map.of(
            Problem.LOCAL_COORDINATES, "localCoordinates",
            Problem.INTERPOLATION, "interpolation",
            Problem.INERTIAL, "inertial",
            Problem.SHUTTER, "shutter"));

    private static final Pattern FIELD = Pattern.compile("private final (double\\[] \\w+ = [^;]+;)");
    private static final Pattern METHOD =
            Pattern.compile("private (double \\w+\\(double\\[] \\w+\\) \\{.*?\n    })", Pattern.DOTALL);

    /** What Java has and C++ has not, and a clock. No call may be left out, though each computes the same. */
    private static final String BEGIN = """
            #include <algorithm>
            #include <chrono>
            #include <cmath>
            #include <cstdio>

            namespace Math {
                using std::abs, std::cos, std::min, std::sin, std::sqrt;
                inline double signum(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
            }

            namespace Arrays {
                inline void fill(double* array, int from, int to, double value) { std::fill(array + from, array + to, value); }
            }

            template <typename F> double nanoseconds(F call) {
                const int calls = 1000000;
                auto start = std::chrono::steady_clock::now();
                for (int i = 0; i < calls; i++) {
                    call();
                    asm volatile("" ::: "memory");
                }
                return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / calls;
            }
            """;

    private static final String MAIN = """
            int main() {
                double derivative[%d];
                for (int round = 0; round < 15; round++) {
                    printf("%%.1f\\n", nanoseconds([&] { %s(derivative); }));
                }
            }
            """;

    private Cpp() {}

    static Stream<Problem> problems() {
        return METHODS.keySet().stream();
    }

    /** The median of rounds, in nanoseconds. */
    static double median(Problem problem, String... options) throws IOException {
        Path source = FOLDER.resolve("problem.cpp");
        Path program = FOLDER.resolve("problem");
        Files.writeString(source, text(problem));
        List<String> command =
                new ArrayList<>(List.of("g++", "-std=c++17", "-o", program.toString(), source.toString()));
        command.addAll(List.of(options));
        output(command);
        double[] rounds = output(List.of(program.toString()))
                .lines()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        return rounds[rounds.length / 2];
    }

    private static String text(Problem problem) throws IOException {
        StringBuilder text = new StringBuilder(BEGIN);
        for (String name : CLASSES) {
            text.append(translated(Files.readString(GENERATED.resolve(name + ".java"))));
        }
        String own = Files.readString(PROBLEM);
        Stream.concat(FIELD.matcher(own).results(), METHOD.matcher(own).results())
                .map((MatchResult part) -> translated(part.group(1)) + "\n")
                .forEach(text::append);
        return text.append(MAIN.formatted(problem.derivatives, METHODS.get(problem)))
                .toString();
    }

    /** Java as C++; no more than generated functions and {@link PoseProblem} have. */
    private static String translated(String java) {
        String names =
                Stream.concat(CLASSES.stream(), Stream.of("Math", "Arrays")).collect(Collectors.joining("|"));
        return java.replaceAll("(?m)^(package|import) .*", "")
                .replaceAll("public final class (\\w+) \\{\\s+private \\1\\(\\) \\{}", "namespace $1 {")
                .replace("public static", "[[gnu::noinline]]")
                .replace("private static", "static")
                .replace("boolean", "bool")
                .replaceAll("double\\[] (\\w+) = new double(\\[\\d+]);", "double $1$2;")
                .replaceAll("double\\[] (\\w+) = \\{", "double $1[] = {")
                .replaceAll("double\\[] (\\w+)", "double* $1")
                .replaceAll("\\b(" + names + ")\\.", "$1::");
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
