package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A recurrence backwards: what its definitions read of each other is added in loops that run against theirs; what they read from
 * outside is summed up afterwards, when all their adjoints are known.
 */
final class BackwardRecurrence {

    private final Contributions contributions;
    private final Adjoints adjoints;
    private final Set<Tensor> inside;
    private final List<Line> lines = new ArrayList<>();

    /** For each loop through time the one that runs against it, and its time. */
    private final Map<Recurrence, Recurrence> reversed = new HashMap<>();

    private final Map<Expr, Expr> times = new HashMap<>();

    /** @param inside what the recurrence defines that depends on what to differentiate in */
    BackwardRecurrence(Contributions contributions, Adjoints adjoints, Set<Tensor> inside) {
        this.contributions = contributions;
        this.adjoints = adjoints;
        this.inside = inside;
    }

    /** Adds the backward pass through {@code run}, the definitions of the recurrence, to that before it. */
    void add(List<Definition> run) {
        run.forEach(definition -> definition.recurrences().forEach(this::reverse));
        inside.forEach(adjoints::of);
        for (int i = run.size() - 1; i >= 0; i--) {
            Definition definition = run.get(i);
            if (inside.contains(definition.target())) {
                lines.add(contributions.line(definition, adjoints.of(definition.element()), true));
            }
        }
        leaveOutUnreached();
        repeat(contributions::listen);
        List<Definition> steps = new ArrayList<>();
        lines.forEach(line -> addSteps(line, steps));
        inside.forEach(tensor -> adjoints.growBy(steps, tensor));
        adjoints.define(steps);
    }

    private void reverse(Recurrence forward) {
        if (!reversed.containsKey(forward)) {
            Rewrite rename = Rewrite.substituting(times);
            Index time = forward.time();
            Index own = new Index(time.name(), rename.apply(time.low()), rename.apply(time.high()));
            times.put(time, own);
            reversed.put(forward, new Recurrence(own, !forward.descending()));
        }
    }

    /** Takes out what gets no adjoint: whatever reads it has none either, or the slope 0, as what exponentials are measured from. */
    private void leaveOutUnreached() {
        Set<Tensor> reached = new HashSet<>();
        inside.stream().filter(adjoints::hasContributions).forEach(reached::add);
        repeat((line, read) -> reached.contains(line.definition().target())
                && inside.contains(read.tensor())
                && reached.add(read.tensor()));
        inside.stream().filter(tensor -> !reached.contains(tensor)).forEach(adjoints::remove);
        inside.retainAll(reached);
        lines.removeIf(line -> !reached.contains(line.definition().target()));
    }

    /** Has {@code step} see all that the lines read until it finds no news: a line may be read by one after it here, at an earlier time. */
    private void repeat(BiPredicate<Line, Access> step) {
        boolean news = true;
        while (news) {
            news = false;
            for (Line line : lines) {
                for (Access read : line.reads().keySet()) {
                    news |= step.test(line, read);
                }
            }
        }
    }

    private void addSteps(Line line, List<Definition> steps) {
        List<Recurrence> around = line.definition().recurrences();
        List<Recurrence> backward = around.stream().map(reversed::get).toList();
        for (Definition helper : line.linear().helpers()) {
            steps.add(helper.replacing(times).within(backward));
        }
        for (Access read : line.reads().keySet()) {
            if (inside.contains(read.tensor())) {
                steps.add(adjoints.addition(read.tensor(), contributions.of(line, read, List.of()))
                        .replacing(times)
                        .within(backward));
            } else {
                List<Index> forward = around.stream().map(Recurrence::time).toList();
                adjoints.contribute(read.tensor(), contributions.of(line, read, forward));
            }
        }
    }
}
