package dev.gradc.check;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Tensor;
import dev.gradc.syntax.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the outputs of a network the names that the source has for them: users know them by these. What else has such a name, as the
 * adjoint {@code du} of a derivative or {@code s} for one example where all have the same, makes way.
 */
final class OutputNames {

    private OutputNames() {}

    /**
     * The tensors whose names change, with what takes their place.
     *
     * @param places where the source names each output
     */
    static Map<Tensor, Tensor> changed(List<Definition> definitions, Map<Tensor, Term.Name> places) {
        Map<String, Tensor> holders = new HashMap<>();
        definitions.forEach(definition -> holders.put(definition.target().name(), definition.target()));
        Map<Tensor, Tensor> changed = new HashMap<>();
        places.forEach((output, place) -> {
            String wanted = place.text();
            if (!output.name().equals(wanted)) {
                changed.put(output, output.named(wanted));
                Tensor holder = holders.get(wanted);
                if (holder != null) {
                    changed.put(holder, holder.named(output.name()));
                }
            }
        });
        return changed;
    }
}
