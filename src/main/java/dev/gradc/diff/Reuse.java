package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.TableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives a definition of its own to each call whose derivative is written in terms of its value, {@code y*(1 - y)}, so that a forward
 * pass keeps the value and the backward pass does not compute it again; and to its argument, {@code w*x + b}, so that the derivative in
 * that is computed once and not for each of w, x and b. In a recurrence, whose derivatives are added up in several loops, so does each call
 * whose derivatives are calls themselves. A call on one side of a selection stays where it is: it may
 * only be computed there.
 */
public final class Reuse {

    private final Map<TableFunction, Boolean> known = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();

    private final FreshNames names;

    private Reuse(Program program) {
        names = new FreshNames(program);
    }

    /** {@code program} with these calls named. */
    public static Program of(Program program) {
        Reuse reuse = new Reuse(program);
        program.definitions().forEach(reuse::add);
        return program.withDefinitions(reuse.definitions);
    }

    private void add(Definition definition) {
        List<? extends Expr> places = places(definition);
        if (places.isEmpty()) {
            definitions.add(definition);
            return;
        }
        Set<Index> own = new HashSet<>(definition.loops());
        definition.recurrences().forEach(recurrence -> own.add(recurrence.time()));
        Shape shape = definition.combine() == Combine.ASSIGN
                ? definition.target().shape()
                : new Shape(definition.loops().stream().map(Index::high).toList());
        boolean recurrent = !definition.recurrences().isEmpty();
        Map<Expr, Expr> named = new LinkedHashMap<>();
        for (Expr node : always(definition.body())) {
            boolean stored = definition.combine() == Combine.ASSIGN && node == definition.body();
            if (!stored
                    && node instanceof Call call
                    && call.function() instanceof TableFunction function
                    && (isWrittenByItsValue(function) || recurrent && isDearToDifferentiate(function))
                    && Walk.indices(List.of(node)).equals(own)) {
                Tensor value = Tensor.derived(names.fresh(function.symbol()), shape);
                parts(call, recurrent && isDearToDifferentiate(function), own)
                        .forEach(argument -> named.computeIfAbsent(
                                argument,
                                a -> Access.of(
                                        Tensor.derived(names.fresh(function.symbol() + "Argument"), shape),
                                        List.copyOf(places))));
                named.put(node, Access.of(value, List.copyOf(places)));
            }
        }
        Rewrite naming = Rewrite.substituting(named);
        named.forEach((part, name) -> definitions.add(new Definition(
                ((Access) name).tensor(),
                ((Access) name).subscripts(),
                Combine.ASSIGN,
                definition.loops(),
                part.withChildren(naming.apply(part.children())),
                "",
                definition.recurrences())));
        definitions.add(definition.withBody(naming.apply(definition.body())));
    }

    /**
     * The subscripts of a value in {@code definition}: those of its target, or of a sum all its loops, if it sums over one of them
     * only; nothing where no values are kept.
     */
    private static List<? extends Expr> places(Definition definition) {
        if (definition.combine() == Combine.ASSIGN) {
            return definition.subscripts();
        }
        boolean kept = definition.combine() == Combine.SUM
                && definition.recurrences().isEmpty()
                && definition.isGather()
                && definition.reduced().size() == 1
                && definition.loops().stream()
                        .allMatch(loop -> loop.low() == Constant.ZERO
                                && (loop.high() instanceof Constant
                                        || loop == definition.loops().get(0)));
        return kept ? definition.loops() : List.of();
    }

    /** Whether the derivative in an argument goes on, times something, to several elements. */
    private static boolean isShared(Expr argument, Set<Index> own) {
        return Walk.postOrder(argument).stream().anyMatch(node -> node.isCallOf(Operator.MULTIPLY))
                && Walk.indices(List.of(argument)).equals(own)
                && Walk.accesses(argument).size() > 1;
    }

    private boolean isWrittenByItsValue(TableFunction function) {
        return known.computeIfAbsent(
                function,
                f -> f.partials().stream()
                        .anyMatch(partial -> Walk.accesses(partial).contains(Access.of(f.value()))));
    }

    /** What the derivatives of a call read again and again: of a dear one all arguments that are worked out. */
    private static Stream<Expr> parts(Call call, boolean dear, Set<Index> own) {
        return dear
                ? call.arguments().stream()
                        .map(Reuse::withoutSign)
                        .filter(part -> !(part instanceof Access)
                                && Walk.indices(List.of(part)).equals(own))
                : call.arguments().stream().filter(argument -> isShared(argument, own));
    }

    private static Expr withoutSign(Expr expression) {
        return expression instanceof Call call && call.function() == Operator.NEGATE ? call.argument(0) : expression;
    }

    /** Whether each of several partial derivatives calls a function of all arguments. */
    private static boolean isDearToDifferentiate(TableFunction function) {
        return function.partials().size() > 1
                && function.partials().stream()
                        .allMatch(partial -> Walk.postOrder(partial).stream()
                                .anyMatch(
                                        node -> node instanceof Call call && call.function() instanceof TableFunction));
    }

    /** The nodes that are computed whatever selections choose, operands first. */
    private static List<Expr> always(Expr root) {
        Set<Expr> nodes = new HashSet<>();
        List<Expr> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Expr node = open.remove(open.size() - 1);
            if (nodes.add(node)) {
                boolean chooses = node instanceof Select
                        || node instanceof Call call
                                && (call.function() == Operator.AND || call.function() == Operator.OR);
                open.addAll(chooses ? node.children().subList(0, 1) : node.children());
            }
        }
        return Walk.postOrder(root).stream().filter(nodes::contains).toList();
    }
}
