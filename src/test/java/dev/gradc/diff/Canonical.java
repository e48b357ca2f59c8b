package dev.gradc.diff;

import static java.util.stream.Collectors.joining;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs under names that do not depend on the source: tensors and indices numbered in the order of their appearance. */
final class Canonical {

    private final Map<Tensor, Tensor> tensors = new HashMap<>();
    private final Map<Index, Index> times = new HashMap<>();

    /** The text of a program; tensors that earlier programs had keep their names. */
    String text(Program program) {
        program.arguments().forEach(this::renamed);
        List<String> lines = new ArrayList<>();
        program.definitions()
                .forEach(definition -> lines.add(renamed(definition).toString()));
        String results = program.results().stream()
                .map(this::renamed)
                .map(Tensor::toString)
                .collect(joining(", "));
        return String.join("\n", lines) + "\nreturn " + results;
    }

    private Tensor renamed(Tensor tensor) {
        Tensor known = tensors.get(tensor);
        if (known == null) {
            Shape shape = new Shape(new Renaming(Map.of()).all(tensor.shape().extents()));
            known = new Tensor("t" + (tensors.size() + 1), tensor.role(), tensor.isInteger(), shape);
            tensors.put(tensor, known);
        }
        return known;
    }

    private Definition renamed(Definition definition) {
        Map<Index, Index> loops = new HashMap<>(times);
        List<Recurrence> recurrences = new ArrayList<>();
        for (Recurrence recurrence : definition.recurrences()) {
            Index time = recurrence.time();
            Index index =
                    times.computeIfAbsent(time, t -> new Index("time" + (times.size() + 1), time.low(), time.high()));
            loops.put(time, index);
            recurrences.add(new Recurrence(index, recurrence.descending()));
        }
        int outer = loops.size();
        List<Index> renamedLoops = new ArrayList<>();
        for (Index loop : definition.loops()) {
            Renaming bounds = new Renaming(loops);
            String name = "i" + (loops.size() - outer + 1);
            Index index = new Index(name, bounds.one(loop.low()), bounds.one(loop.high()));
            loops.put(loop, index);
            renamedLoops.add(index);
        }
        Renaming renaming = new Renaming(loops);
        Expr body = renaming.one(definition.body());
        return new Definition(
                renamed(definition.target()),
                renaming.all(definition.subscripts()),
                definition.combine(),
                renamedLoops,
                body,
                "",
                recurrences);
    }

    /** Replaces tensors and the indices of one definition. */
    private final class Renaming {

        private final Rewrite rewrite;

        Renaming(Map<Index, Index> loops) {
            rewrite = new Rewrite(node -> node instanceof Index index
                    ? loops.getOrDefault(index, index)
                    : node instanceof Access access ? Access.of(renamed(access.tensor()), access.subscripts()) : node);
        }

        Expr one(Expr expression) {
            return rewrite.apply(expression);
        }

        List<Expr> all(List<Expr> expressions) {
            return rewrite.apply(expressions);
        }
    }
}
