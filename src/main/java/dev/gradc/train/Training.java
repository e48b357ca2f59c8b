package dev.gradc.train;

import dev.gradc.data.DataException;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.load.LoadedClasses;
import dev.gradc.train.History.Epoch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Trains a compiled network: keeps some examples back to judge by, stops when they are not improved on any more, and keeps the parameters
 * that did best. The same seed and data give the same parameters, with any number of threads.
 */
public final class Training implements AutoCloseable {

    private static final int EPOCHS = 100;
    private static final double VALIDATION = 0.1;
    private static final int SEED = 1;

    private final Map<String, Double> settings;
    private final Model model;
    private final Examples examples;
    private final Examples validation;
    private final Optional<Accuracy> accuracy;

    /**
     * @param name of the model's class among {@code classes}
     * @param examples at least one
     * @param threads that share the work; at least 1
     */
    public Training(
            NetworkUnit network,
            Precision precision,
            LoadedClasses classes,
            String name,
            Examples examples,
            int threads) {
        settings = network.training().orElseThrow().settings();
        long seed = (long) setting("seed", SEED);
        model = new Model(network, precision, classes, name, seed, threads);
        int kept = kept(examples.count());
        int[] order = order(examples.count(), seed);
        Examples shuffled = examples.at(order);
        validation = shuffled.range(0, kept);
        this.examples = shuffled.range(kept, examples.count());
        accuracy = Accuracy.of(network, examples);
    }

    private double setting(String name, double otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    /** How many examples are kept back; at least one is trained with. */
    private int kept(int count) {
        double share = setting("validation", VALIDATION);
        return share == 0 ? 0 : Math.min(count - 1, Math.max(1, (int) Math.round(share * count)));
    }

    private static int[] order(int count, long seed) {
        int[] order = new int[count];
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** How many examples are trained with. */
    public int examples() {
        return examples.count();
    }

    /** How many examples are kept back. */
    public int keptBack() {
        return validation.count();
    }

    /** How many passes over the examples there will be at most. */
    public int epochs() {
        return (int) setting("epochs", EPOCHS);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        model.close();
    }

    /** Starts from the parameters in a file. */
    public void load(Path weights) {
        model.load(weights);
    }

    /** Writes the parameters; the file is replaced when that is complete. */
    public void save(Path weights) {
        model.save(weights);
    }

    /**
     * Trains.
     *
     * @param progress is told of each epoch
     * @return how it went; the parameters are those of {@link #best} then
     * @throws DataException if the loss is not a number any more
     */
    public History run(Consumer<Epoch> progress) {
        List<Object> arrays = model.arrays(examples);
        List<Epoch> epochs = new ArrayList<>();
        List<Object> best = model.snapshot();
        double lowest = Double.POSITIVE_INFINITY;
        int since = 0;
        double patience = setting("patience", Double.POSITIVE_INFINITY);
        for (int number = 1; number <= epochs() && since < patience; number++) {
            double loss = model.epoch(arrays, examples.count());
            Epoch epoch = judged(number, loss);
            if (!Double.isFinite(epoch.judged())) {
                throw new DataException(
                        "training",
                        "the loss is " + epoch.judged() + " in epoch " + number
                                + "; a smaller learning rate, or data of the size of 1, may help");
            }
            epochs.add(epoch);
            progress.accept(epoch);
            since++;
            if (epoch.judged() < lowest) {
                lowest = epoch.judged();
                best = model.snapshot();
                since = 0;
            }
        }
        model.restore(best);
        return new History(epochs);
    }

    /** The epoch whose parameters are kept. */
    public static Epoch best(History history) {
        return history.epochs().stream()
                .min((a, b) -> Double.compare(a.judged(), b.judged()))
                .orElseThrow();
    }

    private Epoch judged(int number, double loss) {
        if (validation.count() == 0) {
            return new Epoch(number, loss, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double sum = 0;
        int right = 0;
        for (int first = 0; first < validation.count(); first += Model.CAPACITY) {
            Examples batch = validation.range(first, Math.min(validation.count(), first + Model.CAPACITY));
            sum += batch.count() * model.loss(batch);
            right += accuracy.map(a -> a.right(model, batch)).orElse(0);
        }
        return new Epoch(
                number,
                loss,
                OptionalDouble.of(sum / validation.count()),
                accuracy.isPresent() ? OptionalDouble.of((double) right / validation.count()) : OptionalDouble.empty());
    }
}
