package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees in an element {@code o[k]} the body of the definition {@code o[i] = …}, with k in the place of i. Only definitions that say
 * what every entry is are looked through: no reductions, scatters, parts of a tensor or sums of several definitions.
 */
final class LookThrough {

    /** Sees elements as elements. */
    static final LookThrough NOTHING = new LookThrough(List.of());

    private final Map<Tensor, Definition> total = new HashMap<>();
    private final Map<Access, Expr> bodies = new HashMap<>();

    private LookThrough(List<Definition> definitions) {
        Set<Tensor> seen = new HashSet<>();
        for (Definition definition : definitions) {
            if (!seen.add(definition.target())) {
                total.remove(definition.target());
            } else if (isTotal(definition)) {
                total.put(definition.target(), definition);
            }
        }
    }

    static LookThrough of(Program program) {
        return new LookThrough(program.definitions());
    }

    /** Whether the definition assigns every entry of its target, each in one place. */
    static boolean isTotal(Definition definition) {
        if (definition.combine() != Combine.ASSIGN
                || !definition.isGather()
                || definition.loops().size() != definition.subscripts().size()) {
            return false;
        }
        for (int axis = 0; axis < definition.subscripts().size(); axis++) {
            Index loop = (Index) definition.subscripts().get(axis);
            if (loop.low() != Constant.ZERO
                    || loop.high() != definition.target().shape().extent(axis)) {
                return false;
            }
        }
        return true;
    }

    /** The body of {@code definition} for the entry at {@code subscripts}. Linear in the body's size. */
    static Expr bodyAt(Definition definition, List<Expr> subscripts) {
        Map<Expr, Expr> places = new HashMap<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            places.put(definition.subscripts().get(axis), subscripts.get(axis));
        }
        return places.isEmpty()
                ? definition.body()
                : Rewrite.substituting(places).apply(definition.body());
    }

    /** What {@code access} is defined to be, if it is defined in one place. */
    Optional<Expr> body(Access access) {
        Definition definition = total.get(access.tensor());
        return definition == null
                ? Optional.empty()
                : Optional.of(bodies.computeIfAbsent(access, a -> bodyAt(definition, a.subscripts())));
    }

    /** {@code subject}, or the call of {@code function} that it is defined to be, also through copies. */
    Expr as(Function function, Expr subject) {
        Expr seen = subject;
        for (int hops = 0; hops <= total.size() && seen instanceof Access access; hops++) {
            Definition definition = total.get(access.tensor());
            if (definition == null || !mayBe(function, definition.body())) {
                return subject;
            }
            seen = body(access).orElseThrow();
        }
        return seen;
    }

    private static boolean mayBe(Function function, Expr body) {
        return body instanceof Access
                || body instanceof Call call && call.function().equals(function);
    }
}
