package dev.gradc.diff;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import java.util.HashSet;
import java.util.Set;

/** Names for the tensors of a derivative that no tensor of the program has. */
final class Names {

    private final Set<String> taken = new HashSet<>();

    Names(Program program) {
        program.arguments().stream().map(Tensor::name).forEach(taken::add);
        program.definitions().stream().map(Definition::target).map(Tensor::name).forEach(taken::add);
    }

    String fresh(String wanted) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + number;
        }
        return name;
    }
}
