package dev.gradc.explain;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The derivative of one module in one of its inputs, in terms of the modules.
 *
 * @param exact as differentiation gives it
 * @param formula the same as people write it
 * @param rule the place of the derivative table that gave it; empty for selections
 */
record LocalDerivative(Tensor of, Tensor by, Expr exact, Expr formula, Optional<Rule> rule) {

    /**
     * A partial derivative of the table.
     *
     * @param positions of the arguments, from 0; several if the input stands in several, as in {@code x*x}
     */
    record Rule(Function function, List<Integer> positions) {
        Rule {
            positions = List.copyOf(positions);
        }
    }
}
