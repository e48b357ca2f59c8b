package dev.gradc.reading;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Letters;
import dev.gradc.ir.Numbering;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives different tensors of a program different names, and so the loops of a definition: two that are called i would be one to a reader. */
public final class UniqueNames {

    private final Program program;
    private final Map<Tensor, Tensor> renamed = new HashMap<>();

    private UniqueNames(Program program) {
        this.program = program;
    }

    public static Program apply(Program program) {
        UniqueNames names = new UniqueNames(program);
        names.rename();
        Rewrite tensors = names.renamed.isEmpty() ? Rewrite.substituting(Map.of()) : Rewrite.renaming(names.renamed);
        return program.withDefinitions(program.definitions().stream()
                .map(definition -> names.lettered(definition, tensors))
                .toList());
    }

    /** Results keep their names: they are known by them. */
    private void rename() {
        Set<String> taken = new HashSet<>();
        Set<Tensor> seen = new HashSet<>(program.arguments());
        seen.addAll(program.results());
        seen.forEach(tensor -> taken.add(tensor.name()));
        for (Definition definition : program.definitions()) {
            Tensor target = definition.target();
            if (seen.add(target)) {
                String name = target.name();
                // A number in a name of the source is part of it; any other may as well be the next one.
                boolean isOfSource = !definition.note().isEmpty();
                String stem = isOfSource ? Numbering.stem(name) : Numbering.withoutNumber(name);
                for (int number = 2; !taken.add(name); number++) {
                    name = stem + number;
                }
                if (!name.equals(target.name())) {
                    renamed.put(target, target.named(name));
                }
            }
        }
    }

    private Definition lettered(Definition definition, Rewrite tensors) {
        Set<String> taken = new HashSet<>();
        definition.recurrences().forEach(loop -> taken.add(loop.time().name()));
        Map<Expr, Expr> places = new HashMap<>();
        List<Index> loops = new ArrayList<>();
        for (Index loop : definition.loops()) {
            String name = loop.name();
            if (!taken.add(name)) {
                // The names of those that come after it are better left to them.
                Set<String> others = new HashSet<>(taken);
                definition.loops().forEach(other -> others.add(other.name()));
                name = Letters.fresh(name, others);
                taken.add(name);
            }
            Rewrite bounds = Rewrite.substituting(places);
            Expr low = bounds.apply(loop.low());
            Expr high = bounds.apply(loop.high());
            boolean same = name.equals(loop.name()) && low == loop.low() && high == loop.high();
            Index index = same ? loop : new Index(name, low, high);
            if (!same) {
                places.put(loop, index);
            }
            loops.add(index);
        }
        Tensor target = definition.target();
        return definition
                .withTarget(renamed.getOrDefault(target, target))
                .withLoops(loops)
                .rewritten(Rewrite.substituting(places))
                .rewritten(tensors);
    }
}
