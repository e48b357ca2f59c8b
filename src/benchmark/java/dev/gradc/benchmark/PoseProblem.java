package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Cameras;
import dev.gradc.benchmark.portable.Imu;
import dev.gradc.benchmark.portable.Quaternions;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Rotations, places and cameras: the problems of docs/operations.md for which times of generated C++ are published. */
final class PoseProblem {

    static final Map<Contestant, Supplier<Evaluation>> LOCAL_COORDINATES = by(p -> p::localCoordinates);
    static final Map<Contestant, Supplier<Evaluation>> INTERPOLATION = by(p -> p::interpolation);
    static final Map<Contestant, Supplier<Evaluation>> INERTIAL = by(p -> p::inertial);
    static final Map<Contestant, Supplier<Evaluation>> SHUTTER = by(p -> p::shutter);

    private final double[] q = {0.5, -0.5, 0.7, Math.sqrt(0.01)};
    private final double[] other = {0.6, 0.1, 0.75, Math.sqrt(0.0675)};
    private final double[] place = {0.2, -0.3, 1.1};
    private final double[] velocity = {0.4, 0.1, -0.2};
    private final double[] rate = {0.3, -0.1, 0.2};
    private final double[] bias = {0.01, 0.02, -0.01};
    private final double[] acceleration = {0.5, -9.6, 0.7};
    private final double[] point = {1.5, -0.7, 5.2};
    private final double[] camera = {610, 620, 320, 240, -0.2, 0.05, 0.01, 1e-3, -2e-3};

    /** The largest result is a change of attitude, a place and a velocity. */
    private final double[] value = new double[9];

    private static Map<Contestant, Supplier<Evaluation>> by(Function<PoseProblem, Evaluation> problem) {
        return Map.of(Contestant.PORTABLE, () -> problem.apply(new PoseProblem()));
    }

    private double localCoordinates(double[] derivative) {
        Quaternions.localCoordinatesJacobian(q, other, value, derivative);
        return value[0];
    }

    private double interpolation(double[] derivative) {
        Quaternions.interpolateJacobian(q, other, 0.3, value, derivative);
        return value[0];
    }

    private double inertial(double[] derivative) {
        Imu.integrateJacobian(q, place, velocity, bias, bias, rate, acceleration, 0.005, value, derivative);
        return value[0];
    }

    private double shutter(double[] derivative) {
        Cameras.rollingShutterJacobian(q, place, other, bias, rate, velocity, point, 0.02, camera, value, derivative);
        return value[0];
    }
}
