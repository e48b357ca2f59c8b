package dev.gradc.benchmark;

/** A value and all its derivatives at a point. */
@FunctionalInterface
interface Evaluation {

    /**
     * @param derivative receives the derivatives
     * @return the value, of several their sum
     */
    double run(double[] derivative);
}
