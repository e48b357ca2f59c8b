package dev.gradc.check.scope;

import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.syntax.Declaration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a term stands.
 *
 * @param declarations the functions, layers and constants that it can name
 * @param loops the indices that are bound around it, outermost first
 * @param guards the conditions of the selections around it
 * @param owner names the parameters that layers make here
 * @param active the functions and layers that are being inlined around it
 */
public record Context(
        Declarations declarations,
        Scope scope,
        List<Index> loops,
        List<Expr> guards,
        Owner owner,
        List<Declaration> active) {

    public static Context of(Declarations declarations, Scope scope) {
        return new Context(declarations, scope, List.of(), List.of(), Owner.NONE, List.of());
    }

    public Context within(Scope newScope) {
        return new Context(declarations, newScope, loops, guards, owner, active);
    }

    /** The same place, for a term that was written elsewhere, in {@code origin}: a function that is passed as an argument. */
    public Context at(Context origin, Scope otherScope) {
        return new Context(origin.declarations, otherScope, loops, guards, owner, origin.active);
    }

    public Context withLoops(List<Index> more) {
        return new Context(declarations, scope, append(loops, more), guards, owner, active);
    }

    /** The same outside of one of the loops. */
    public Context without(Index loop) {
        List<Index> others = loops.stream().filter(other -> other != loop).toList();
        return new Context(declarations, scope, others, guards, owner, active);
    }

    /** The same place, where {@code condition} holds, or does not. */
    public Context withGuard(Expr condition, boolean holds) {
        Expr guard = holds ? condition : Call.of(Operator.NOT, condition);
        return new Context(declarations, scope, loops, append(guards, List.of(guard)), owner, active);
    }

    public Context withOwner(Owner newOwner) {
        return new Context(declarations, scope, loops, guards, newOwner, active);
    }

    /** The context of the body of {@code declaration}, which stands in {@code home}, inlined here. */
    public Context inlining(Declaration declaration, Declarations home, Owner bodyOwner) {
        return new Context(home, Scope.empty(), loops, guards, bodyOwner, append(active, List.of(declaration)));
    }

    /** Whether it belongs to the body of something inlined, so that its scalars need no definition of their own. */
    public boolean isInlined() {
        return !active.isEmpty();
    }

    private static <T> List<T> append(List<T> list, List<? extends T> more) {
        List<T> all = new ArrayList<>(list);
        all.addAll(more);
        return List.copyOf(all);
    }
}
