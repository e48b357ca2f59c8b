package dev.gradc.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.build.Compilation.Request;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.load.LoadedClasses;
import dev.gradc.pipeline.Dumps;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.AnnotationSupport;

/** The tests that {@code --check-gradients} adds pass, and fail as soon as a derivative is wrong. */
class GradientTestsTest {

    private static final String FUNCTIONS = """
            function price(S, K, r[2]) = S*exp(-r[0]) - K*log(S)*r[1]^2
              derive gradient derive hessian wrt (S, r) derive jvp, vjp, hvp
            function turn(x[2], angle) = [x[0]*cos(angle) - x[1]*sin(angle), x[0]*sin(angle) + x[1]*cos(angle)]
              derive jacobian wrt angle at (angle = 0) derive jacobian, jvp, vjp
            function pick(table[4], place : int(4)) = table[place]^2 derive gradient
            function both(x) {
              return (x^2, [sin(x), cos(x)])
            } derive jacobian, jvp, vjp
            function chain(x[5]) = sum[i:4]((x[i+1] - x[i]^2)^2) derive hessian sparse
            function steps(x[4]) {
              r[i:3] = x[i+1]*sin(x[i])
              return r
            } derive jacobian sparse
            function picked(p[3], place : int(3)) = [p[place]*p[0], p[1]] derive jacobian sparse
            """;

    private static final String NETWORK = """
            network Net {
              input token[3] : int(5)
              target y[2]
              param E[5,2] ~ normal(0, 1)
              e[t,k] = E[token[t],k]
              m[k] = sum[t](e[t,k])
              output o = dense(dropout(m, 0.5), 2, relu)
              loss fit = squaredError(o, y)
              loss size = sum(E^2) wrt E
            }
            """;

    @TempDir
    private Path folder;

    /** How many tests passed, and the names of those that failed or had nothing to compare. */
    private record Results(int passed, Set<String> failed) {}

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("samples"))) {
            return files.filter(file -> file.toString().endsWith(".nn"))
                    .sorted()
                    .toList();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("samples")
    void samplesPass(Path sample) throws Exception {
        Results results = run(sample, Precision.DOUBLE, "", "");
        assertEquals(Set.of(), results.failed());
        assertTrue(results.passed() > 0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyKindOfDerivativePasses(Precision precision) throws Exception {
        Results functions = run(write(FUNCTIONS), precision, "", "");
        assertEquals(Set.of(), functions.failed());
        assertEquals(16, functions.passed());
        Results network = run(write(NETWORK), precision, "", "");
        assertEquals(Set.of(), network.failed());
        assertEquals(4, network.passed());
    }

    @Test
    void aWrongDerivativeOfAFunctionFails() throws Exception {
        Path file = write("function wave(x) = x*sin(x) derive gradient, hessian\n");
        assertEquals(Set.of(), run(file, Precision.DOUBLE, "", "").failed());
        Results results = run(file, Precision.DOUBLE, "gradient[0] = ", "gradient[0] = 1e-5 + ");
        assertEquals(Set.of("gradientOfWave", "hessianOfWave"), results.failed());
        assertEquals(
                Set.of("hessianOfWave"),
                run(file, Precision.DOUBLE, "hessian[0] = ", "hessian[0] = 1e-5 + ")
                        .failed());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aWrongDerivativeOfANetworkFailsInItsParameters(Precision precision) throws Exception {
        Path rings = Path.of("samples/rings.nn");
        assertEquals(Set.of(), run(rings, precision, "", "").failed());
        String right = "1 - hk * hk";
        assertEquals(
                Set.of("dW1", "db1"), run(rings, precision, right, "1 - hk").failed());
    }

    /** Finite differences do not stop where the derivative does: what they cannot judge is not compared, all else is. */
    @Test
    void valuesThatAreHeldAreNotCompared() throws Exception {
        String functions = """
                function straight(x) = x*stopGradient(x) derive gradient
                function rounded(x, y) = round(x)*y derive gradient
                function far(x[3]) = norm(x) derive gradient
                """;
        Results results = run(write(functions), Precision.DOUBLE, "", "");
        assertEquals(Set.of(), results.failed());
        assertEquals(2, results.passed());
        String networks = """
                network Held {
                  input x
                  param w ~ normal(0, 1)
                  loss (w*x - stopGradient(w))^2
                }
                network Free {
                  input x
                  param w ~ normal(0, 1)
                  loss (w*x)^2
                }
                """;
        assertEquals(1, run(write(networks), Precision.DOUBLE, "", "").passed());
    }

    private Path write(String source) throws IOException {
        return Files.writeString(folder.resolve("test.nn"), source);
    }

    /** Runs the tests of a source whose classes have {@code wrong} wherever they should have {@code right}. */
    private static Results run(Path source, Precision precision, String right, String wrong) throws Exception {
        Request request = new Request(
                List.of(source.toString()),
                Path.of("out"),
                Optional.empty(),
                Optional.of("net.example"),
                precision,
                Backend.PORTABLE,
                Map.of());
        List<GeneratedFile> files = new ArrayList<>();
        boolean changed = false;
        for (GeneratedFile file : Compilation.generate(request, Dumps.NONE)) {
            changed |= file.text().contains(right);
            files.add(new GeneratedFile(
                    file.path(), right.isEmpty() ? file.text() : file.text().replace(right, wrong)));
        }
        assertTrue(changed, "nothing to break");
        List<GeneratedFile> tests = Compilation.generate(request.gradientTests(Path.of("out")), Dumps.NONE);
        assertFalse(tests.isEmpty());
        files.addAll(tests);
        LoadedClasses classes = LoadedClasses.of(files, GradientTestsTest.class.getClassLoader());
        int passed = 0;
        Set<String> failed = new TreeSet<>();
        for (GeneratedFile test : tests) {
            Class<?> type = classes.type(test.className());
            for (Method method : AnnotationSupport.findAnnotatedMethods(
                    type, Test.class, org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN)) {
                if (passes(type, method)) {
                    passed++;
                } else {
                    failed.add(method.getName());
                }
            }
        }
        return new Results(passed, failed);
    }

    private static boolean passes(Class<?> type, Method method) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
            return true;
        } catch (InvocationTargetException e) {
            return false;
        }
    }
}
