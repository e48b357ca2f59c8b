package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a program in which no definition copies or repeats an earlier one. Readers of a copy {@code t[i] = x[i]}, or of a definition
 * that equals an earlier one up to the names of its loops, read the original; if a copy is a result, it stays.
 */
final class Merging {

    /** What a definition computes, whatever its target and its loops are called. */
    private record Content(
            Shape shape, boolean integer, List<Expr> subscripts, Combine combine, List<Index> loops, Expr body) {}

    /** A loop, whatever its name: the {@code place}-th of its definition. */
    private record Place(int place, Expr low, Expr high) {}

    private final Program program;
    private final Filling filling;
    private final Set<Tensor> results;
    private final Set<Tensor> mergeable;
    private final boolean backward;

    /** How many definitions of each tensor are still to come. */
    private final Map<Tensor, Integer> toCome = new HashMap<>();

    private final List<Definition> definitions = new ArrayList<>();
    private final Map<Tensor, Definition> copies = new HashMap<>();
    private final Map<Content, Tensor> originals = new HashMap<>();
    private final Map<Place, Index> loops = new HashMap<>();
    private final Rewrite throughCopies = new Rewrite(this::withoutCopy);

    Merging(Program program, Filling filling) {
        this.program = program;
        this.filling = filling;
        this.results = new HashSet<>(program.results());
        this.mergeable = definedOnceBeforeRead(program);
        this.backward = program.arguments().stream().anyMatch(tensor -> tensor.role() == Tensor.Role.DERIVED);
        program.definitions().forEach(definition -> toCome.merge(definition.target(), 1, Integer::sum));
    }

    /** The definition with reads of copies made reads of the originals. */
    Definition reading(Definition definition) {
        return copies.isEmpty() ? definition : definition.rewritten(throughCopies);
    }

    /** Adds the next definition, or remembers that it says nothing new. */
    void add(Definition definition) {
        Tensor target = definition.target();
        toCome.merge(target, -1, Integer::sum);
        if (!mergeable.contains(target)) {
            definitions.add(definition);
            return;
        }
        Definition kept = isCopy(definition) ? definition : repeatAsCopy(definition);
        if (isCopy(kept)) {
            copies.put(target, kept);
        }
        if (!isCopy(kept) || results.contains(target)) {
            definitions.add(kept);
        }
    }

    Program program() {
        return program.withDefinitions(definitions);
    }

    // The original must have the same value wherever the copy is read; and a copy whose places data chooses saves its
    // readers the choice, so it stays.
    private boolean isCopy(Definition definition) {
        boolean whole = definition.isTotal()
                || definition.combine() == Combine.ASSIGN
                        && filling.isWhole(definition.target())
                        && definition.subscripts().stream().allMatch(s -> s instanceof Index || s instanceof Constant);
        return whole
                && definition.body() instanceof Access read
                && read.tensor().isInteger() == definition.target().isInteger()
                && isComplete(read.tensor())
                && Walk.accesses(read).size() == 1;
    }

    /**
     * Whether nothing changes {@code original} any more. One that several definitions fill takes the place of a copy only in a backward
     * pass, which is one that is given derived tensors: elsewhere the copy may have its name from the source.
     */
    private boolean isComplete(Tensor original) {
        return original.role() != Tensor.Role.DERIVED
                || mergeable.contains(original)
                || backward && toCome.getOrDefault(original, 0) == 0;
    }

    /** The definition itself, or, if an earlier one computes the same, a copy of that. */
    private Definition repeatAsCopy(Definition definition) {
        Tensor original = originals.putIfAbsent(content(definition), definition.target());
        if (original == null) {
            return definition;
        }
        List<Index> places = new ArrayList<>();
        for (int axis = 0; axis < original.rank(); axis++) {
            String name = definition.subscripts().get(axis) instanceof Index loop ? loop.name() : "i" + axis;
            places.add(Index.upTo(name, original.shape().extent(axis)));
        }
        return Definition.map(definition.target(), places, Access.of(original, places), definition.note());
    }

    private Expr withoutCopy(Expr node) {
        return node instanceof Access access && copies.containsKey(access.tensor())
                ? copies.get(access.tensor()).bodyAt(access.subscripts())
                : node;
    }

    private Content content(Definition definition) {
        Map<Expr, Expr> places = new HashMap<>();
        List<Index> named = new ArrayList<>();
        for (Index loop : definition.loops()) {
            // Bounds may speak of outer loops, which have their places by now.
            Rewrite outer = Rewrite.substituting(places);
            Place place = new Place(named.size(), outer.apply(loop.low()), outer.apply(loop.high()));
            Index index = loops.computeIfAbsent(place, p -> new Index("loop" + p.place, p.low, p.high));
            places.put(loop, index);
            named.add(index);
        }
        Rewrite rename = Rewrite.substituting(places);
        return new Content(
                definition.target().shape(),
                definition.target().isInteger(),
                rename.apply(definition.subscripts()),
                definition.combine(),
                named,
                rename.apply(definition.body()));
    }

    /** The tensors that one definition defines, no definition before it reads, and that do not read themselves. */
    private static Set<Tensor> definedOnceBeforeRead(Program program) {
        Set<Tensor> once = new HashSet<>();
        Set<Tensor> seen = new HashSet<>();
        Walk walk = new Walk();
        for (Definition definition : program.definitions()) {
            boolean first = seen.add(definition.target());
            boolean readsItself = false;
            for (Access read : walk.nextReads(definition)) {
                // What is read before it is defined belongs to a recurrence, or starts from zero.
                seen.add(read.tensor());
                readsItself |= read.tensor() == definition.target();
            }
            if (first && !readsItself) {
                once.add(definition.target());
            } else {
                once.remove(definition.target());
            }
        }
        return once;
    }
}
