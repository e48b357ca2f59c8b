package dev.gradc.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors each of whose entries at most one definition reaches, once, before anything reads it: what gathers in such an entry is one
 * value. Linear time.
 */
public final class Filling {

    /** Of a tensor in more parts nothing is said: they are compared in pairs. */
    private static final int MOST_PARTS = 16;

    private final Map<Tensor, List<Box>> boxes = new HashMap<>();

    /** The loops through time around the definitions of a tensor, and on which axis each of them goes. */
    private final Map<Tensor, Map<Index, Integer>> times = new HashMap<>();

    private final Set<Tensor> others = new HashSet<>();
    private final Set<Tensor> read = new HashSet<>();

    private Filling() {}

    public static Filling of(List<Definition> definitions) {
        Filling filling = new Filling();
        Walk walk = new Walk();
        for (Definition definition : definitions) {
            walk.nextReads(definition).forEach(access -> filling.read(access, definition));
            filling.fill(definition);
        }
        return filling;
    }

    /** Whether {@code tensor} is one of them. */
    public boolean isOnce(Tensor tensor) {
        return !boxes.getOrDefault(tensor, List.of()).isEmpty() && !others.contains(tensor);
    }

    /** Whether it is one of them, and every entry is reached. */
    public boolean isWhole(Tensor tensor) {
        if (!isOnce(tensor)) {
            return false;
        }
        double entries = 1;
        for (Expr extent : tensor.shape().extents()) {
            entries *= extent instanceof Constant constant ? constant.value() : 1;
        }
        List<Box> parts = boxes.get(tensor);
        return parts.stream().allMatch(part -> part.spans(tensor.shape()))
                && parts.stream().mapToDouble(Box::entries).sum() == entries;
    }

    /** Whether {@code definition} says what is so anyway before others come: entries that nothing reaches are 0. */
    public static boolean isStart(Definition definition) {
        return definition.combine() == Combine.ASSIGN && definition.body() == Constant.ZERO && definition.isGather();
    }

    private void fill(Definition definition) {
        Tensor target = definition.target();
        List<Box> parts = boxes.computeIfAbsent(target, tensor -> new ArrayList<>());
        if (parts.isEmpty() && isStart(definition)) {
            return;
        }
        Optional<Box> box = others.contains(target) || read.contains(target) ? Optional.empty() : Box.of(definition);
        Map<Index, Integer> axes = new HashMap<>();
        definition
                .recurrences()
                .forEach(r -> axes.put(r.time(), definition.subscripts().indexOf(r.time())));
        Map<Index, Integer> known = times.putIfAbsent(target, axes);
        if (box.isPresent()
                && parts.size() < MOST_PARTS
                && parts.stream().allMatch(box.get()::isApartFrom)
                && (known == null || known.equals(axes))) {
            parts.add(box.get());
        } else {
            others.add(target);
        }
    }

    /** Within its loops through time only what is filled at the time at hand may be read: other times have no value yet, or no longer. */
    private void read(Access access, Definition reader) {
        Tensor tensor = access.tensor();
        read.add(tensor);
        Map<Index, Integer> axes = times.getOrDefault(tensor, Map.of());
        for (Recurrence recurrence : reader.recurrences()) {
            Integer axis = axes.get(recurrence.time());
            if (axis != null && (axis < 0 || access.subscripts().get(axis) != recurrence.time())) {
                others.add(tensor);
            }
        }
    }
}
