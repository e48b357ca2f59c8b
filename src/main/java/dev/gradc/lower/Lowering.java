package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Filling;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Routines;
import dev.gradc.lower.code.Types;
import dev.gradc.lower.nest.Lockstep;
import dev.gradc.lower.nest.Nest;
import dev.gradc.lower.nest.Storage;
import dev.gradc.lower.place.Placement;
import dev.gradc.lower.place.Statements;
import dev.gradc.lower.place.Tidy;
import dev.gradc.lower.prepare.DataLast;
import dev.gradc.lower.prepare.GuardedLoops;
import dev.gradc.lower.prepare.MatrixOperands;
import dev.gradc.lower.prepare.RowArguments;
import dev.gradc.lower.prepare.Slices;
import dev.gradc.lower.prepare.Transposes;
import dev.gradc.lower.tune.Copies;
import dev.gradc.lower.tune.Jam;
import dev.gradc.lower.tune.MergedLoops;
import dev.gradc.lower.tune.Partition;
import dev.gradc.lower.tune.VectorLoops;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From the definitions of a program to statements. */
public final class Lowering {

    private Lowering() {}

    /**
     * Statements that compute the definitions of {@code program}.
     *
     * @param kept the tensors that are read elsewhere: the statements store all their entries
     * @param returned the scalar that the last statement returns, if any
     * @param routines what becomes the call of a method, and not loops like everything else
     */
    public static Body lower(List<Definition> program, Set<Tensor> kept, Optional<Tensor> returned, Routines routines) {
        List<Definition> plain = Slices.of(
                        withConstantsInPlace(withoutSingleTrips(program), kept, returned), kept, routines.functions())
                .stream()
                .map(GuardedLoops::of)
                .toList();
        List<Definition> contracted = routines.products() ? Transposes.of(MatrixOperands.of(plain)) : plain;
        List<Definition> definitions = DataLast.of(RowArguments.of(contracted, routines.functions()));
        Filling filling = Filling.of(definitions);
        Nest nest = new Nest(complete(definitions, filling), filling, routines);
        definitions.forEach(nest::add);
        Lockstep.Result lockstep = Lockstep.of(nest.items(), kept, inParts(definitions), filling);
        Map<Tensor, Buffer> buffers = Storage.of(lockstep.items(), kept, lockstep.rows());
        Statements statements = new Statements(lockstep.shared(), buffers, kept);
        List<Code> code = statements.of(lockstep.items());
        returned.ifPresent(scalar -> code.add(statements.result(scalar)));
        Map<Expr, Local> names = statements.names();
        List<Code> placed = new Placement(names, statements.hints(), statements.wanted(), buffers).place(code);
        buffers.values().removeIf(buffer -> buffer.isScalar() && !kept.contains(buffer.tensor()));
        Body loops = Jam.of(MergedLoops.of(Copies.of(new Body(placed, names, buffers))));
        return Partition.of(routines.vectors() ? VectorLoops.of(loops) : loops, lockstep.blocks());
    }

    /** Statements that return the value of {@code formula}. */
    public static Body lower(Expr formula) {
        Tensor result = Tensor.derived("y", Shape.SCALAR);
        return lower(
                List.of(Definition.map(result, List.of(), formula, "")), Set.of(), Optional.of(result), Routines.NONE);
    }

    /**
     * A loop that replaces elements by functions of themselves, as an optimiser does.
     *
     * @param values for each element its new value, in terms of the old ones
     * @param names what the new values are called on the way
     */
    public static Body inPlace(Index loop, Map<Access, Expr> values, Map<Access, String> names) {
        Rewrite powers = new Rewrite(Tidy::node);
        Map<Expr, Local> hints = new LinkedHashMap<>();
        List<Code.Store> stores = new ArrayList<>();
        values.forEach((element, value) -> {
            Expr expanded = powers.apply(value);
            hints.putIfAbsent(expanded, new Local(names.get(element), Types.of(expanded), List.of()));
            stores.add(new Code.Store(element, Combine.ASSIGN, expanded));
        });
        Map<Expr, Local> variables = new LinkedHashMap<>();
        Placement placement = new Placement(variables, hints, hints.keySet(), Map.of());
        List<Code> code = placement.place(List.of(new Code.Loop(loop, 1, List.of(new Code.Together(stores)))));
        return new Body(code, variables, Map.of());
    }

    /** A loop over one value is none. */
    private static List<Definition> withoutSingleTrips(List<Definition> definitions) {
        return definitions.stream().map(Lowering::withoutSingleTrips).toList();
    }

    private static Definition withoutSingleTrips(Definition definition) {
        Map<Expr, Expr> values = new HashMap<>();
        for (Index loop : definition.loops()) {
            if (loop.low() instanceof Constant low
                    && loop.high() instanceof Constant high
                    && high.value() == low.value() + 1) {
                values.put(loop, low);
            }
        }
        if (values.isEmpty()) {
            return definition;
        }
        List<Index> loops = definition.loops().stream()
                .filter(loop -> !values.containsKey(loop))
                .toList();
        Definition rest = definition.withLoops(loops).replacing(values);
        // Of one entry the first is the greatest.
        return rest.combine() == Combine.ARGMAX && rest.reduced().isEmpty()
                ? rest.withCombine(Combine.ASSIGN).withBody(Constant.ZERO)
                : rest;
    }

    /** Scalars that are constants, as the seed of a backward pass, are written where they are used. */
    private static List<Definition> withConstantsInPlace(
            List<Definition> definitions, Set<Tensor> kept, Optional<Tensor> returned) {
        Map<Tensor, Integer> times = new HashMap<>();
        definitions.forEach(definition -> times.merge(definition.target(), 1, Integer::sum));
        Map<Expr, Expr> constants = new HashMap<>();
        List<Definition> others = new ArrayList<>();
        for (Definition definition : definitions) {
            Tensor target = definition.target();
            boolean inPlace = target.rank() == 0
                    && times.get(target) == 1
                    && !kept.contains(target)
                    && returned.stream().noneMatch(target::equals)
                    && definition.loops().isEmpty()
                    && definition.body() instanceof Constant;
            if (inPlace) {
                constants.put(Access.of(target), definition.body());
            } else {
                others.add(definition);
            }
        }
        return constants.isEmpty()
                ? definitions
                : others.stream()
                        .map(definition -> definition.replacing(constants))
                        .toList();
    }

    /** The tensors that several definitions fill. */
    private static Set<Tensor> inParts(List<Definition> definitions) {
        Set<Tensor> seen = new HashSet<>();
        return definitions.stream()
                .map(Definition::target)
                .filter(target -> !seen.add(target))
                .collect(Collectors.toSet());
    }

    /** The tensors each of whose entries is stored. */
    private static Set<Tensor> complete(List<Definition> definitions, Filling filling) {
        Set<Tensor> complete = storedOneByOne(definitions);
        definitions.stream().map(Definition::target).filter(filling::isWhole).forEach(complete::add);
        definitions.stream()
                .filter(definition -> definition.combine() != Combine.ASSIGN)
                .forEach(definition -> complete.remove(definition.target()));
        return complete;
    }

    /** The tensors that have a definition without loops for every entry. */
    private static Set<Tensor> storedOneByOne(List<Definition> definitions) {
        Map<Tensor, Set<List<Expr>>> entries = new HashMap<>();
        Set<Tensor> others = new HashSet<>();
        for (Definition definition : definitions) {
            Tensor target = definition.target();
            boolean single = definition.loops().isEmpty()
                    && definition.combine() == Combine.ASSIGN
                    && target.shape().isStatic()
                    && definition.subscripts().stream().allMatch(Constant.class::isInstance);
            if (single) {
                entries.computeIfAbsent(target, t -> new HashSet<>()).add(definition.subscripts());
            } else {
                others.add(target);
            }
        }
        entries.keySet().removeAll(others);
        entries.entrySet()
                .removeIf(entry ->
                        entry.getValue().size() < entry.getKey().shape().size());
        return new HashSet<>(entries.keySet());
    }
}
