package dev.gradc.lower.prepare;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes a tensor where functions of rows read its slices, if no entry is read twice: of {@code a[n,i] = z[n,i] + b[i]}, {@code p[n,i] =
 * f(a[n,i])} and {@code q[n,i] = g(a[n,i+64])} the first line goes into the others, whose arguments then lie as their values do.
 */
public final class Slices {

    /** A part of a tensor along one axis. */
    private record Slice(int axis, long from, long to) {

        boolean isApart(Slice other) {
            return axis == other.axis && (to <= other.from || other.to <= from);
        }
    }

    private final Set<Function> functions;

    /** What may go to its readers. */
    private final Map<Tensor, Definition> candidates = new HashMap<>();

    private final Map<Tensor, List<Slice>> slices = new HashMap<>();

    private Slices(List<Definition> definitions, Set<Tensor> kept, Set<Function> functions) {
        this.functions = functions;
        Map<Tensor, Integer> last = new HashMap<>();
        for (int line = 0; line < definitions.size(); line++) {
            Definition definition = definitions.get(line);
            boolean first = last.put(definition.target(), line) == null;
            if (first && isEntryByEntry(definition) && !kept.contains(definition.target())) {
                candidates.put(definition.target(), definition);
            } else {
                candidates.remove(definition.target());
            }
        }
        // What it is made of must be the same at its readers.
        for (int line = 0; line < definitions.size(); line++) {
            int place = line;
            Definition definition = definitions.get(line);
            if (candidates.containsKey(definition.target())
                    && Walk.accesses(definition.body()).stream()
                            .anyMatch(read -> last.getOrDefault(read.tensor(), -1) >= place)) {
                candidates.remove(definition.target());
            }
        }
        definitions.forEach(this::addReads);
        candidates
                .keySet()
                .removeIf(tensor -> slices.getOrDefault(tensor, List.of()).size() < 2);
    }

    /**
     * @param kept what is read elsewhere, too
     * @param functions what is applied to rows
     */
    public static List<Definition> of(List<Definition> definitions, Set<Tensor> kept, Set<Function> functions) {
        if (functions.isEmpty()) {
            return definitions;
        }
        Slices slices = new Slices(definitions, kept, functions);
        return slices.candidates.isEmpty() ? definitions : slices.inReaders(definitions);
    }

    /** Whether every entry is a formula of its places; one that nothing reaches would be 0. */
    private static boolean isEntryByEntry(Definition definition) {
        Set<Expr> seen = new HashSet<>();
        return definition.combine() == Combine.ASSIGN
                && definition.reachesAll()
                && definition.subscripts().stream()
                        .allMatch(subscript -> subscript instanceof Index && seen.add(subscript))
                && seen.containsAll(definition.loops());
    }

    private void addReads(Definition reader) {
        for (Access read : new Walk().nextReads(reader)) {
            Definition definition = candidates.get(read.tensor());
            if (definition == null) {
                continue;
            }
            Optional<Slice> slice = isArgument(read, reader) ? slice(definition, reader, read) : Optional.empty();
            List<Slice> others = slices.computeIfAbsent(read.tensor(), tensor -> new ArrayList<>());
            if (slice.isPresent() && others.stream().allMatch(slice.get()::isApart)) {
                others.add(slice.get());
            } else {
                candidates.remove(read.tensor());
            }
        }
    }

    /** Whether {@code reader} is a function of rows at {@code read}. */
    private boolean isArgument(Access read, Definition reader) {
        return reader.body() instanceof Call call && functions.contains(call.function()) && call.argument(0) == read;
    }

    /** What {@code reader} reads, each entry once; empty if it reads anything but a slice, or in other loops through time. */
    private static Optional<Slice> slice(Definition definition, Definition reader, Access read) {
        Set<Expr> walked = new HashSet<>();
        List<Slice> parts = new ArrayList<>();
        for (int axis = 0; axis < read.subscripts().size(); axis++) {
            Affine place = Affine.of(read.subscripts().get(axis));
            if (place.terms().size() != 1
                    || !(place.plus(Affine.of(-place.constant())).toExpr() instanceof Index index)
                    || !walked.add(index)) {
                return Optional.empty();
            }
            part(index, place.constant(), axis, read.tensor()).ifPresent(parts::add);
        }
        boolean eachOnce = parts.size() == 1
                && walked.containsAll(reader.loops())
                && reader.recurrences().equals(definition.recurrences());
        return eachOnce ? Optional.of(parts.get(0)) : Optional.empty();
    }

    /** The places {@code from + index}; empty if these are the whole axis. */
    private static Optional<Slice> part(Index index, long from, int axis, Tensor tensor) {
        boolean whole = from == 0
                && index.low() == Constant.ZERO
                && index.high() == tensor.shape().extent(axis);
        if (whole) {
            return Optional.empty();
        }
        IntegerRange low = IntegerRange.of(index.low());
        IntegerRange high = IntegerRange.of(index.high());
        return Optional.of(new Slice(axis, from + low.low(), from + high.high()));
    }

    private List<Definition> inReaders(List<Definition> definitions) {
        Map<Tensor, Definition> moved = new HashMap<>();
        Rewrite inPlace = new Rewrite(node -> node instanceof Access read && moved.containsKey(read.tensor())
                ? moved.get(read.tensor()).bodyAt(read.subscripts())
                : node);
        List<Definition> rest = new ArrayList<>();
        for (Definition definition : definitions) {
            Definition read = definition.rewritten(inPlace);
            if (candidates.containsKey(definition.target())) {
                moved.put(definition.target(), read);
            } else {
                rest.add(read);
            }
        }
        return rest;
    }
}
