package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gradc.emit.network.Kernels;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainers whose work several threads share, and the team that shares it. */
@Timeout(120)
class ThreadsTest {

    /** Not a multiple of anything, so that the parts are not equal; and the last batch of an epoch is smaller. */
    private static final int BATCH = 37;

    private static final int EXAMPLES = 2 * BATCH + 5;

    /** Large enough that their products are shared. */
    private static final List<String> NETWORKS = List.of(
            "h = x |> flatten() |> dense(150, tanh) |> dense(90, relu)",
            "h = reshape(x, 1, 12, 12) |> conv2d(20, 5, relu, padding = 2) |> conv2d(24, 3, tanh) |> flatten()",
            "h = reshape(x, 1, 12, 12) |> conv2d(3, 3, relu) |> flatten()",
            "h = lstm(x, 72)[11]",
            "h = x |> flatten() |> dense(150, relu) |> batchNorm() |> dropout(0.3) |> dense(90, tanh)");

    /** What a call by reflection allocates: an array of three arguments, and two boxes. */
    private static final long BY_REFLECTION = 64;

    /** So many steps are taken before it is seen whether they still allocate. */
    private static final int STEPS = 300;

    /** After so many times as many everything has been compiled. */
    private static final int ROUNDS = 60;

    private static String network(String layers) {
        return "network Net { input x[12,12]\n target label : int(3)\n " + layers
                + "\n output p = softmax(dense(h, 3))\n loss crossEntropy(p, label)\n"
                + " train { optimizer adam(lr = 0.01) batch " + BATCH + " } }";
    }

    static Stream<Arguments> networks() {
        return Stream.of(Backend.values())
                .flatMap(backend -> NETWORKS.stream().map(layers -> Arguments.of(backend, layers)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void sameWeightsWithAnyNumberOfThreads(Backend backend, String layers) throws Exception {
        Generated generated = generate(backend, layers);
        int expected = weightsAfterTraining(generated, 1);
        assertEquals(expected, weightsAfterTraining(generated, 2));
        assertEquals(expected, weightsAfterTraining(generated, 8));
        assertNotEquals(expected, weights(generated.construct("Net", 3L)), "nothing is trained");
    }

    private static Generated generate(Backend backend, String layers) throws Exception {
        return Generated.of(Generated.files(network(layers), new Options(Precision.FLOAT, backend)));
    }

    private static int weightsAfterTraining(Generated generated, int threads) throws Exception {
        Object model = generated.construct("Net", 3L);
        try (AutoCloseable trainer = (AutoCloseable) generated.construct("NetTrainer", model, 4L, threads)) {
            for (int epoch = 0; epoch < 3; epoch++) {
                Generated.on(trainer, "epoch", inputs(EXAMPLES), labels(EXAMPLES), EXAMPLES);
            }
        }
        return weights(model);
    }

    /** A hash of every bit of them. */
    private static int weights(Object model) throws Exception {
        float[] flat =
                new float[(int) model.getClass().getField("PARAMETER_COUNT").get(null)];
        Generated.on(model, "copyParametersTo", (Object) flat);
        return Arrays.hashCode(flat);
    }

    private static float[] inputs(int examples) {
        Random random = new Random(1);
        float[] x = new float[144 * examples];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    private static int[] labels(int examples) {
        return new Random(2).ints(examples, 0, 3).toArray();
    }

    /** HotSpot keeps vectors in registers where it has seen no other classes of them; a process may have other networks. */
    @BeforeAll
    static void otherKernelsHaveRun() throws ReflectiveOperationException {
        for (Precision precision : Precision.values()) {
            new KernelsTest().sumsOfProducts(Backend.VECTOR, precision);
        }
    }

    /** Without the large convolution, as it takes longest; the LSTM applies five functions to rows in one method. */
    static Stream<Arguments> quick() {
        return networks().filter(arguments -> !arguments.get()[1].toString().contains("conv2d(20"));
    }

    @ParameterizedTest
    @MethodSource("quick")
    void stepsAllocateNothing(Backend backend, String layers) throws Exception {
        Generated generated = generate(backend, layers);
        Object model = generated.construct("Net", 3L);
        float[] x = inputs(BATCH);
        int[] labels = labels(BATCH);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (AutoCloseable trainer = (AutoCloseable) generated.construct("NetTrainer", model, 4L, 2)) {
            Method step = trainer.getClass().getMethod("step", float[].class, int[].class, int.class);
            long[] bytes = new long[21];
            // Vectors are objects until the virtual machine has compiled what works with them; what a step calls once
            // takes longest.
            for (int round = 0; round < ROUNDS && (round == 0 || median(bytes) > BY_REFLECTION); round++) {
                for (int i = 0; i < STEPS; i++) {
                    step.invoke(trainer, x, labels, BATCH);
                }
                long helper = helpers("Net").get(0).getId();
                for (int i = 0; i < bytes.length; i++) {
                    long before = threads.getCurrentThreadAllocatedBytes() + threads.getThreadAllocatedBytes(helper);
                    step.invoke(trainer, x, labels, BATCH);
                    bytes[i] =
                            threads.getCurrentThreadAllocatedBytes() + threads.getThreadAllocatedBytes(helper) - before;
                }
            }
            assertTrue(median(bytes) <= BY_REFLECTION, Arrays.toString(bytes));
        }
    }

    private static long median(long[] numbers) {
        return Arrays.stream(numbers).sorted().toArray()[numbers.length / 2];
    }

    @Test
    void helpersEndWithTheTrainer() throws Exception {
        Generated generated = generate(Backend.PORTABLE, NETWORKS.get(0));
        Object model = generated.construct("Net", 3L);
        List<Thread> helpers;
        try (AutoCloseable trainer = (AutoCloseable) generated.construct("NetTrainer", model, 4L, 3)) {
            helpers = helpers("Net");
            assertEquals(2, helpers.size());
            Generated.on(trainer, "step", inputs(BATCH), labels(BATCH), BATCH);
        }
        for (Thread helper : helpers) {
            helper.join(10_000);
            assertFalse(helper.isAlive());
        }
    }

    @Test
    void oneThreadNeedsNoHelpers() throws Exception {
        Generated generated = generate(Backend.PORTABLE, NETWORKS.get(0));
        generated.construct("NetTrainer", generated.construct("Net", 3L), 4L);
        assertEquals(List.of(), helpers("Net"));
    }

    @Test
    void networksWithoutProductsHaveNothingToShare() throws Exception {
        Generated generated = Generated.from("network Net { input x[2]\n target y\n output o = dense(x, 1)[0]\n"
                + " loss squaredError(o, y)\n train { optimizer sgd(lr = 0.1) } }");
        assertFalse(AutoCloseable.class.isAssignableFrom(generated.type("NetTrainer")));
    }

    private static List<Thread> helpers(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name + " helper"))
                .toList();
    }

    // ---- The team itself

    /** Parts run by a team of {@code threads}, all of them once each time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyPartOnce(int threads) throws Exception {
        try (Team team = new Team(threads)) {
            AtomicIntegerArray done = new AtomicIntegerArray(10);
            for (int round = 1; round <= 2000; round++) {
                int parts = 1 + round % 10;
                team.run(parts, done::incrementAndGet);
                if (round % 500 == 0) {
                    // Long enough that the helpers sleep.
                    Thread.sleep(20);
                }
            }
            for (int part = 0; part < 10; part++) {
                assertEquals(2000 / 10 * (10 - part), done.get(part));
            }
        }
    }

    @Test
    void whatAPartThrowsIsThrown() throws Exception {
        try (Team team = new Team(2)) {
            IllegalStateException failure = new IllegalStateException("in a part");
            for (int failing = 0; failing < 4; failing++) {
                int last = failing;
                assertSame(
                        failure,
                        assertThrows(
                                IllegalStateException.class,
                                () -> team.run(4, part -> {
                                    if (part == last) {
                                        throw failure;
                                    }
                                })));
            }
            AtomicIntegerArray done = new AtomicIntegerArray(4);
            team.run(4, done::incrementAndGet);
            assertEquals(1, done.get(3), "the team does not work any more");
        }
    }

    @Test
    void aTeamHasAtLeastOneThread() {
        assertThrows(IllegalArgumentException.class, () -> new Team(0));
    }

    /** A generated team, called by reflection. */
    private static final class Team implements AutoCloseable {

        private final AutoCloseable team;
        private final Class<?> taskType;
        private final Method run;

        Team(int threads) throws Exception {
            List<GeneratedFile> files = Kernels.write("", "Object", Backend.PORTABLE, Precision.FLOAT, 64, 16);
            Generated generated = Generated.of(files);
            taskType = generated.type("ObjectTeam$Task");
            Constructor<?> constructor = generated.type("ObjectTeam").getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            run = generated.type("ObjectTeam").getDeclaredMethod("run", taskType, int.class);
            run.setAccessible(true);
            try {
                team = (AutoCloseable) constructor.newInstance(threads);
            } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
            }
        }

        void run(int parts, IntConsumer task) throws Exception {
            Object proxy = Proxy.newProxyInstance(
                    taskType.getClassLoader(), new Class<?>[] {taskType}, (self, method, arguments) -> {
                        task.accept((int) arguments[0]);
                        return null;
                    });
            try {
                run.invoke(team, proxy, parts);
            } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
            }
        }

        @Override
        public void close() throws Exception {
            Method close = team.getClass().getDeclaredMethod("close");
            close.setAccessible(true);
            close.invoke(team);
        }
    }
}
