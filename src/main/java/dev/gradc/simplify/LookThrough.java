package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sees in an element {@code o[k]} the body of the definition {@code o[i] = …}, with k in the place of i. Only definitions that say
 * what every entry is are looked through: no scatters, parts of a tensor or sums of several definitions; of a reduction only
 * the {@link OtherForms} are seen.
 */
final class LookThrough {

    /** Sees elements as elements. */
    static final LookThrough NOTHING = new LookThrough(List.of(), List.of(), condition -> false);

    private final Map<Tensor, Definition> total = new HashMap<>();
    private final Map<Access, Expr> bodies = new HashMap<>();

    private final OtherForms otherForms;

    private LookThrough(List<Definition> definitions, List<Rule> reductions, Predicate<Expr> holds) {
        otherForms = new OtherForms(reductions, holds, definitions, this);
        Set<Tensor> seen = new HashSet<>();
        for (Definition definition : definitions) {
            if (!seen.add(definition.target())) {
                total.remove(definition.target());
            } else if (definition.isTotal()) {
                total.put(definition.target(), definition);
            }
        }
    }

    /**
     * @param reductions rules that state other forms of reductions
     * @param holds whether a condition is proved
     */
    static LookThrough of(Program program, List<Rule> reductions, Predicate<Expr> holds) {
        return new LookThrough(program.definitions(), reductions, holds);
    }

    /** What {@code access} is defined to be, if it is defined in one place. */
    Optional<Expr> body(Access access) {
        Definition definition = total.get(access.tensor());
        return definition == null
                ? Optional.empty()
                : Optional.of(bodies.computeIfAbsent(access, a -> definition.bodyAt(a.subscripts())));
    }

    /** Whether {@code access} may be anything but itself. */
    boolean sees(Access access) {
        return total.containsKey(access.tensor()) || otherForms.sees(access);
    }

    /** {@code subject}, or what it is defined to be, also through copies, if that has the root of {@code pattern}. */
    Expr as(Expr pattern, Expr subject) {
        Expr seen = subject;
        for (int hops = 0; hops <= total.size() && seen instanceof Access access; hops++) {
            Definition definition = total.get(access.tensor());
            if (definition == null) {
                return pattern instanceof Call call
                        ? otherForms.as(call.function(), access).orElse(subject)
                        : subject;
            }
            if (!(definition.body() instanceof Access) && !haveOneRoot(pattern, definition.body())) {
                return subject;
            }
            seen = body(access).orElseThrow();
        }
        return seen;
    }

    /** What has been defined for other forms of a reduction; it stands after that. */
    List<Definition> madeFor(Definition reduction) {
        return otherForms.madeFor(reduction);
    }

    /** Whether both are calls of one function, or both selections. */
    static boolean haveOneRoot(Expr a, Expr b) {
        return a instanceof Call first && b instanceof Call second
                ? first.function().equals(second.function())
                : a instanceof Select && b instanceof Select;
    }
}
