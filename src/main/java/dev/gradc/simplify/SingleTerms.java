package dev.gradc.simplify;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes assignments of sums of a single term, as {@code da[n,i+64] += …} where no other definition reaches these entries: they need
 * not begin with 0, and their copies can be told as such. Linear time.
 */
final class SingleTerms {

    private SingleTerms() {}

    static Program of(Program program, Filling filling) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            if (!filling.isOnce(definition.target())) {
                definitions.add(definition);
            } else if (!Filling.isStart(definition)) {
                definitions.add(definition.combine() == Combine.SUM ? assigned(definition) : definition);
            }
        }
        return program.withDefinitions(definitions);
    }

    private static Definition assigned(Definition sum) {
        return sum.withCombine(Combine.ASSIGN);
    }
}
