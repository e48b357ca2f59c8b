package dev.gradc.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import samples.sequences.Echo;
import samples.sequences.EchoForward;
import samples.sequences.EchoTrainer;
import samples.sequences.GatedUnits;
import samples.sequences.GatedUnitsForward;
import samples.sequences.GatedUnitsTrainer;
import samples.sequences.LongShortTermMemory;
import samples.sequences.LongShortTermMemoryForward;
import samples.sequences.LongShortTermMemoryTrainer;
import samples.sequences.Lookup;
import samples.sequences.LookupForward;
import samples.sequences.LookupTrainer;

/** Each network for sequences learns its task, on examples that it has not seen. */
class SequenceSamplesTest {

    private static final int EXAMPLES = 400;

    @Test
    void theEchoRepeatsWhatWasTwoStepsAgo() {
        Random random = new Random(1);
        double[] x = Draws.uniform(12 * EXAMPLES, -1, 1, random);
        Echo model = new Echo(1);
        EchoTrainer trainer = new EchoTrainer(model, 1);
        for (int epoch = 0; epoch < EchoTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, echoes(x), EXAMPLES);
        }
        double[] fresh = Draws.uniform(12 * EXAMPLES, -1, 1, random);
        double loss = new EchoForward(model, EXAMPLES).loss(fresh, echoes(fresh), EXAMPLES);
        assertTrue(loss < 0.01, loss + " where the variance is 0.28");
    }

    private static double[] echoes(double[] x) {
        double[] y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = k % 12 < 2 ? 0 : x[k - 2];
        }
        return y;
    }

    @Test
    void longShortTermMemoryRemembersTheBeginning() {
        Random random = new Random(2);
        double[] y = Draws.classes(EXAMPLES);
        double[] x = beginnings(y, random);
        LongShortTermMemory model = new LongShortTermMemory(1);
        LongShortTermMemoryTrainer trainer = new LongShortTermMemoryTrainer(model, 1);
        for (int epoch = 0; epoch < LongShortTermMemoryTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, EXAMPLES);
        }
        LongShortTermMemoryForward forward = new LongShortTermMemoryForward(model, EXAMPLES);
        forward.run(beginnings(y, random), EXAMPLES);
        assertTrue(Draws.accuracy(forward.p(), y) > 0.97, "accuracy " + Draws.accuracy(forward.p(), y));
    }

    @Test
    void gatedUnitsRememberTheBeginning() {
        Random random = new Random(3);
        double[] y = Draws.classes(EXAMPLES);
        double[] x = beginnings(y, random);
        GatedUnits model = new GatedUnits(1);
        GatedUnitsTrainer trainer = new GatedUnitsTrainer(model, 1);
        for (int epoch = 0; epoch < GatedUnitsTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, EXAMPLES);
        }
        GatedUnitsForward forward = new GatedUnitsForward(model, EXAMPLES);
        forward.run(beginnings(y, random), EXAMPLES);
        assertTrue(Draws.accuracy(forward.p(), y) > 0.97, "accuracy " + Draws.accuracy(forward.p(), y));
    }

    /** Ten steps of noise, of which the first carries the class, and beside it a mark that it is the first. */
    private static double[] beginnings(double[] y, Random random) {
        double[] x = new double[20 * y.length];
        for (int i = 0; i < y.length; i++) {
            for (int step = 0; step < 10; step++) {
                x[20 * i + 2 * step] = random.nextGaussian();
            }
            x[20 * i] = y[i] == 1 ? 1 : -1;
            x[20 * i + 1] = 1;
        }
        return x;
    }

    @Test
    void attentionLooksUpWhatIsMarked() {
        Random random = new Random(4);
        double[] y = new double[EXAMPLES];
        double[] x = marked(y, random);
        Lookup model = new Lookup(1);
        LookupTrainer trainer = new LookupTrainer(model, 1);
        for (int epoch = 0; epoch < LookupTrainer.EPOCHS; epoch++) {
            trainer.epoch(x, y, EXAMPLES);
        }
        double[] fresh = marked(y, random);
        double loss = new LookupForward(model, EXAMPLES).loss(fresh, y, EXAMPLES);
        assertTrue(loss < 0.02, loss + " where the variance is 0.33");
    }

    private static double[] marked(double[] y, Random random) {
        double[] x = Draws.uniform(16 * y.length, -1, 1, random);
        for (int i = 0; i < y.length; i++) {
            int place = random.nextInt(8);
            for (int step = 0; step < 8; step++) {
                x[16 * i + 2 * step + 1] = step == place ? 1 : 0;
            }
            y[i] = x[16 * i + 2 * place];
        }
        return x;
    }
}
