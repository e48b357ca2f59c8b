package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Forward mode over a Wengert list: beside every definition that depends on a seeded tensor stands one for its tangent. Many
 * directions at once are one more, outermost axis of every tangent.
 */
public final class Forward {

    private final Library library;

    public Forward(Library library) {
        this.library = library;
    }

    /**
     * The program with its tangents.
     *
     * @param program its definitions come first, in their order, each followed by its tangent
     * @param tangents for each tensor that depends on a seed, the tensor that holds its tangent
     */
    public record Tangents(Program program, Map<Tensor, Tensor> tangents) {}

    /**
     * @param seeds the tangents of some arguments
     * @param directions how many directions the seeds have, as their outermost axis; empty for one without an axis
     */
    public Tangents of(Program program, Map<Tensor, Tensor> seeds, Optional<Expr> directions) {
        FreshNames names = new FreshNames(program);
        seeds.values().forEach(seed -> names.fresh(seed.name()));
        Set<Tensor> active = Activity.of(program, seeds.keySet());
        Map<Tensor, Tensor> tangents = new LinkedHashMap<>(seeds);
        // All of them first: in a recurrence a definition may read what a later one computes for earlier times.
        program.definitions().stream()
                .map(Definition::target)
                .filter(active::contains)
                .forEach(target -> tangents.computeIfAbsent(
                        target,
                        key -> Tensor.derived(
                                names.fresh("d" + key.name()),
                                directions.map(key.shape()::within).orElse(key.shape()))));
        Map<Tensor, Definition> sole = program.soleDefinitions();
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            definitions.add(definition);
            Tensor target = definition.target();
            if (active.contains(target)) {
                Linearization.Linear linear = new Linearization(names).of(definition);
                linear.helpers().forEach(helper -> definitions.add(helper.within(definition.recurrences())));
                boolean stored = sole.get(target) == definition
                        && definition.combine() == Combine.ASSIGN
                        && definition.isGather();
                Map<Expr, Expr> known = stored ? Map.of(definition.body(), definition.element()) : Map.of();
                Optional<Index> direction = directions.map(count -> Index.upTo("d", count));
                Expr body = body(linear, known, active, tangents, direction);
                definitions.add(new Definition(
                        tangents.get(target),
                        within(direction, definition.subscripts()),
                        definition.combine() == Combine.PRODUCT || definition.combine() == Combine.SUM
                                ? Combine.SUM
                                : Combine.ASSIGN,
                        within(direction, linear.loops()),
                        body,
                        definition.note(),
                        definition.recurrences()));
            }
        }
        return new Tangents(program.withDefinitions(definitions), tangents);
    }

    private Expr body(
            Linearization.Linear linear,
            Map<Expr, Expr> known,
            Set<Tensor> active,
            Map<Tensor, Tensor> tangents,
            Optional<Index> direction) {
        Adjoint seed = linear.factor() == null ? Adjoint.ONE : Adjoint.of(linear.factor());
        Expr body = null;
        for (Map.Entry<Access, Adjoint> entry : new BodyAdjoint(library, active::contains)
                .of(linear.body(), seed, known)
                .entrySet()) {
            Access element = entry.getKey();
            Expr tangent = Access.of(tangents.get(element.tensor()), within(direction, element.subscripts()));
            Adjoint partial = entry.getValue();
            Expr term = new Adjoint(partial.guard(), Adjoint.product(partial.value(), tangent)).expression();
            body = body == null ? term : Adjoint.sum(body, term);
        }
        return body == null ? Constant.ZERO : body;
    }

    private static <T extends Expr> List<T> within(Optional<Index> direction, List<? extends T> list) {
        List<T> all = new ArrayList<>();
        direction.ifPresent(index -> all.add(cast(index)));
        all.addAll(list);
        return all;
    }

    // A list of subscripts takes an index as an expression, a list of loops as what it is.
    @SuppressWarnings("unchecked")
    private static <T extends Expr> T cast(Index index) {
        return (T) index;
    }
}
