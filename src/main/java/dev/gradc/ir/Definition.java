package dev.gradc.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of the Wengert list: for all {@code loops}, {@code target[subscripts]} is, or gathers by {@code combine}, {@code body}.
 *
 * <p>{@code h[i] = f(z[i])} has the loop i and assigns; {@code z[j] = sum[i](W[j,i]*x[i])} has the loops j, i and sums; the
 * adjoint of a gather {@code E[token[t]]} has the loop t and sums into {@code dE[token[t]]}, a scatter. Entries that no definition
 * reaches are 0; a sum whose target has been defined before adds to it. Several definitions may assign disjoint parts of one
 * target: {@code t[i] = a[i]} and {@code t[3+j] = b[j]} concatenate.
 *
 * @param note the line of the source that this comes from, for comments and dumps; may be empty
 * @param recurrences the loops through time that this stands in together with its neighbours, outermost first; empty for a definition of
 *     its own
 */
public record Definition(
        Tensor target,
        List<Expr> subscripts,
        Combine combine,
        List<Index> loops,
        Expr body,
        String note,
        List<Recurrence> recurrences) {

    public Definition {
        subscripts = List.copyOf(subscripts);
        loops = List.copyOf(loops);
        recurrences = List.copyOf(recurrences);
        if (subscripts.size() != target.rank()) {
            throw new IllegalArgumentException(target + " is not defined by " + subscripts.size() + " subscripts");
        }
    }

    /** A definition of its own. */
    public Definition(
            Tensor target, List<Expr> subscripts, Combine combine, List<Index> loops, Expr body, String note) {
        this(target, subscripts, combine, loops, body, note, List.of());
    }

    /** A definition whose loops are just the subscripts of its target. */
    public static Definition map(Tensor target, List<Index> loops, Expr body, String note) {
        return new Definition(target, List.copyOf(loops), Combine.ASSIGN, loops, body, note);
    }

    /** The loops that are not among the subscripts: those that {@link #combine} brings together. */
    public List<Index> reduced() {
        Set<Expr> kept = new HashSet<>(subscripts);
        return loops.stream().filter(loop -> !kept.contains(loop)).toList();
    }

    /** Whether the subscripts are distinct loops, so that every entry is computed in one place. */
    public boolean isGather() {
        Set<Expr> seen = new HashSet<>();
        return subscripts.stream().allMatch(s -> loops.contains(s) && seen.add(s));
    }

    /** Whether this assigns every entry of its target, each in one place. */
    public boolean isTotal() {
        return combine == Combine.ASSIGN && isGather() && loops.size() == subscripts.size() && reachesAll();
    }

    /** Whether every entry of the target is computed: none is 0 because nothing reaches it. */
    public boolean reachesAll() {
        Set<Expr> seen = new HashSet<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            Expr extent = target.shape().extent(axis);
            boolean whole = subscripts.get(axis) instanceof Index loop
                    && loop.low() == Constant.ZERO
                    && loop.high() == extent
                    && seen.add(loop);
            if (!whole && extent != Constant.ONE) {
                return false;
            }
        }
        return true;
    }

    /** What this defines, as an element under its own loops. */
    public Access element() {
        return Access.of(target, subscripts);
    }

    /** The body for the entry at {@code places}, which stand for the subscripts. Linear in the body's size. */
    public Expr bodyAt(List<Expr> places) {
        return at(places, body);
    }

    /** What {@code entry} says of this definition's element, for the one at {@code places}. */
    public Expr at(List<Expr> places, Expr entry) {
        return Rewrite.substituting(subscripts, places).apply(entry);
    }

    public Definition withBody(Expr newBody) {
        return newBody == body ? this : new Definition(target, subscripts, combine, loops, newBody, note, recurrences);
    }

    /** The same for another tensor of this rank. */
    public Definition withTarget(Tensor newTarget) {
        return newTarget == target
                ? this
                : new Definition(newTarget, subscripts, combine, loops, body, note, recurrences);
    }

    public Definition withCombine(Combine newCombine) {
        return new Definition(target, subscripts, newCombine, loops, body, note, recurrences);
    }

    /** The same with its subscripts and its body rewritten; its loops stay. */
    public Definition rewritten(Rewrite rewrite) {
        return with(rewrite.apply(subscripts), loops, rewrite.apply(body));
    }

    /** The same target by another line. */
    public Definition with(List<Expr> newSubscripts, List<Index> newLoops, Expr newBody) {
        return new Definition(target, newSubscripts, combine, newLoops, newBody, note, recurrences);
    }

    public Definition withLoops(List<Index> newLoops) {
        return new Definition(target, subscripts, combine, newLoops, body, note, recurrences);
    }

    /** The same with {@code replacements} for indices around it; loops whose bounds read these become others. */
    public Definition replacing(Map<? extends Expr, ? extends Expr> replacements) {
        Map<Expr, Expr> renamed = new HashMap<>(replacements);
        List<Index> own = new ArrayList<>();
        for (Index loop : loops) {
            Rewrite outer = Rewrite.substituting(renamed);
            Expr low = outer.apply(loop.low());
            Expr high = outer.apply(loop.high());
            Index same = low == loop.low() && high == loop.high() ? loop : new Index(loop.name(), low, high);
            renamed.put(loop, same);
            own.add(same);
        }
        Rewrite rename = Rewrite.substituting(renamed);
        return new Definition(target, rename.apply(subscripts), combine, own, rename.apply(body), note, recurrences);
    }

    /** The same inside loops through time, outermost first. */
    public Definition within(List<Recurrence> around) {
        return new Definition(target, subscripts, combine, loops, body, note, around);
    }

    @Override
    public String toString() {
        return Dump.of(this);
    }
}
