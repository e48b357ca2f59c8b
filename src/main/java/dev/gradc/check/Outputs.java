package dev.gradc.check;

import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Blocks;
import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Term;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outputs of a network. */
final class Outputs {

    private final Translation translation;
    private final Diagnostics diagnostics;

    /** Where the source names each of them. */
    private final Map<Tensor, Term.Name> places = new LinkedHashMap<>();

    Outputs(Translation translation) {
        this.translation = translation;
        diagnostics = translation.diagnostics();
    }

    List<Tensor> tensors() {
        return List.copyOf(places.keySet());
    }

    void add(Term.Name name, Context context) {
        Value value = context.scope().find(name.text()).orElse(null);
        if (value == null) {
            context.declarations().unknown(name, "name", context.scope().names(), diagnostics);
        } else if (value instanceof Array array) {
            Tensor known = array.holder().orElse(null);
            if (known == null && isGiven(array, name.text())) {
                diagnostics.error(
                        name.span(),
                        name.text() + " is given: an output gives out a definition",
                        "define it under another name: output same = " + name.text());
                return;
            }
            boolean wholeBatch = known != null && known.rank() == array.shape().rank() + 1;
            Tensor tensor = wholeBatch ? known : own(array, name, context);
            places.putIfAbsent(tensor, name);
        }
    }

    /** Whether {@code array} is data, a parameter or a state of this name; what is said of outputs that are targets says more. */
    private static boolean isGiven(Array array, String name) {
        return array.first() instanceof Access access
                && access.tensor().role() != Tensor.Role.DERIVED
                && access.tensor().role() != Tensor.Role.TARGET
                && access.tensor().name().equals(name);
    }

    private Tensor own(Array array, Term.Name name, Context context) {
        List<Index> example = List.of(context.owner().host().example());
        return translation
                .storeOver(array, name.text(), Blocks.note(name.span()), context, example)
                .holder()
                .orElseThrow();
    }

    /** When a network is used its targets are not known, so that no output can depend on one. */
    void refuseTargets(List<Tensor> data) {
        Map<Tensor, Tensor> reads = new HashMap<>();
        data.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .forEach(tensor -> reads.put(tensor, tensor));
        for (Definition definition : translation.definitions()) {
            for (Access access : Walk.accesses(definition.body())) {
                if (reads.containsKey(access.tensor())) {
                    reads.putIfAbsent(definition.target(), reads.get(access.tensor()));
                }
            }
        }
        places.forEach((output, name) -> {
            if (reads.containsKey(output)) {
                String target = reads.get(output).name();
                diagnostics.error(
                        name.span(),
                        "the output " + name.text() + " depends on the target " + target
                                + ", which is not known when the network is used",
                        "declare it as an input if it is: input " + target);
            }
        });
    }

    /**
     * What gives them the names that the source has for them: users know them by these. What else has such a name, as the adjoint {@code
     * du} of a derivative or {@code s} for one example where all have the same, makes way.
     *
     * @return the tensors whose names change, with what takes their place
     */
    Map<Tensor, Tensor> renamed() {
        Map<String, Tensor> holders = new HashMap<>();
        translation
                .definitions()
                .forEach(definition -> holders.put(definition.target().name(), definition.target()));
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
