package dev.gradc.algebra;

import dev.gradc.check.Checker;
import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.Reverse;
import dev.gradc.ir.Access;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Parser;
import java.util.List;
import java.util.Map;

/** A formula of scalars as it comes from the checker, and its derivatives as they come from the differentiator. */
record RawDerivatives(List<Tensor> variables, Expr body) {

    /** @param first variables that come first, whether they occur or not */
    static RawDerivatives of(String formula, String... first) {
        Diagnostics diagnostics = new Diagnostics();
        Program program = new Checker(diagnostics)
                .check(Parser.term(new SourceFile("formula", formula), diagnostics), List.of(first), Map.of())
                .orElseThrow()
                .program();
        diagnostics.throwIfErrors();
        return new RawDerivatives(
                program.arguments(),
                program.definitions().get(program.definitions().size() - 1).body());
    }

    /** The partial derivative in the {@code i}-th variable. */
    Expr partial(int i) {
        return partials().get(i);
    }

    List<Expr> partials() {
        return new Reverse(StandardLibrary.library())
                .partials(body, variables.stream().map(Access::of).toList());
    }
}
