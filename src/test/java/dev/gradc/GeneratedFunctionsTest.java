package dev.gradc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Derivatives;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.Request;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.verify.Samples;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The generated methods of every sample function give the value and the derivatives that the interpreter finds for the program as it
 * was written: neither stabilised, nor simplified, nor unrolled, nor lowered.
 */
class GeneratedFunctionsTest {

    /** What a caller's array holds before. */
    private static final double BEFORE = 777;

    @TestFactory
    Stream<DynamicTest> methodsAgreeWithTheInterpreter() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path sample : SampleFiles.all()) {
            Unit unit = DeepStack.call(() -> new Compiler().check(Sources.read(sample.toString()), Map.of()));
            String className = SampleFiles.packageOf(sample) + "." + capital(unit.name());
            for (FunctionUnit function : unit.functions()) {
                tests.add(test(className, function.name(), function.program()));
                for (Request request : function.requests()) {
                    String kind = request.kind().name().toLowerCase(Locale.ROOT);
                    tests.add(
                            test(className, function.name() + capital(kind), derivative(function.program(), request)));
                }
            }
        }
        return tests.stream();
    }

    private static Program derivative(Program program, Request request) {
        Derivatives derivatives = new Derivatives(StandardLibrary.library());
        return switch (request.kind()) {
            case GRADIENT -> derivatives.gradient(program, request.wrt());
            case JACOBIAN ->
                derivatives.jacobians(program, request.wrt(), request.at()).get(0);
            case HESSIAN -> derivatives.hessian(program, request.wrt());
            case JVP -> derivatives.jvp(program, request.wrt());
            case VJP -> derivatives.vjp(program, request.wrt());
            case HVP -> derivatives.hvp(program, request.wrt());
        };
    }

    private static DynamicTest test(String className, String method, Program program) {
        return DynamicTest.dynamicTest(className + "." + method, () -> {
            for (long seed = 0; seed < 20; seed++) {
                compare(className, method, program, new Random(seed));
            }
        });
    }

    private static void compare(String className, String name, Program program, Random random)
            throws ReflectiveOperationException {
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        List<Object> given = new ArrayList<>();
        for (Tensor argument : program.arguments()) {
            double[] values = Samples.uniform(argument, 1, random, 0.1, 1.3);
            arguments.put(argument, values);
            given.add(argument.rank() == 0 ? (Object) values[0] : values.clone());
        }
        boolean returns = program.results().get(0).rank() == 0;
        List<double[]> actual = new ArrayList<>();
        for (Tensor result :
                program.results().subList(returns ? 1 : 0, program.results().size())) {
            // What a caller's array held before must not shine through, and what stands behind the result stays.
            double[] receiver = new double[result.shape().size() + 1];
            Arrays.fill(receiver, BEFORE);
            actual.add(receiver);
            given.add(receiver);
        }
        Method method = Arrays.stream(Class.forName(className).getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Object value = method.invoke(null, given.toArray());
        if (returns) {
            actual.add(0, new double[] {(double) value, BEFORE});
        }
        Map<Tensor, double[]> expected = new Interpreter(Precision.DOUBLE).run(program, arguments);
        for (int i = 0; i < actual.size(); i++) {
            Tensor result = program.results().get(i);
            double scale =
                    Arrays.stream(expected.get(result)).map(Math::abs).max().orElse(0);
            int size = result.shape().size();
            assertArrayEquals(
                    expected.get(result), Arrays.copyOf(actual.get(i), size), 1e-12 * (1 + scale), result::toString);
            assertEquals(BEFORE, actual.get(i)[size], result::toString);
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
