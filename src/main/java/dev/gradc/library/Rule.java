package dev.gradc.library;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * An identity that the simplifier may use, from left to right: {@code rule sqrt(x^2) = x where x >= 0}.
 *
 * @param name the rule as it is written, to name the guilty one
 * @param group the library file it stands in, without its ending: {@code identities}, {@code exact}, {@code algebra}
 * @param variables its free names: scalars that match any expression
 * @param definitions the reductions that the sides read, in an order in which each reads only what stands before it
 */
public record Rule(
        String name,
        String group,
        List<Tensor> variables,
        List<Definition> definitions,
        Expr left,
        Expr right,
        Optional<Expr> condition) {
    public Rule {
        variables = List.copyOf(variables);
        definitions = List.copyOf(definitions);
    }

    /** A rule without reductions. */
    public Rule(String name, String group, List<Tensor> variables, Expr left, Expr right, Optional<Expr> condition) {
        this(name, group, variables, List.of(), left, right, condition);
    }
}
