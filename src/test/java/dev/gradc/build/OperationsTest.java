package dev.gradc.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.pipeline.Dumps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/operations.md says what the generated classes of the problems in {@code resources/dev/gradc/operations} say of
 * themselves. {@code -Drecreate} writes it.
 */
class OperationsTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/gradc/operations");
    private static final Path PAGE = Path.of("docs/operations.md");

    private static final Pattern COST =
            Pattern.compile("Cost: ([\\d,]+) operations.*?public static \\w+ (\\w+)\\(", Pattern.DOTALL);

    /**
     * A problem of the table: the method of the derivative, what others publish that they take for it, and what their code takes if it
     * is counted as ours.
     */
    private record Problem(String title, String value, String derivative, String published, String recounted) {

        String line(Map<String, Integer> costs) {
            int alone = costs.get(value);
            int both = costs.get(derivative);
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %.1f | %s | %s |",
                    title,
                    alone,
                    both,
                    (double) both / alone,
                    published,
                    recounted);
        }
    }

    private static final List<Problem> PROBLEMS = List.of(
            new Problem(
                    "Local coordinates of quaternions, 3×6",
                    "localCoordinates",
                    "localCoordinatesJacobian",
                    "153",
                    "149"),
            new Problem("Interpolation of quaternions, 3×6", "interpolate", "interpolateJacobian", "815", "794"),
            new Problem("Inverse composition of poses, 3×6", "inverseCompose", "inverseComposeJacobian", "91", "96"),
            new Problem("Inertial navigation, 9×21", "integrate", "integrateJacobian", "602", "620"),
            new Problem("Rolling shutter, 2×21", "rollingShutter", "rollingShutterJacobian", "2,614", "3,048"),
            new Problem("Snavely's reprojection, 2×12", "snavely", "snavelyJacobian", "458", ""),
            new Problem("Bundle adjustment, 2×12", "bundle", "bundleJacobian", "361 (2×15)", ""),
            new Problem("Speelpenning, n = 20", "speelpenning", "speelpenningGradient", "55", "55"),
            new Problem("Helmholtz, n = 10", "helmholtz", "helmholtzGradient", "626", ""),
            new Problem("Network 4-8-1, 49 parameters", "regression", "regressionGradient", "163", "163"),
            new Problem("Classifier 4-8-8-3, 139 parameters", "classifier", "classifierGradient", "604", ""),
            new Problem("Rosenbrock, n = 10", "rosenbrock", "rosenbrockGradient", "", ""),
            new Problem("Rosenbrock, Hessian", "rosenbrock", "rosenbrockHessian", "", ""),
            new Problem("Black and Scholes, 5 Greeks", "blackScholes", "blackScholesGradient", "", ""),
            new Problem("Arm of six joints, 3×6", "arm", "armJacobian", "", ""),
            new Problem("Mixture of normal distributions, 100 points", "mixture", "mixtureGradient", "", ""),
            new Problem("Soft time warping, 30×40", "warping", "warpingGradient", "", ""));

    @Test
    void tableIsTrue() throws IOException {
        Map<String, Integer> costs = costs();
        String table = PROBLEMS.stream().map(problem -> problem.line(costs)).collect(Collectors.joining("\n"));
        String page = Files.readString(PAGE);
        String renewed =
                page.replaceFirst("(?s)(\\|---\\|.*?\n)\\|.*?\\|(?=\n\n)", "$1" + Matcher.quoteReplacement(table));
        if (System.getProperty("recreate") != null) {
            Files.writeString(PAGE, renewed);
        } else {
            assertEquals(renewed, page);
        }
    }

    /** The cheap gradient: a scalar with its gradient takes at most four times the operations of the scalar. */
    @Test
    void gradientsAreCheap() throws IOException {
        Map<String, Integer> costs = costs();
        costs.forEach((name, both) -> {
            if (name.endsWith("Gradient")) {
                int value = costs.get(name.substring(0, name.length() - "Gradient".length()));
                assertTrue(both <= 4 * value, () -> name + " takes " + both + ", the value " + value);
            }
        });
    }

    /** What each method takes. */
    private static Map<String, Integer> costs() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(Path::toString).sorted().forEach(sources::add);
        }
        Compilation.Request request = new Compilation.Request(
                sources,
                Path.of("."),
                Optional.empty(),
                Optional.empty(),
                Precision.DOUBLE,
                Backend.PORTABLE,
                Map.of());
        return Compilation.generate(request, Dumps.NONE).stream()
                .flatMap(OperationsTest::costs)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, Integer>> costs(GeneratedFile file) {
        return COST.matcher(file.text())
                .results()
                .map(match -> Map.entry(
                        match.group(2), Integer.parseInt(match.group(1).replace(",", ""))));
    }
}
