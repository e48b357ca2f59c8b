import java.util.Random;

/**
 * Trains the network of {@code rings.nn} on points that it draws itself, and says how it goes.
 *
 * <pre>
 * ./gradc compile samples/rings.nn -d out
 * javac -d out out/*.java samples/TrainRings.java
 * java -cp out TrainRings
 * </pre>
 */
public final class TrainRings {

    private static final int POINTS = 1000;

    private TrainRings() {}

    public static void main(String[] args) {
        Random random = new Random(1);
        double[] x = new double[2 * POINTS];
        double[] y = new double[POINTS];
        draw(random, x, y);
        double[] newX = new double[2 * POINTS];
        double[] newY = new double[POINTS];
        draw(random, newX, newY);

        Rings model = new Rings(1);
        RingsTrainer trainer = new RingsTrainer(model, 1);
        RingsForward forward = new RingsForward(model, POINTS);
        for (int epoch = 1; epoch <= RingsTrainer.EPOCHS; epoch++) {
            double loss = trainer.epoch(x, y, POINTS);
            if (epoch % 20 == 0 || epoch == 1) {
                System.out.printf(
                        "epoch %3d   loss %.4f   accuracy on new points %.1f %%%n",
                        epoch, loss, 100 * accuracy(forward, newX, newY));
            }
        }
    }

    /** Points on two rings with some noise: label 1 on the inner one. */
    private static void draw(Random random, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 2;
            double radius = (y[i] == 1 ? 0.5 : 1.2) + 0.1 * random.nextGaussian();
            double angle = 2 * Math.PI * random.nextDouble();
            x[2 * i] = radius * Math.cos(angle);
            x[2 * i + 1] = radius * Math.sin(angle);
        }
    }

    private static double accuracy(RingsForward forward, double[] x, double[] y) {
        forward.run(x, y.length);
        double right = 0;
        for (int i = 0; i < y.length; i++) {
            right += (forward.o()[i] > 0.5) == (y[i] == 1) ? 1 : 0;
        }
        return right / y.length;
    }
}
