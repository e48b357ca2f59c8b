package dev.gradc.benchmark;

/** A network as a contestant has it. */
interface Model {

    /** Begins to train it on its batch. */
    Step training();

    /** Begins to ask it. */
    Answer inference();

    /** One step of training, and the mean loss before it. */
    @FunctionalInterface
    interface Step {
        float run();
    }

    /** Probabilities of the classes for an example. */
    @FunctionalInterface
    interface Answer {
        float[] to(float[] example);
    }
}
