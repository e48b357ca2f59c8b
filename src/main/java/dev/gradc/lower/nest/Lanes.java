package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the values of a block of iterations stand: {@code u[n,k]} in {@code u[block,k,lane]}, the lane being the place of the iteration in
 * its block. Data that the iterations read are brought there first.
 */
final class Lanes {

    /** The loop over the blocks. */
    final Index block;

    private final Index iteration;
    private final Constant count;

    /** What gets rows, and on which axis the iteration is. */
    private final Map<Tensor, Integer> axes;

    /** What is only read. */
    private final Set<Tensor> data;

    private final Map<Tensor, Tensor> tensors = new LinkedHashMap<>();

    private final Set<Tensor> sharedBefore;
    private final Set<Tensor> shared = new HashSet<>();

    /**
     * @param count how many iterations are a block
     * @param axes the tensors that get rows, and on which axis the iteration is
     * @param data those of them that the iterations only read
     * @param shared the tensors that are filled in parts
     */
    Lanes(Index iteration, int count, Map<Tensor, Integer> axes, Set<Tensor> data, Set<Tensor> shared) {
        this.iteration = iteration;
        this.count = Constant.of(count);
        this.axes = axes;
        this.data = data;
        sharedBefore = shared;
        block = Index.upTo("block", Constant.of(Strides.extent(iteration) / count));
    }

    /** The tensors that have come into being. */
    Collection<Tensor> tensors() {
        return tensors.values();
    }

    /** Those of them that are filled in parts. */
    Set<Tensor> shared() {
        return shared;
    }

    /** A new loop over the iterations of a block. */
    Index lane() {
        return Index.upTo("lane", count);
    }

    /** Whether {@code tensor} has rows now. */
    boolean has(Tensor tensor) {
        return axes.containsKey(tensor);
    }

    /** Whether an element of {@code tensor} gets its value in one place. */
    boolean isOwn(Tensor tensor) {
        return has(tensor) && !sharedBefore.contains(tensor);
    }

    /** A value of each iteration of a block that is filled in parts. */
    Tensor part(String name) {
        Tensor part = Tensor.derived(name, shape(List.of()));
        tensors.put(part, part);
        shared.add(part);
        return part;
    }

    /** The row of {@code tensor} is filled in parts. */
    void fillInParts(Tensor tensor) {
        shared.add(moved(tensor));
    }

    private Tensor moved(Tensor tensor) {
        return tensors.computeIfAbsent(tensor, t -> {
            List<Expr> extents = new ArrayList<>(t.shape().extents());
            extents.remove((int) axes.get(t));
            Tensor result = Tensor.derived(t.name() + (data.contains(t) ? "Block" : ""), shape(extents));
            if (sharedBefore.contains(t)) {
                shared.add(result);
            }
            return result;
        });
    }

    private Shape shape(List<Expr> others) {
        List<Expr> extents = new ArrayList<>(others);
        extents.add(0, block.high());
        extents.add(count);
        return new Shape(extents);
    }

    /** What becomes of expressions inside a loop over the lanes. */
    Rewrite inside(Index lane) {
        Expr position = iteration(lane);
        return new Rewrite(node -> {
            if (node == iteration) {
                return position;
            }
            // Data may be read for other iterations, too.
            boolean moves = node instanceof Access access
                    && has(access.tensor())
                    && access.subscripts().get(axes.get(access.tensor())) == position;
            return moves ? moved((Access) node, lane) : node;
        });
    }

    private Access moved(Access access, Index lane) {
        List<Expr> subscripts = prefix(access.tensor(), access.subscripts());
        subscripts.add(lane);
        return Access.of(moved(access.tensor()), subscripts);
    }

    /** The first subscripts of an element, or of a slice, of what {@code tensor} has become. */
    List<Expr> prefix(Tensor tensor, List<Expr> subscripts) {
        List<Expr> prefix = new ArrayList<>(subscripts);
        prefix.remove((int) axes.get(tensor));
        prefix.add(0, block);
        return prefix;
    }

    private Expr iteration(Index lane) {
        return Offsets.sum(Offsets.product(count, block), lane);
    }

    /** Brings the data of a block to their places. */
    List<NestedLoop> copies() {
        return tensors.keySet().stream().filter(data::contains).map(this::copy).toList();
    }

    /** {@code for j, for lane: xBlock[block,j,lane] = x[50*block+lane,j]}. */
    private NestedLoop copy(Tensor tensor) {
        Index lane = lane();
        List<Index> loops = new ArrayList<>(List.of(block));
        List<Expr> from = new ArrayList<>();
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (axis == axes.get(tensor)) {
                from.add(iteration(lane));
            } else {
                Index index = Index.ofAxis(axis, tensor.shape().extent(axis));
                loops.add(index);
                from.add(index);
            }
        }
        loops.add(lane);
        Definition copy = Definition.map(moved(tensor), loops, Access.of(tensor, from), "");
        Item item = new Step(Step.Kind.STORE, copy, List.of());
        for (int depth = loops.size() - 1; depth > 0; depth--) {
            NestedLoop around = new NestedLoop(loops.get(depth), NestedLoop.Order.ANY);
            around.items.add(item);
            item = around;
        }
        return (NestedLoop) item;
    }
}
