package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.IntegerRange;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Works out once what loops would work out again and again: calls of functions that stand in several definitions, as {@code exp(z[k])}
 * in a softmax and in its sum, and such as do not depend on one of the loops around them. They become definitions of their own. What
 * depends on no loop is left where it is: lowering gives it a local variable. A selection that has a definition of its own is read from
 * there: the processor would have to guess its outcome twice.
 *
 * <p>Only what is evaluated in every round of its loops is moved, so nothing is evaluated that was not. Linear time.
 */
public final class CommonEntries {

    /** A loop from 0, whatever its name: the {@code place}-th of its definition with that end. */
    private record Place(int place, Expr high) {}

    /**
     * A definition whose loops are called as those of the others.
     *
     * @param loops its own loops, by their common names
     * @param body the body, with the common names
     */
    private record Uniform(Definition definition, Map<Expr, Expr> loops, Expr body) {}

    /** What is given, or completed by one definition. */
    private final Set<Tensor> complete;

    private final Map<Place, Index> common = new HashMap<>();
    private final Map<Expr, Set<Index>> indices = new HashMap<>();
    private final Map<Expr, Boolean> movable = new HashMap<>();
    private final Map<Expr, Integer> uses = new HashMap<>();
    private final Map<Expr, Expr> shared = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();

    private CommonEntries(Program program) {
        this.complete = new HashSet<>(program.arguments());
        complete.addAll(program.soleDefinitions().keySet());
        List<Uniform> all = program.definitions().stream().map(this::uniform).toList();
        all.forEach(each -> forCandidates(each, node -> {
            uses.merge(node, 1, Integer::sum);
            return false;
        }));
        all.forEach(this::add);
    }

    /** The same program, where calls and selections that repeat read what has been computed before; itself if none do. */
    public static Program share(Program program) {
        List<Definition> definitions = new CommonEntries(program).definitions;
        return definitions.equals(program.definitions()) ? program : program.withDefinitions(definitions);
    }

    /** Names the loops from 0 by their places; those of a recurrence keep their names, as nothing is moved out of it. */
    private Uniform uniform(Definition definition) {
        Map<Expr, Expr> toCommon = new HashMap<>();
        Map<Expr, Expr> loops = new LinkedHashMap<>();
        if (definition.recurrences().isEmpty()) {
            Map<Expr, Integer> alike = new HashMap<>();
            for (Index loop : definition.loops()) {
                if (loop.low() == Constant.ZERO
                        && Walk.indices(List.of(loop.high())).isEmpty()) {
                    Place place = new Place(alike.merge(loop.high(), 1, Integer::sum), loop.high());
                    Index index = common.computeIfAbsent(place, p -> Index.upTo(loop.name(), p.high));
                    toCommon.put(loop, index);
                    loops.put(index, loop);
                }
            }
        }
        Expr body = loops.isEmpty()
                ? definition.body()
                : Rewrite.substituting(toCommon).apply(definition.body());
        return new Uniform(definition, loops, body);
    }

    private void add(Uniform each) {
        Map<Expr, Expr> replacements = new HashMap<>();
        forCandidates(each, node -> {
            boolean isAll = node == each.body && each.definition.combine() == Combine.ASSIGN;
            boolean pays = !isAll && node instanceof Call && (uses.getOrDefault(node, 1) > 1 || isRepeated(node, each));
            boolean taken = pays || shared.containsKey(node);
            if (taken) {
                if (!shared.containsKey(node)) {
                    shared.put(node, moved(node, each));
                }
                replacements.put(node, shared.get(node));
            }
            return taken;
        });
        Definition definition = each.definition;
        if (replacements.isEmpty()) {
            definitions.add(definition);
        } else {
            Expr body = Rewrite.substituting(replacements).apply(each.body);
            definitions.add(definition.withBody(Rewrite.substituting(each.loops).apply(body)));
        }
        if (isCandidate(each.body, each) && definition.isTotal()) {
            List<Expr> places = new ArrayList<>();
            definition
                    .subscripts()
                    .forEach(subscript -> each.loops.forEach((index, loop) -> {
                        if (loop == subscript) {
                            places.add(index);
                        }
                    }));
            shared.putIfAbsent(each.body, Access.of(definition.target(), places));
        }
    }

    /**
     * Shows the calls that may be moved, from the root on, and goes into those that are not taken. What a condition may leave out is
     * not looked at.
     */
    private void forCandidates(Uniform each, Predicate<Expr> taken) {
        if (each.loops.isEmpty()) {
            return;
        }
        Set<Expr> seen = new HashSet<>();
        List<Expr> rest = new ArrayList<>(List.of(each.body));
        while (!rest.isEmpty()) {
            Expr node = rest.remove(rest.size() - 1);
            if (seen.add(node) && !(isCandidate(node, each) && taken.test(node))) {
                boolean conditional = node instanceof Select
                        || node instanceof Call call
                                && (call.function() == Operator.AND || call.function() == Operator.OR);
                rest.addAll(conditional ? node.children().subList(0, 1) : node.children());
            }
        }
    }

    private boolean isCandidate(Expr node, Uniform each) {
        return (node instanceof Select || node instanceof Call call && !(call.function() instanceof Operator))
                && isMovable(node)
                && !indices(node).isEmpty()
                && each.loops.keySet().containsAll(indices(node));
    }

    /** Whether {@code node} reads, at the places of whole loops, only what one definition has completed. */
    private boolean isMovable(Expr node) {
        Boolean known = movable.get(node);
        if (known == null) {
            known = node instanceof Access access
                    ? (access.tensor().role() != Tensor.Role.DERIVED || complete.contains(access.tensor()))
                            && access.subscripts().stream().noneMatch(Call.class::isInstance)
                    : true;
            for (Expr child : node.children()) {
                known &= isMovable(child);
            }
            movable.put(node, known);
        }
        return known;
    }

    private Set<Index> indices(Expr node) {
        Set<Index> known = indices.get(node);
        if (known == null) {
            known = new LinkedHashSet<>();
            if (node instanceof Index index) {
                known.add(index);
            }
            for (Expr child : node.children()) {
                known.addAll(indices(child));
            }
            indices.put(node, known);
        }
        return known;
    }

    /** Whether a loop of more than one round does not change {@code node}. */
    private boolean isRepeated(Expr node, Uniform each) {
        return each.loops.keySet().stream()
                .anyMatch(index -> !indices(node).contains(index)
                        && IntegerRange.of(((Index) index).high()).high() > 1);
    }

    /** An entry of a new definition of {@code node}, whose axes are in the order of the loops around it. */
    private Access moved(Expr node, Uniform each) {
        List<Index> axes = new ArrayList<>();
        Map<Expr, Expr> names = new LinkedHashMap<>();
        each.loops.forEach((index, loop) -> {
            if (indices(node).contains(index)) {
                axes.add((Index) index);
                names.put(index, Index.upTo(((Index) loop).name(), ((Index) index).high()));
            }
        });
        Shape shape = new Shape(axes.stream().map(Index::high).toList());
        Tensor target = Tensor.derived(((Call) node).function().symbol(), shape);
        Rewrite rename = Rewrite.substituting(names);
        List<Index> loops = axes.stream().map(index -> (Index) names.get(index)).toList();
        // What it calls may in turn be repeated or shared.
        add(new Uniform(Definition.map(target, loops, rename.apply(node), ""), names, node));
        return Access.of(target, axes);
    }
}
