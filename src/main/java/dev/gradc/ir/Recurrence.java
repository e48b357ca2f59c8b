package dev.gradc.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A loop through time around neighbouring definitions, each of which may read what the others have computed for earlier times: for
 * every time, in order, all of them in order. Two definitions stand in the same loop if they have the same object.
 *
 * <p>{@code time} is no loop of the definitions inside: for them it is fixed.
 *
 * @param descending whether time runs backwards, as in a backward pass
 */
public record Recurrence(Index time, boolean descending) {

    /** The definitions in runs: those of one recurrence together, every other one alone. */
    public static List<List<Definition>> runs(List<Definition> definitions) {
        List<List<Definition>> runs = new ArrayList<>();
        for (Definition definition : definitions) {
            List<Definition> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            boolean continues = definition.recurrence().isPresent()
                    && !last.isEmpty()
                    && last.get(0).recurrence().equals(definition.recurrence());
            if (continues) {
                last.add(definition);
            } else {
                runs.add(new ArrayList<>(List.of(definition)));
            }
        }
        return runs;
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
