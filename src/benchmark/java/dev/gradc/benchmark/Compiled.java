package dev.gradc.benchmark;

import static dev.gradc.benchmark.ByName.bind;
import static dev.gradc.benchmark.ByName.create;

import java.util.ArrayList;
import java.util.List;

/** A network as gradc compiled it. */
final class Compiled implements Model {

    private final Network work;
    private final String name;
    private final int threads;
    private final Object model;

    /**
     * @param backend as the compiler calls it
     * @param threads to train with; 1 for a network that has no work to share
     */
    Compiled(Network work, String backend, int threads) {
        this.work = work;
        this.threads = threads;
        name = "dev.gradc.benchmark." + backend + "." + work.model;
        model = create(name, 1L);
    }

    /** A parameter of the network: its shape, and its values row by row. */
    record Weights(int[] shape, float[] values) {}

    /** What all contestants start from, in the order in which the source declares it. */
    static List<Weights> weights(Network work) {
        List<Weights> weights = new ArrayList<>();
        for (Object parameter :
                bind(Parameters.class, new Compiled(work, "portable", 1).model).parameters()) {
            weights.add(new Weights(
                    bind(Shape.class, parameter).shape(),
                    bind(Values.class, parameter).values()));
        }
        return weights;
    }

    @Override
    public Step training() {
        Object trainer = trainer();
        ByName.set(trainer, "lr", Network.RATE);
        float[] x = work.examples();
        if (work.classes == 2) {
            ProbabilityStep step = bind(ProbabilityStep.class, trainer);
            float[] y = work.targets();
            return () -> step.step(x, y, work.batch);
        }
        ClassesStep step = bind(ClassesStep.class, trainer);
        int[] labels = work.labels();
        return () -> step.step(x, labels, work.batch);
    }

    @Override
    public Answer inference() {
        Object forward = create(name + "Forward", model, 1);
        Run run = bind(Run.class, forward);
        Output output = bind(Output.class, forward);
        return example -> {
            run.run(example, 1);
            return output.p();
        };
    }

    /** Trains over many examples, once at each call, in the batches and the random order of the generated trainer. */
    Passes passes(float[] x, int[] labels) {
        Object trainer = trainer();
        Epoch epoch = bind(Epoch.class, trainer);
        return rate -> {
            ByName.set(trainer, "lr", rate);
            epoch.epoch(x, labels, labels.length);
        };
    }

    interface Passes {
        void run(float rate);
    }

    private Object trainer() {
        return threads == 1 ? create(name + "Trainer", model, 1L) : create(name + "Trainer", model, 1L, threads);
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
}
