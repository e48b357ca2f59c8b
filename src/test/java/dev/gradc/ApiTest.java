package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.load.LoadedClasses;
import dev.gradc.print.Notation;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface for programs, by example. */
class ApiTest {

    @Test
    void aFormulaHasAGradientAndAHessian() {
        Expression f = Expression.parse("x^2*sin(y)");
        assertEquals(Set.of("x", "y"), f.gradient().keySet());
        assertEquals("2*x*sin(y)", f.gradient().get("x").toString());
        assertEquals("2*x*cos(y)", f.hessian().get("x").get("y").toString());
        assertEquals(2 * 3 * Math.cos(1), f.hessian().get("y").get("x").at(Map.of("x", 3.0, "y", 1.0)), 1e-15);
    }

    @Test
    void aDerivativeIsInAName() {
        Expression f = Expression.parse("x^2");
        assertEquals("0", f.derivative("y").toString());
        assertThrows(NullPointerException.class, () -> f.derivative(null));
    }

    @Test
    void aFormulaPrintsInOtherNotations() {
        assertTrue(Expression.parse("1/x").print(Notation.LATEX).contains("\\frac"));
    }

    @Test
    void aCompiledFormulaIsWhatItIsOnPaper() {
        GradientFunction f = Expression.parse("x^2*sin(y) + exp(-x*y)").compile();
        assertEquals(List.of("x", "y"), f.variables());
        double[] gradient = new double[2];
        double x = 1.5;
        double y = -0.7;
        double expected = x * x * Math.sin(y) + Math.exp(-x * y);
        assertEquals(expected, f.value(x, y), 1e-15);
        assertEquals(expected, f.gradient(new double[] {x, y}, gradient), 1e-15);
        assertArrayEquals(
                new double[] {2 * x * Math.sin(y) - y * Math.exp(-x * y), x * x * Math.cos(y) - x * Math.exp(-x * y)},
                gradient,
                1e-14);
    }

    @Test
    void tensorsLieRowByRowInAPoint() {
        SourceFile text = new SourceFile("quadratic", "s*sum(x*(A@x))");
        GradientFunction f = Expression.parse(
                        text, List.of("s", "A", "x"), Map.of("A", new int[] {2, 2}, "x", new int[] {2}))
                .compile();
        assertEquals(7, f.size());
        double[] point = {2, 1, 2, 3, 4, 5, 6};
        double[] gradient = new double[7];
        // x'Ax = 1*25 + (2 + 3)*30 + 4*36
        assertEquals(2 * 319, f.gradient(point, gradient), 1e-12);
        assertArrayEquals(new double[] {319, 50, 60, 60, 72, 2 * (10 + 5 * 6), 2 * (5 * 5 + 8 * 6)}, gradient, 1e-12);
    }

    @Test
    void aCallAllocatesNothing() {
        GradientFunction f = Expression.parse("log(1 + exp(x))*sigmoid(y)/z").compile();
        double[] point = {0.3, -0.2, 1.7};
        double[] gradient = new double[3];
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += f.gradient(point, gradient) + f.value(point);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 1000; i++) {
            sum += f.gradient(point, gradient) + f.value(point);
        }
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertTrue(sum > 0);
        assertTrue(after - before < 1000, (after - before) + " bytes in 2000 calls");
    }

    @Test
    void aShortArrayIsNamed() {
        GradientFunction f = Expression.parse("x*y").compile();
        String message =
                assertThrows(IllegalArgumentException.class, () -> f.value(1)).getMessage();
        assertEquals("the point needs 2 numbers, for x, y, not 1", message);
    }

    @Test
    void textBecomesSources() {
        Map<String, String> sources =
                Gradc.compile("options.nn", "package com.acme\nfunction square(x) = x^2 derive gradient\n");
        assertEquals(Set.of("com/acme/Options.java"), sources.keySet());
        assertTrue(sources.get("com/acme/Options.java").contains("double squareGradient(double x, double[] gradient)"));
    }

    @Test
    void diagnosticsAreValues() {
        List<Diagnostic> found = Gradc.check("model.nn", "function f(x) = sni(x)\nfunction g(x) = x +\n");
        assertEquals(List.of(), Gradc.check("model.nn", "function f(x) = sin(x)\n"));
        assertEquals(List.of(1, 2), found.stream().map(Diagnostic::line).toList());
        List<Diagnostic> names = Gradc.check("model.nn", "\nfunction f(x) = sni(x)\n");
        assertEquals(2, names.get(0).line());
        assertEquals(17, names.get(0).column());
        assertEquals("did you mean sin?", names.get(0).hint().orElseThrow());
        assertEquals(
                names.get(0).message(),
                assertThrows(SourceException.class, () -> Expression.parse("sni(x)"))
                        .diagnostics()
                        .get(0)
                        .message());
    }

    /** The Java in the README, run as it stands, prints what the README says. */
    @Test
    void theReadmeTellsTheTruth() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Matcher block = Pattern.compile("```java\n(Expression f = .*?)```\n\n```\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertTrue(block.find(), "the README's Java");
        assertEquals(block.group(2), printed(block.group(1)));
    }

    /** Every example in the documentation of the interface runs, and prints what stands behind the call that prints. */
    @ParameterizedTest
    @ValueSource(strings = {"Expression", "GradientFunction", "Gradc"})
    void examplesRun(String type) throws Exception {
        String text = Files.readString(Path.of("src/main/java/dev/gradc", type + ".java"));
        Matcher example = Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL)
                .matcher(text);
        assertTrue(example.find(), "an example");
        do {
            String code = example.group(1).replaceAll("(?m)^ \\* ", "");
            String promised = Pattern.compile("println.*// (.*)")
                    .matcher(code)
                    .results()
                    .map(line -> line.group(1) + "\n")
                    .collect(Collectors.joining());
            assertEquals(promised, printed(code));
        } while (example.find());
    }

    /** What some lines of Java print. */
    private static String printed(String code) throws Exception {
        String source = "import dev.gradc.*;\nimport dev.gradc.print.Notation;\nimport java.util.*;\n"
                + "public final class Example {\n    public static void main(String[] args) {\n" + code + "    }\n}\n";
        Class<?> type = LoadedClasses.of(
                        List.of(new GeneratedFile("Example.java", source)), ApiTest.class.getClassLoader())
                .type("Example");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            type.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
