package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether a network does the same for each example whatever the others are, so that the gradient of a batch is the mean of those of its
 * parts: the examples meet in the mean of their losses alone. Where numbers are drawn, or statistics are kept, their order counts.
 */
public final class IndependentExamples {

    private final NetworkUnit network;
    private final Expr batch;
    private final Map<Tensor, Integer> readers;

    private IndependentExamples(NetworkUnit network) {
        this.network = network;
        batch = Access.of(network.batch());
        readers = network.program().readers();
    }

    public static boolean in(NetworkUnit network) {
        if (!network.draws().isEmpty() || !network.updates().isEmpty()) {
            return false;
        }
        IndependentExamples examples = new IndependentExamples(network);
        return network.program().definitions().stream().allMatch(examples::holds);
    }

    private boolean holds(Definition definition) {
        List<Access> reads = reads(definition);
        if (isOverBatch(definition.target())) {
            Expr example = definition.subscripts().get(axis(definition.target()));
            return example instanceof Index && reads.stream().allMatch(read -> isOfExample(read, example));
        }
        return reads.stream().noneMatch(read -> read == batch || isOverBatch(read.tensor()))
                || isTotal(definition, reads)
                || isMean(definition);
    }

    /** What a definition reads, but for the batch as the end of its loops. */
    private List<Access> reads(Definition definition) {
        List<Expr> roots = new ArrayList<>(definition.subscripts());
        roots.add(definition.body());
        definition.loops().stream()
                .flatMap(loop -> Stream.of(loop.low(), loop.high()))
                .filter(bound -> bound != batch)
                .forEach(roots::add);
        return Walk.postOrder(roots).stream()
                .filter(Access.class::isInstance)
                .map(Access.class::cast)
                .toList();
    }

    private boolean isOverBatch(Tensor tensor) {
        return axis(tensor) >= 0;
    }

    /** On which axis the examples are, the first of them if there are several; -1 for none. */
    private int axis(Tensor tensor) {
        return tensor.shape().extents().indexOf(batch);
    }

    private boolean isOfExample(Access read, Expr example) {
        return isOverBatch(read.tensor()) ? read.subscripts().get(axis(read.tensor())) == example : read != batch;
    }

    /** The sum of a value of each example, which nothing reads but a mean. */
    private boolean isTotal(Definition definition, List<Access> reads) {
        return definition.combine() == Combine.SUM
                && definition.target().rank() == 0
                && definition.loops().size() == 1
                && definition.loops().get(0).high() == batch
                && reads.stream()
                        .allMatch(read -> isOfExample(read, definition.loops().get(0)))
                && network.program().definitions().stream()
                        .filter(other -> reads(other).stream().anyMatch(read -> read.tensor() == definition.target()))
                        .allMatch(this::isMean);
    }

    /** A loss, which nothing reads. */
    private boolean isMean(Definition definition) {
        return network.objectives().stream().map(Objective::loss).anyMatch(definition.target()::equals)
                && readers.get(definition.target()) == 1
                && definition.body() instanceof Call mean
                && mean.function() == Operator.DIVIDE
                && mean.argument(0) instanceof Access
                && mean.argument(1) == batch;
    }
}
