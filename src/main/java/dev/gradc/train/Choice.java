package dev.gradc.train;

import java.util.List;
import java.util.Map;

/**
 * Which columns of a table a network gets.
 *
 * @param columns those of a tensor, by its name
 * @param target those of the only target; empty to leave it to names and order
 * @param ignore those that nothing gets
 * @param oneHot those that become a column of 0 and 1 for each entry
 * @param skipMissing whether to leave out rows in which a value is missing
 */
public record Choice(
        Map<String, List<String>> columns,
        List<String> target,
        List<String> ignore,
        List<String> oneHot,
        boolean skipMissing) {
    public Choice {
        columns = Map.copyOf(columns);
        target = List.copyOf(target);
        ignore = List.copyOf(ignore);
        oneHot = List.copyOf(oneHot);
    }
}
