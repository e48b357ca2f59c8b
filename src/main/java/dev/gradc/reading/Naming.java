package dev.gradc.reading;

import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes parts of formulas under names that they have: {@code 1 - h[n,i]} for {@code 1 - f(z[n,i])}. */
public final class Naming {

    /** Ways to put the loops of one definition for those of another that are tried. */
    private static final int WAYS = 64;

    private Naming() {}

    /**
     * @param named tensors whose definitions later ones may refer to; the last one goes first, as it may hold another
     */
    public static Program apply(Program program, Set<Tensor> named) {
        Map<Tensor, Definition> sole = program.soleDefinitions();
        List<Definition> definitions = new ArrayList<>(program.definitions());
        for (int i = definitions.size() - 1; i >= 0; i--) {
            Definition name = definitions.get(i);
            if (named.contains(name.target()) && sole.containsKey(name.target()) && isFormula(name)) {
                for (int k = i + 1; k < definitions.size(); k++) {
                    Definition definition = definitions.get(k);
                    definitions.set(
                            k, definition.withBody(naming(name, definition).apply(definition.body())));
                }
            }
        }
        return program.withDefinitions(definitions);
    }

    private static boolean isFormula(Definition definition) {
        return definition.combine() == Combine.ASSIGN
                && definition.isGather()
                && definition.reduced().isEmpty()
                && (definition.body() instanceof Call || definition.body() instanceof Select);
    }

    /** Puts elements of {@code name} for its body, with whatever loops of {@code definition} for its own. */
    private static Rewrite naming(Definition name, Definition definition) {
        List<Map<Expr, Expr>> ways = List.of(Map.of());
        for (Index loop : name.loops()) {
            List<Map<Expr, Expr>> longer = new ArrayList<>();
            for (Map<Expr, Expr> way : ways) {
                for (Index other : definition.loops()) {
                    if (other.low() == loop.low() && other.high() == loop.high()) {
                        Map<Expr, Expr> more = new HashMap<>(way);
                        more.put(loop, other);
                        longer.add(more);
                    }
                }
            }
            ways = longer.size() <= WAYS ? longer : List.of();
        }
        Set<Expr> parts = new HashSet<>(Walk.postOrder(definition.body()));
        Map<Expr, Expr> names = new HashMap<>();
        for (Map<Expr, Expr> way : ways) {
            Rewrite rewrite = Rewrite.substituting(way);
            Expr body = rewrite.apply(name.body());
            if (parts.contains(body)) {
                names.put(body, rewrite.apply(name.element()));
            }
        }
        return Rewrite.substituting(names);
    }
}
