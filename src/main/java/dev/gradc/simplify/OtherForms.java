package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The other forms of reductions that rules state: {@code sum[i:n](exp(x)) = exp(m)*sum[i:n](exp(x - m))} lets a rule that wants a
 * product see one in the sum. Only where a rule looks for such a form are the definitions made that it reads.
 */
final class OtherForms {

    private final List<Rule> rules;
    private final Predicate<Expr> holds;
    private final LookThrough lookThrough;
    private final Map<Tensor, Definition> reductions = new HashMap<>();
    private final Map<Definition, Map<Rule, Optional<Expr>>> known = new HashMap<>();
    private final Map<Definition, List<Definition>> made = new HashMap<>();

    /**
     * @param rules whose left sides are reductions; others never fit
     * @param holds whether a condition is proved
     * @param definitions of a program, in their order
     */
    OtherForms(List<Rule> rules, Predicate<Expr> holds, Iterable<Definition> definitions, LookThrough lookThrough) {
        this.rules = rules;
        this.holds = holds;
        this.lookThrough = lookThrough;
        for (Definition definition : definitions) {
            reductions.merge(definition.target(), definition, (first, second) -> null);
        }
        reductions.values().removeIf(definition -> !isReduction(definition));
    }

    /** Whether every entry, in recurrences of one time, is reduced in one place. */
    private static boolean isReduction(Definition definition) {
        Set<Expr> indices = new HashSet<>(definition.loops());
        definition.recurrences().forEach(recurrence -> indices.add(recurrence.time()));
        return definition.subscripts().stream().allMatch(indices::remove)
                && !definition.reduced().isEmpty();
    }

    /** Whether {@code access} may have other forms. */
    boolean sees(Access access) {
        return reductions.containsKey(access.tensor());
    }

    /** The call of {@code function} that {@code access} equals by a rule. */
    Optional<Expr> as(Function function, Access access) {
        Definition reduction = reductions.get(access.tensor());
        if (reduction == null) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(rule ->
                        rule.right() instanceof Call call && call.function().equals(function))
                .flatMap(rule -> form(rule, reduction).stream())
                .findFirst()
                .map(form -> reduction.at(access.subscripts(), form));
    }

    /** What has been made for the forms of {@code definition}; it stands after that. */
    List<Definition> madeFor(Definition definition) {
        return made.getOrDefault(definition, List.of());
    }

    private Optional<Expr> form(Rule rule, Definition reduction) {
        return known.computeIfAbsent(reduction, r -> new HashMap<>()).computeIfAbsent(rule, r -> match(r, reduction));
    }

    private Optional<Expr> match(Rule rule, Definition reduction) {
        Definition pattern = rule.definitions().stream()
                .filter(definition -> rule.left().equals(definition.element()))
                .findFirst()
                .orElseThrow();
        if (pattern.combine() != reduction.combine()) {
            return Optional.empty();
        }
        return Matcher.match(pattern.body(), rule.variables(), reduction.body(), lookThrough)
                .filter(bound -> isProved(rule, bound) && isOutside(rule, reduction, bound))
                .map(bound -> instance(rule, pattern, reduction, bound));
    }

    private boolean isProved(Rule rule, Map<Expr, Expr> bound) {
        return rule.condition()
                .map(Rewrite.substituting(bound)::apply)
                .map(holds::test)
                .orElse(true);
    }

    /** Whether what stands outside of the reductions on the right side is the same for all that is reduced. */
    private static boolean isOutside(Rule rule, Definition reduction, Map<Expr, Expr> bound) {
        Set<Index> reduced = Set.copyOf(reduction.reduced());
        return Walk.accesses(rule.right()).stream()
                .map(bound::get)
                .filter(Objects::nonNull)
                .allMatch(outside -> Collections.disjoint(Walk.indices(List.of(outside)), reduced));
    }

    /** The right side for the entry that {@code reduction} defines, after the definitions that it reads. */
    private Expr instance(Rule rule, Definition pattern, Definition reduction, Map<Expr, Expr> bound) {
        Map<Expr, Expr> places = new HashMap<>(bound);
        for (Definition part : rule.definitions()) {
            if (part != pattern) {
                Definition instance = instance(part, reduction, places);
                places.put(part.element(), Access.of(instance.target(), reduction.subscripts()));
                made.computeIfAbsent(reduction, r -> new ArrayList<>()).add(instance);
            }
        }
        return Rewrite.substituting(places).apply(rule.right());
    }

    /** A definition of a rule with an entry for each of {@code reduction}, over the same loops. */
    private static Definition instance(Definition part, Definition reduction, Map<Expr, Expr> places) {
        Expr body = Rewrite.substituting(places).apply(part.body());
        List<Index> reduced = part.combine() == Combine.ASSIGN ? List.of() : reduction.reduced();
        Map<Expr, Expr> renamed = new HashMap<>();
        List<Index> loops = new ArrayList<>();
        for (Index loop : reduction.loops()) {
            if (reduction.subscripts().contains(loop) || reduced.contains(loop)) {
                Rewrite outer = Rewrite.substituting(renamed);
                Index own = new Index(loop.name(), outer.apply(loop.low()), outer.apply(loop.high()));
                renamed.put(loop, own);
                loops.add(own);
            }
        }
        Rewrite rename = Rewrite.substituting(renamed);
        Tensor target = Tensor.derived(part.target().name(), reduction.target().shape());
        List<Expr> subscripts = rename.apply(reduction.subscripts());
        return new Definition(
                target, subscripts, part.combine(), loops, rename.apply(body), "", reduction.recurrences());
    }
}
