package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes functions out of extrema by the rules of {@code monotone}: the greatest of {@code f(z)} is {@code f} of the greatest of
 * {@code z}, at a quarter of the entries forward and backward. Linear time.
 */
public final class MonotoneFunctions {

    /** So many functions, one inside the other, are taken out; more would take more than linear time. */
    private static final int MOST = 8;

    private final List<Rule> rules;

    public MonotoneFunctions(Library library) {
        rules = library.rules("monotone");
    }

    public Program apply(Program program) {
        Program before = program;
        Program after = once(program);
        for (int taken = 1; taken < MOST && after != before; taken++) {
            before = after;
            after = once(before);
        }
        return after;
    }

    private Program once(Program program) {
        LookThrough lookThrough = LookThrough.of(program, List.of(), condition -> false);
        OtherForms forms = new OtherForms(rules, condition -> false, program.definitions(), lookThrough);
        Map<Tensor, Integer> readers = program.readers();
        List<Definition> definitions = new ArrayList<>();
        boolean changed = false;
        for (Definition definition : program.definitions()) {
            Optional<Expr> outside = isAlone(definition, readers) ? outside(definition, forms) : Optional.empty();
            changed |= outside.isPresent();
            definitions.addAll(outside.isPresent() ? forms.madeFor(definition) : List.of());
            definitions.add(outside.map(body -> entrywise(definition, body)).orElse(definition));
        }
        return changed ? DeadDefinitions.remove(program.withDefinitions(definitions)) : program;
    }

    /** Whether an extremum alone needs the values that it chooses from. */
    private static boolean isAlone(Definition definition, Map<Tensor, Integer> readers) {
        return (definition.combine() == Combine.MAX || definition.combine() == Combine.MIN)
                && (!(definition.body() instanceof Access access) || readers.get(access.tensor()) == 1);
    }

    private Optional<Expr> outside(Definition extremum, OtherForms forms) {
        return rules.stream()
                .map(rule -> ((Call) rule.right()).function())
                .distinct()
                .flatMap(function -> forms.as(function, extremum.element()).stream())
                .findFirst();
    }

    private static Definition entrywise(Definition extremum, Expr body) {
        List<Index> kept = extremum.loops().stream()
                .filter(extremum.subscripts()::contains)
                .toList();
        return extremum.with(extremum.subscripts(), kept, body).withCombine(Combine.ASSIGN);
    }
}
