package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.emit.network.NetworkClasses;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.Options;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Compares generated functions and networks with what the interpreter makes of their programs. */
final class Interpreted {

    private static final Interpreter INTERPRETER = new Interpreter(Precision.DOUBLE);

    private static final int EXAMPLES = 7;

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
            Arrays.fill(out, 99);
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

    /** Whether loss, outputs and gradients of a network are those of the interpreter. */
    static void checkNetwork(String source) throws Exception {
        checkNetwork(source, Options.DEFAULT, 1e-12);
    }

    static void checkNetwork(String source, Options options, double tolerance) throws Exception {
        Generated generated = Generated.of(Generated.files(source, options));
        Compiler.Differentiated network = DeepStack.call(() -> {
            Compiler compiler = new Compiler();
            return compiler.differentiate(compiler.check(new SourceFile("test.nn", source), Map.of())
                    .networks()
                    .get(0));
        });
        NetworkUnit unit = network.network();
        Object model = generated.construct(unit.name(), 3L);
        Object forward = generated.construct(unit.name() + "Forward", model, EXAMPLES + 2);
        Object backward = generated.construct(unit.name() + "Backward", model, forward);

        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        arguments.put(unit.batch(), new double[] {EXAMPLES});
        for (Parameter parameter : unit.parameters()) {
            arguments.put(
                    parameter.tensor(),
                    Generated.field(
                            model, Identifiers.identifier(parameter.tensor().name())));
        }
        List<Object> data = new ArrayList<>();
        Random random = new Random(5);
        for (Tensor tensor : unit.data()) {
            double[] values = new double[(int) NetworkClasses.perExample(tensor) * EXAMPLES];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.isInteger() ? random.nextInt(3) : random.nextGaussian();
            }
            arguments.put(tensor, values);
            data.add(
                    tensor.isInteger()
                            ? Arrays.stream(values).mapToInt(v -> (int) v).toArray()
                            : values);
        }
        Map<Tensor, double[]> expected = INTERPRETER.run(unit.program(), arguments);

        List<Object> inputs = new ArrayList<>();
        for (int d = 0; d < data.size(); d++) {
            if (unit.data().get(d).role() == Tensor.Role.INPUT) {
                inputs.add(data.get(d));
            }
        }
        inputs.add(EXAMPLES);
        data.add(EXAMPLES);
        Generated.on(forward, "run", inputs.toArray());
        for (Tensor output : unit.outputs()) {
            double[] out = (double[]) Generated.on(forward, Identifiers.identifier(output.name()));
            double[] want = expected.get(output);
            assertArrayEquals(want, Arrays.copyOf(out, want.length), tolerance);
        }
        for (int o = 0; o < unit.objectives().size(); o++) {
            Objective objective = unit.objectives().get(o);
            double want = expected.get(objective.loss())[0];
            assertEquals(
                    want,
                    (double) Generated.on(forward, Identifiers.joined(objective.name(), "Loss"), data.toArray()),
                    tolerance);
            Gradient gradient = network.gradients().get(o);
            Map<Tensor, double[]> adjoints = INTERPRETER.run(gradient.program(), expected);
            // Twice, as the second call finds the arrays used.
            for (int call = 0; call < 2; call++) {
                String method = Identifiers.joined(objective.name(), "Gradient");
                assertEquals(want, (double) Generated.on(backward, method, data.toArray()), tolerance);
                gradient.adjoints().forEach((parameter, adjoint) -> {
                    try {
                        assertArrayEquals(
                                adjoints.get(adjoint),
                                Generated.field(backward, Identifiers.identifier(adjoint.name())),
                                tolerance,
                                adjoint.toString());
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
    }
}
