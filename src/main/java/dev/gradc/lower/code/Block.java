package dev.gradc.lower.code;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import java.util.List;
import java.util.Optional;

/** What a method does to many elements at once, in the place of loops. */
public sealed interface Block permits Application, Contraction {

    /** The loops that it does itself. */
    List<Index> loops();

    /** Where it does not hold, there is nothing to do; a condition of what stands around it. */
    Optional<Expr> guard();

    /** The statement. */
    Code code(boolean adds);

    /** The same with the indices of the loops around it renamed. */
    Block renamed(Rewrite rewrite);
}
