package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Compares generated functions with what the interpreter makes of their programs. */
final class Interpreted {

    private static final Interpreter INTERPRETER = new Interpreter(Precision.DOUBLE);

    private Interpreted() {}

    static void check(String source) throws Exception {
        Compiler compiler = new Compiler();
        Program program = DeepStack.call(() -> compiler.check(new SourceFile("test.nn", source), Map.of())
                .functions()
                .get(0)
                .program());
        Generated generated = Generated.from(source);
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            Map<Tensor, double[]> arguments = new LinkedHashMap<>();
            for (Tensor tensor : program.arguments()) {
                arguments.put(
                        tensor,
                        DoubleStream.generate(() -> Math.round(random.nextGaussian() * 4) / 2.0)
                                .limit(tensor.shape().size())
                                .toArray());
            }
            compare(program, arguments, generated);
        }
    }

    static void compare(Program program, Map<Tensor, double[]> arguments, Generated generated) throws Exception {
        Map<Tensor, double[]> expected = DeepStack.call(() -> INTERPRETER.run(program, arguments));
        boolean returns = program.results().get(0).rank() == 0;
        Object[] values = new Object[arguments.size() + program.results().size() - (returns ? 1 : 0)];
        int next = 0;
        for (Tensor tensor : program.arguments()) {
            double[] value = arguments.get(tensor);
            values[next++] = tensor.rank() == 0 ? (Object) value[0] : value.clone();
        }
        for (int r = returns ? 1 : 0; r < program.results().size(); r++) {
            double[] out = new double[program.results().get(r).shape().size()];
            java.util.Arrays.fill(out, 99);
            values[next++] = out;
        }
        Object returned = generated.call("Test", "f", values);
        if (returns) {
            assertEquals(expected.get(program.results().get(0))[0], (double) returned, 1e-12);
        }
        for (int r = program.results().size() - 1; r >= (returns ? 1 : 0); r--) {
            double[] out = (double[]) values[--next];
            assertArrayEquals(expected.get(program.results().get(r)), out, 1e-12, program.toString());
        }
    }
}
