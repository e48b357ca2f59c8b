package dev.gradc.diff;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Numbering;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names for the tensors of a derivative that no tensor of the program has. */
final class FreshNames {

    private final Set<String> taken = new HashSet<>();

    /** The number at which the search for a free one goes on, by what was wanted. */
    private final Map<String, Integer> next = new HashMap<>();

    FreshNames(Program program) {
        program.arguments().stream().map(Tensor::name).forEach(taken::add);
        program.definitions().stream().map(Definition::target).map(Tensor::name).forEach(taken::add);
    }

    String fresh(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name = Numbering.stem(wanted) + next.merge(wanted, 2, (number, two) -> number + 1);
        }
        return name;
    }
}
