package dev.gradc.pipeline;

import dev.gradc.ir.Unit;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked file.
 *
 * @param rules the identities that it declares; the programs have been rewritten by them
 * @param rows what it adds to the derivative table
 * @param sizes of its networks, by name
 */
public record Checked(Unit unit, List<Rule> rules, List<TableFunction> rows, Set<String> sizes) {

    /** The unit of a file beside which there is no other: every size that is set must be one of its networks. */
    Unit alone(Map<String, Double> settings, SourceFile file) {
        Sizes.check(settings.keySet(), sizes, file.name());
        return unit;
    }
}
