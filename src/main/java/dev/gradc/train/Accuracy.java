package dev.gradc.train;

import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * The share of examples that a classifier gets right. A network is one if its only target is a class (an integer, or 1 in the place of the
 * class and else 0) and its first output has a number for each class; or if its target is 0 or 1 and its first output one number, which
 * counts as 1 from 0.5 on.
 */
final class Accuracy {

    private final Tensor output;
    private final Tensor target;

    private Accuracy(Tensor output, Tensor target) {
        this.output = output;
        this.target = target;
    }

    static Optional<Accuracy> of(NetworkUnit network, Examples examples) {
        Tensor[] targets = network.data().stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .toArray(Tensor[]::new);
        if (targets.length != 1 || network.outputs().isEmpty()) {
            return Optional.empty();
        }
        Tensor target = targets[0];
        Tensor output = network.outputs().get(0);
        int given = Examples.width(output);
        int wanted = Examples.width(target);
        boolean classes = target.isInteger()
                ? wanted == 1 && given > 1
                : wanted == given
                        && Arrays.stream(examples.values().get(target)).allMatch(v -> v == 0 || v == 1);
        return classes ? Optional.of(new Accuracy(output, target)) : Optional.empty();
    }

    /** How many of at most {@link Model#CAPACITY} examples are right. */
    int right(Model model, Examples batch) {
        double[] given = model.output(output, batch);
        double[] wanted = batch.values().get(target);
        int width = Examples.width(output);
        int right = 0;
        for (int i = 0; i < batch.count(); i++) {
            boolean same = width == 1
                    ? given[i] >= 0.5 == (wanted[i] >= 0.5)
                    : largest(given, i * width, width)
                            == (target.isInteger() ? (int) wanted[i] : largest(wanted, i * width, width));
            right += same ? 1 : 0;
        }
        return right;
    }

    private static int largest(double[] values, int first, int count) {
        int place = 0;
        for (int i = 1; i < count; i++) {
            place = values[first + i] > values[first + place] ? i : place;
        }
        return place;
    }
}
