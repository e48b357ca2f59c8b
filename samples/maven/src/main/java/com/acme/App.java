package com.acme;

import java.io.PrintStream;
import java.util.Random;

/** Trains the network of {@code moons.nn} on points that it draws itself. */
public final class App {

    private static final int POINTS = 1000;

    private App() {}

    public static void main(String[] args) {
        train(System.out);
    }

    /** Says how it goes; returns the share of points, never seen in training, that end on the right side. */
    static double train(PrintStream out) {
        Random random = new Random(1);
        Points seen = Points.draw(random);
        Points unseen = Points.draw(random);

        Moons model = new Moons(1);
        MoonsTrainer trainer = new MoonsTrainer(model, 1);
        MoonsForward forward = new MoonsForward(model, POINTS);
        double share = 0;
        for (int epoch = 1; epoch <= MoonsTrainer.EPOCHS; epoch++) {
            double loss = trainer.epoch(seen.x, seen.y, POINTS);
            share = unseen.share(forward);
            if (epoch % 10 == 0) {
                out.printf("epoch %2d   loss %.4f   right on new points %.1f %%%n", epoch, loss, 100 * share);
            }
        }
        return share;
    }

    /** Points on two half moons with some noise, as the network takes them. */
    private static final class Points {

        final double[] x = new double[2 * POINTS];
        final double[] y = new double[POINTS];

        static Points draw(Random random) {
            Points points = new Points();
            for (int i = 0; i < POINTS; i++) {
                boolean upper = i % 2 == 0;
                double angle = Math.PI * random.nextDouble();
                points.x[2 * i] = (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.1 * random.nextGaussian();
                points.x[2 * i + 1] = (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + 0.1 * random.nextGaussian();
                points.y[i] = upper ? 1 : 0;
            }
            return points;
        }

        double share(MoonsForward forward) {
            forward.run(x, POINTS);
            double right = 0;
            for (int i = 0; i < POINTS; i++) {
                right += (forward.p()[i] > 0.5) == (y[i] == 1) ? 1 : 0;
            }
            return right / POINTS;
        }
    }
}
