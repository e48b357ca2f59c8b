package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.gradc.diff.Point;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The formulas that {@code gradc diff} shows of a network are worth what its compiled backward pass is. */
class ShownGradientTest {

    private static final Interpreter EXACT = new Interpreter(Precision.DOUBLE);
    private static final double TOLERANCE = 1e-10;

    @TestFactory
    Stream<DynamicTest> shownIsCompiled() throws IOException {
        List<NetworkUnit> networks = new ArrayList<>();
        for (Path sample : SampleFiles.all()) {
            SourceFile file = new SourceFile(sample.toString(), Files.readString(sample));
            networks.addAll(new Compiler().check(file, Map.of()).networks());
        }
        return networks.stream().map(network -> DynamicTest.dynamicTest(network.name(), () -> compare(network)));
    }

    private static void compare(NetworkUnit network) {
        Compiler compiler = new Compiler();
        Compiler.Differentiated differentiated = compiler.differentiate(network);
        Program forward = differentiated.network().program();
        for (Gradient gradient : differentiated.gradients()) {
            Program shown = compiler.readable(forward, gradient);
            List<Definition> both = new ArrayList<>(forward.definitions());
            both.addAll(gradient.program().definitions());
            Program compiled = new Program(forward.arguments(), both, shown.results());
            Point point = Point.random(compiled, -1, new Random(3));
            Map<Tensor, double[]> expected = EXACT.run(compiled, point.values());
            Map<Tensor, double[]> actual = EXACT.run(shown, point.values());
            for (Tensor adjoint : shown.results()) {
                assertArrayEquals(expected.get(adjoint), actual.get(adjoint), TOLERANCE, adjoint.name());
            }
        }
    }
}
