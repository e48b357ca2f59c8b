package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Lays out by its steps what a recurrence computes for the examples of a batch: {@code c[n,k,i]} becomes {@code c[k,n,i]}. What a step
 * computes for all examples then lies together, so that loops and functions of rows go through it as through one row. What definitions
 * touch beside it at the same step of the same example goes with it. Callers see inputs and outputs as before; inputs that matrices are
 * multiplied with are copied.
 */
public final class StepsOutermost {

    /** A network with its backward passes. */
    public record Passes(NetworkUnit network, List<Gradient> gradients) {}

    private final NetworkUnit network;
    private final List<Gradient> gradients;

    /** What callers see. */
    private final Set<Tensor> outside = new HashSet<>();

    /** On which axis the steps were, of what gets a new layout. */
    private final Map<Tensor, Integer> axes = new LinkedHashMap<>();

    private final Map<Tensor, Tensor> moved = new LinkedHashMap<>();
    private final Map<Tensor, Tensor> copied = new LinkedHashMap<>();

    private StepsOutermost(NetworkUnit network, List<Gradient> gradients) {
        this.network = network;
        this.gradients = gradients;
        outside.addAll(network.program().arguments());
        outside.addAll(network.program().results());
        gradients.forEach(gradient -> outside.addAll(gradient.program().results()));
    }

    public static Passes of(NetworkUnit network, List<Gradient> gradients) {
        StepsOutermost layout = new StepsOutermost(network, gradients);
        layout.find();
        return layout.axes.isEmpty() ? new Passes(network, gradients) : layout.passes();
    }

    private void find() {
        List<Definition> forward = network.program().definitions();
        List<Definition> all = Stream.concat(
                        forward.stream(),
                        gradients.stream().flatMap(gradient -> gradient.program().definitions().stream()))
                .toList();
        for (Definition definition : all) {
            definition.recurrences().stream().findFirst().ifPresent(first -> move(definition.element(), first.time()));
        }
        int known = 0;
        while (known < moved.size()) {
            known = moved.size();
            all.forEach(definition -> beside(definition, this::move));
        }
        forward.stream().filter(StepsOutermost::isProduct).forEach(product -> beside(product, this::copy));
    }

    /** Tells of everything that a definition touches at the same step of the same example as something that moves. */
    private void beside(Definition definition, BiConsumer<Access, Index> found) {
        List<Access> touched = new ArrayList<>(Walk.accesses(definition.body()));
        touched.add(definition.element());
        for (Access access : touched) {
            if (moved.containsKey(access.tensor())
                    && access.subscripts().get(axes.get(access.tensor())) instanceof Index step
                    && access.subscripts().get(0) instanceof Index example) {
                touched.stream()
                        .filter(other -> other.subscripts().indexOf(example) == 0)
                        .forEach(other -> found.accept(other, step));
            }
        }
    }

    private static boolean isProduct(Definition definition) {
        return Product.of(definition).isPresent();
    }

    private void move(Access access, Index step) {
        if (!outside.contains(access.tensor())) {
            add(access, step, access.tensor().name(), moved);
        }
    }

    private void copy(Access access, Index step) {
        if (access.tensor().role() == Tensor.Role.INPUT) {
            add(access, step, access.tensor().name() + "Steps", copied);
        }
    }

    private void add(Access access, Index step, String name, Map<Tensor, Tensor> layouts) {
        Tensor tensor = access.tensor();
        int axis = access.subscripts().indexOf(step);
        boolean isOfBatch = axis > 0 && !(tensor.shape().extent(0) instanceof Constant);
        if (isOfBatch && !tensor.isInteger() && axes.putIfAbsent(tensor, axis) == null) {
            layouts.put(
                    tensor,
                    Tensor.derived(
                            name, new Shape(stepsFirst(tensor, tensor.shape().extents()))));
        }
    }

    private <T> List<T> stepsFirst(Tensor tensor, List<T> perAxis) {
        List<T> turned = new ArrayList<>(perAxis);
        turned.add(0, turned.remove((int) axes.get(tensor)));
        return turned;
    }

    /** The loops of a definition of {@code tensor}, that over the steps before all others. */
    private List<Index> stepsFirst(Tensor tensor, Definition definition) {
        List<Index> loops = new ArrayList<>(definition.loops());
        if (definition.subscripts().get(axes.get(tensor)) instanceof Index step && loops.remove(step)) {
            loops.add(0, step);
        }
        return loops;
    }

    private Passes passes() {
        List<Definition> forward = new ArrayList<>();
        copied.keySet().forEach(input -> forward.add(copy(input)));
        forward.addAll(turned(network.program()).definitions());
        return new Passes(
                network.withProgram(network.program().withDefinitions(forward)),
                gradients.stream()
                        .map(gradient -> new Gradient(gradient.of(), turned(gradient.program()), gradient.adjoints()))
                        .toList());
    }

    private Definition copy(Tensor input) {
        List<Index> loops = input.shape().indices();
        return Definition.map(copied.get(input), stepsFirst(input, loops), Access.of(input, loops), "");
    }

    private Program turned(Program program) {
        Rewrite reads = rewrite(moved);
        Map<Tensor, Tensor> all = new LinkedHashMap<>(moved);
        all.putAll(copied);
        Rewrite readsOfProducts = rewrite(all);
        return new Program(
                program.arguments().stream()
                        .map(tensor -> moved.getOrDefault(tensor, tensor))
                        .toList(),
                program.definitions().stream()
                        .map(definition -> turned(definition, isProduct(definition) ? readsOfProducts : reads))
                        .toList(),
                program.results());
    }

    private Rewrite rewrite(Map<Tensor, Tensor> layouts) {
        return new Rewrite(node -> node instanceof Access access && layouts.containsKey(access.tensor())
                ? Access.of(layouts.get(access.tensor()), stepsFirst(access.tensor(), access.subscripts()))
                : node);
    }

    private Definition turned(Definition definition, Rewrite reads) {
        Definition read = definition.rewritten(reads);
        Tensor target = definition.target();
        return moved.containsKey(target)
                ? new Definition(
                        moved.get(target),
                        stepsFirst(target, read.subscripts()),
                        read.combine(),
                        stepsFirst(target, definition),
                        read.body(),
                        read.note(),
                        read.recurrences())
                : read;
    }
}
