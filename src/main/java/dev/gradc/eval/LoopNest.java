package dev.gradc.eval;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Inliner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A definition, ready to run once: the loops that choose an entry, inside them those that are reduced, inside them the body.
 *
 * <p>If the bounds of a loop that chooses depend on one that is reduced, as in the adjoint of a triangular sum, the loops keep
 * their order and each value is brought into its entry on its own.
 */
final class LoopNest {

    private final Definition definition;
    private final Precision precision;
    private final Frame frame;
    private final int loops;

    /** The loops before this one choose the entry; this and the later ones are reduced. */
    private final int chosen;

    private final Code.Whole[] lows;
    private final Code.Whole[] highs;
    private final Code body;
    private final Code.Whole offset;
    private final double[] array;

    /** Which entries this definition has reached, where several iterations may reach one; else null. */
    private final boolean[] reached;

    private double gathered;
    private int count;
    private int best;

    /** How many loops stand around all: those through time, which are moved from outside. */
    private final int outer;

    /** @param changing the tensors that are written while this runs, so that reads of them cannot be remembered */
    LoopNest(Definition definition, Set<Tensor> changing, Memory memory, Precision precision, Inliner inliner) {
        this.definition = definition;
        this.precision = precision;
        Set<Index> choosing = new LinkedHashSet<>(Walk.indices(definition.subscripts()));
        List<Index> order = new ArrayList<>();
        definition.recurrences().forEach(recurrence -> {
            order.add(recurrence.time());
            choosing.add(recurrence.time());
        });
        outer = order.size();
        order.addAll(definition.loops());
        if (choosingStandAlone(order, choosing)) {
            order.sort((a, b) -> Boolean.compare(choosing.contains(b), choosing.contains(a)));
            chosen = (int) order.stream().filter(choosing::contains).count();
        } else {
            chosen = order.size();
        }
        loops = order.size();
        frame = new Frame(loops);
        Coder coder = new Coder(order, changing, memory, precision, inliner);
        lows = order.stream().map(Index::low).map(coder::whole).toArray(Code.Whole[]::new);
        highs = order.stream().map(Index::high).map(coder::whole).toArray(Code.Whole[]::new);
        body = coder.number(definition.body());
        offset = coder.offset(definition.target(), definition.subscripts());
        array = memory.array(definition.target());
        boolean severalReachOne = !definition.isGather()
                || chosen == loops && !definition.reduced().isEmpty();
        reached = severalReachOne ? new boolean[array.length] : null;
    }

    private static boolean choosingStandAlone(List<Index> loops, Set<Index> choosing) {
        List<Expr> bounds = new ArrayList<>();
        loops.stream().filter(choosing::contains).forEach(loop -> {
            bounds.add(loop.low());
            bounds.add(loop.high());
        });
        return choosing.containsAll(Walk.indices(bounds));
    }

    /** Everything at one time. */
    void run() {
        choose(outer);
    }

    /** Moves the loop through time at {@code depth}. */
    void move(int depth, int time) {
        frame.move(depth, time);
    }

    /** Where the loop through time at {@code depth} starts. */
    int low(int depth) {
        return lows[depth].at(frame);
    }

    /** Where the loop through time at {@code depth} ends. */
    int high(int depth) {
        return highs[depth].at(frame);
    }

    private void choose(int loop) {
        if (loop == chosen) {
            gathered = empty();
            count = 0;
            best = 0;
            reduce(loop);
            store(definition.combine() == Combine.ARGMAX ? best : gathered);
            return;
        }
        int high = highs[loop].at(frame);
        for (int i = lows[loop].at(frame); i < high; i++) {
            frame.move(loop, i);
            choose(loop + 1);
        }
    }

    private void reduce(int loop) {
        if (loop == loops) {
            gather(body.at(frame));
            return;
        }
        int high = highs[loop].at(frame);
        for (int i = lows[loop].at(frame); i < high; i++) {
            frame.move(loop, i);
            reduce(loop + 1);
        }
    }

    private double empty() {
        return switch (definition.combine()) {
            case ASSIGN, SUM -> 0;
            case PRODUCT -> 1;
            case MAX, ARGMAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private void gather(double value) {
        if (definition.combine() == Combine.ARGMAX && value > gathered) {
            best = count;
        }
        gathered = combined(gathered, value);
        count++;
    }

    private double combined(double before, double value) {
        return switch (definition.combine()) {
            case ASSIGN -> value;
            case SUM -> precision.round(before + value);
            case PRODUCT -> precision.round(before * value);
            case MAX, ARGMAX -> Math.max(before, value);
            case MIN -> Math.min(before, value);
        };
    }

    private void store(double value) {
        int place = offset.at(frame);
        if (place < 0) {
            throw new EvaluationException(definition.element() + " leaves " + definition.target());
        }
        boolean adds = definition.combine() == Combine.SUM || reached != null && reached[place];
        array[place] = adds ? combined(array[place], value) : value;
        if (reached != null) {
            reached[place] = true;
        }
    }
}
