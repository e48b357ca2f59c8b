package dev.gradc.benchmark;

import dev.gradc.benchmark.portable.Arm;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.util.FieldSinCos;

/** Where the hand of the arm in {@code samples/functions/arm.nn} is, and the Jacobian by the angles of its six joints. */
final class ArmProblem {

    static final Map<Contestant, Supplier<Evaluation>> CONTESTANTS = Map.of(
            Contestant.PORTABLE, () -> new ArmProblem()::generated,
            Contestant.BY_HAND, () -> new ArmProblem()::byHand,
            Contestant.HIPPARCHUS, () -> new ArmProblem()::hipparchus);

    private final double[] q = {0.3, -0.7, 0.5, 1.1, -0.4, 0.9};
    private final double[] position = new double[3];

    private double generated(double[] derivative) {
        Arm.handJacobian(q, position, derivative);
        return position[0] + position[1] + position[2];
    }

    /**
     * All but the turn of the first joint happens in a frame that this joint turns; a joint moves the hand along the cross product of its
     * axis and the way from the axis to the hand. The last joint turns the hand about itself.
     */
    private double byHand(double[] derivative) {
        double c0 = Math.cos(q[0]);
        double s0 = Math.sin(q[0]);
        double c1 = Math.cos(q[1]);
        double s1 = Math.sin(q[1]);
        double c2 = Math.cos(q[2]);
        double s2 = Math.sin(q[2]);
        double c3 = Math.cos(q[3]);
        double s3 = Math.sin(q[3]);
        double c4 = Math.cos(q[4]);
        double s4 = Math.sin(q[4]);
        double c12 = c1 * c2 - s1 * s2;
        double s12 = s1 * c2 + c1 * s2;

        // The last link, from the wrist to the hand.
        double ax = 0.08 * (-s4 * c3 * c12 - c4 * s12);
        double ay = 0.08 * s4 * s3;
        double az = 0.08 * (s4 * c3 * s12 - c4 * c12);
        // From the third joint to the hand, from the second, and from the foot.
        double bx = 0.035 * c12 - 0.365 * s12 + ax;
        double bz = -0.035 * s12 - 0.365 * c12 + az;
        double ex = 0.315 * c1 + bx;
        double ez = -0.315 * s1 + bz;
        double px = 0.025 + ex;
        double pz = 0.4 + ez;

        position[0] = c0 * px - s0 * ay;
        position[1] = s0 * px + c0 * ay;
        position[2] = pz;

        derivative[0] = -position[1];
        derivative[6] = position[0];
        derivative[12] = 0;
        column(derivative, 1, c0, s0, ez, 0, -ex);
        column(derivative, 2, c0, s0, bz, 0, -bx);
        // About (-s12, 0, -c12).
        column(derivative, 3, c0, s0, c12 * ay, -c12 * ax + s12 * az, -s12 * ay);
        // About (s3*c12, c3, -s3*s12).
        column(derivative, 4, c0, s0, c3 * az + s3 * s12 * ay, -s3 * s12 * ax - s3 * c12 * az, s3 * c12 * ay - c3 * ax);
        derivative[5] = 0;
        derivative[11] = 0;
        derivative[17] = 0;
        return position[0] + position[1] + position[2];
    }

    private static void column(double[] jacobian, int joint, double c0, double s0, double x, double y, double z) {
        jacobian[joint] = c0 * x - s0 * y;
        jacobian[6 + joint] = s0 * x + c0 * y;
        jacobian[12 + joint] = z;
    }

    // ---- Hipparchus

    /** Lift, reach and tilt of the joints, as in the source. */
    private static final double[][] JOINTS = {
        {0.4, 0.025, -Math.PI / 2},
        {0, 0.315, 0},
        {0, 0.035, -Math.PI / 2},
        {0.365, 0, Math.PI / 2},
        {0, 0, -Math.PI / 2},
        {0.08, 0, 0}
    };

    private double hipparchus(double[] derivative) {
        Gradient zero = Gradient.constant(6, 0);
        Gradient one = Gradient.constant(6, 1);
        // The columns of the rotation, and the position.
        Gradient[] x = {one, zero, zero};
        Gradient[] y = {zero, one, zero};
        Gradient[] z = {zero, zero, one};
        Gradient[] p = {zero, zero, zero};
        for (int joint = 0; joint < 6; joint++) {
            FieldSinCos<Gradient> turn = Gradient.variable(6, joint, q[joint]).sinCos();
            double lift = JOINTS[joint][0];
            double reach = JOINTS[joint][1];
            double c = Math.cos(JOINTS[joint][2]);
            double s = Math.sin(JOINTS[joint][2]);
            for (int i = 0; i < 3; i++) {
                Gradient xi = x[i].multiply(turn.cos()).add(y[i].multiply(turn.sin()));
                Gradient yi = y[i].multiply(turn.cos()).subtract(x[i].multiply(turn.sin()));
                Gradient zi = z[i];
                x[i] = xi;
                y[i] = yi.multiply(c).add(zi.multiply(s));
                z[i] = zi.multiply(c).subtract(yi.multiply(s));
                p[i] = p[i].add(zi.multiply(lift)).add(xi.multiply(reach));
            }
        }
        for (int i = 0; i < 3; i++) {
            System.arraycopy(p[i].getGradient(), 0, derivative, 6 * i, 6);
        }
        return Arrays.stream(p).mapToDouble(Gradient::getValue).sum();
    }
}
