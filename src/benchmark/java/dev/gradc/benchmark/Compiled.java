package dev.gradc.benchmark;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as gradc compiled it. The backends' classes have equal names in two packages, and nothing in common that Java knows;
 * they are found by name and called through an object such as a lambda expression makes, which costs nothing.
 */
final class Compiled {

    /** A parameter of the network: its shape, and its values row by row. */
    record Weights(int[] shape, float[] values) {}

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Network work;
    private final String name;
    private final Object model;

    Compiled(Network work, Contestant backend) {
        this.work = work;
        name = "dev.gradc.benchmark." + (backend == Contestant.VECTOR ? "vector." : "portable.") + work.model;
        model = create(name, 1L);
    }

    /** In the order in which the source declares them. */
    List<Weights> weights() {
        List<Weights> weights = new ArrayList<>();
        for (Object parameter : bind(Parameters.class, model).parameters()) {
            weights.add(new Weights(
                    bind(Shape.class, parameter).shape(),
                    bind(Values.class, parameter).values()));
        }
        return weights;
    }

    /** @param threads 1 for a network that has no work to share */
    Training.Step training(int threads) {
        Object trainer = trainer(Network.RATE, threads);
        float[] x = work.examples();
        int[] labels = work.labels();
        if (work.classes == 2) {
            ProbabilityStep step = bind(ProbabilityStep.class, trainer);
            float[] y = floats(labels);
            return () -> step.step(x, y, work.batch);
        }
        ClassesStep step = bind(ClassesStep.class, trainer);
        return () -> step.step(x, labels, work.batch);
    }

    /** Trains over all examples once, in the batches and the random order of the generated trainer. */
    void epoch(Object trainer, float[] x, int[] labels) {
        bind(Epoch.class, trainer).epoch(x, labels, labels.length);
    }

    Object trainer(float rate, int threads) {
        Object trainer =
                threads == 1 ? create(name + "Trainer", model, 1L) : create(name + "Trainer", model, 1L, threads);
        setRate(trainer, rate);
        return trainer;
    }

    static void setRate(Object trainer, float rate) {
        try {
            trainer.getClass().getField("lr").setFloat(trainer, rate);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Inference.Answer inference() {
        Object forward = create(name + "Forward", model, 1);
        Run run = bind(Run.class, forward);
        Output output = bind(Output.class, forward);
        return example -> {
            run.run(example, 1);
            return output.p();
        };
    }

    static float[] floats(int[] labels) {
        float[] numbers = new float[labels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = labels[i];
        }
        return numbers;
    }

    // ---- What the generated classes have in common: interfaces of one method each

    interface ProbabilityStep {
        float step(float[] x, float[] y, int batch);
    }

    interface ClassesStep {
        float step(float[] x, int[] labels, int batch);
    }

    interface Epoch {
        double epoch(float[] x, int[] labels, int examples);
    }

    interface Run {
        void run(float[] x, int batch);
    }

    interface Output {
        float[] p();
    }

    interface Parameters {
        List<?> parameters();
    }

    interface Shape {
        int[] shape();
    }

    interface Values {
        float[] values();
    }

    /** What {@code receiver::method} would be, for the one method that {@code type} has. */
    private static <T> T bind(Class<T> type, Object receiver) {
        Method method = type.getDeclaredMethods()[0];
        MethodType signature = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        try {
            MethodHandle target = LOOKUP.findVirtual(receiver.getClass(), method.getName(), signature);
            MethodType factory = MethodType.methodType(type, receiver.getClass());
            return type.cast(
                    LambdaMetafactory.metafactory(LOOKUP, method.getName(), factory, signature, target, signature)
                            .getTarget()
                            .invoke(receiver));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Object create(String type, Object... arguments) {
        try {
            for (Constructor<?> constructor : Class.forName(type).getConstructors()) {
                if (constructor.getParameterCount() == arguments.length) {
                    return constructor.newInstance(arguments);
                }
            }
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
        throw new IllegalStateException(type + " is not made from " + arguments.length + " things");
    }
}
