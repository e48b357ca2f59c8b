package dev.gradc.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** How training went, epoch by epoch. */
public record History(List<Epoch> epochs) {

    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    private static final int WIDTH = 60;

    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * What came out of one pass over the examples.
     *
     * @param loss the mean on the way
     * @param validation the loss of the examples kept back, after the pass
     * @param accuracy the share of them that is right
     */
    public record Epoch(int number, double loss, OptionalDouble validation, OptionalDouble accuracy) {

        /** What training tries to lower: the loss of the examples kept back, if there are any. */
        double judged() {
            return validation.orElse(loss);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "epoch %3d   loss %.4g", number, loss));
            validation.ifPresent(v -> text.append(String.format(Locale.ROOT, "   validation %.4g", v)));
            accuracy.ifPresent(a -> text.append(String.format(Locale.ROOT, "   accuracy %.1f %%", 100 * a)));
            return text.toString();
        }
    }

    /** The loss as a row of bars, on a logarithmic scale. */
    public String curve() {
        int bars = Math.min(WIDTH, epochs.size());
        double[] logs = DoubleStream.iterate(0, i -> i + 1)
                .limit(bars)
                .map(i -> Math.log(epochs.get((int) (i * epochs.size() / bars)).judged()))
                .toArray();
        double low = DoubleStream.of(logs).filter(Double::isFinite).min().orElse(0);
        double high = DoubleStream.of(logs).filter(Double::isFinite).max().orElse(0);
        return DoubleStream.of(logs)
                .map(log -> high > low ? Math.max(0, (log - low) / (high - low)) : 0)
                .mapToObj(height -> LEVELS.substring((int) (height * 7), (int) (height * 7) + 1))
                .collect(Collectors.joining());
    }

    /** The same as CSV. */
    public String csv() {
        return epochs.stream()
                .map(epoch -> epoch.number() + "," + epoch.loss() + "," + text(epoch.validation()) + ","
                        + text(epoch.accuracy()) + "\n")
                .collect(Collectors.joining("", "epoch,loss,validation,accuracy\n", ""));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }
}
