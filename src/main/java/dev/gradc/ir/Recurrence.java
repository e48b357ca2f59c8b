package dev.gradc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A loop through time around neighbouring definitions, each of which may read what the others have computed for earlier times: for
 * every time, in order, all of them in order. Two definitions stand in the same loop if they have the same object. Such loops nest:
 * {@code h[t,l]} that reads {@code h[t-1,l]} and {@code h[t,l-1]} stands in one over t and in that in one over l.
 *
 * <p>{@code time} is no loop of the definitions inside: for them it is fixed.
 *
 * @param descending whether time runs backwards, as in a backward pass
 */
public record Recurrence(Index time, boolean descending) {

    /**
     * The definitions in runs: those that stand together in one recurrence at {@code depth}, every other one alone.
     *
     * @param depth how many loops through time all of them share
     */
    public static List<List<Definition>> runs(List<Definition> definitions, int depth) {
        List<List<Definition>> runs = new ArrayList<>();
        for (Definition definition : definitions) {
            List<Definition> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            boolean continues = at(definition, depth).isPresent()
                    && !last.isEmpty()
                    && at(last.get(0), depth).equals(at(definition, depth));
            if (continues) {
                last.add(definition);
            } else {
                runs.add(new ArrayList<>(List.of(definition)));
            }
        }
        return runs;
    }

    /** The loop through time at {@code depth} around {@code definition}. */
    public static Optional<Recurrence> at(Definition definition, int depth) {
        return definition.recurrences().stream().skip(depth).findFirst();
    }

    // One time index belongs to one loop, so its identity tells recurrences apart.
    @Override
    public boolean equals(Object other) {
        return other instanceof Recurrence recurrence && recurrence.time == time;
    }

    @Override
    public int hashCode() {
        return time.hashCode();
    }
}
