package dev.gradc.check.scope;

import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the calls of layers that own parameters, which decides what those parameters are called. */
public final class LayerCalls {

    private LayerCalls() {}

    /** Whether a call of {@code layer} makes parameters; one that calls itself, an error, makes none by that. */
    public static boolean ownsParameters(Declaration.Layer layer, Declarations home) {
        Boolean known = home.owning().putIfAbsent(layer, false);
        if (known != null) {
            return known;
        }
        boolean owns = ownsParametersItself(layer, home);
        home.owning().put(layer, owns);
        return owns;
    }

    private static boolean ownsParametersItself(Declaration.Layer layer, Declarations home) {
        for (Statement statement : layer.body()) {
            boolean owns = statement instanceof Statement.Variable
                    || statement instanceof Statement.Definition definition
                            && !calls(definition.value(), home).isEmpty()
                    || statement instanceof Statement.Return result
                            && result.values().stream()
                                    .anyMatch(value -> !calls(value, home).isEmpty());
            if (owns) {
                return true;
            }
        }
        return false;
    }

    /** How often {@code term} calls each layer that owns parameters. */
    public static Map<String, Integer> calls(Term term, Declarations declarations) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        count(term, declarations, counts);
        return counts;
    }

    private static void count(Term term, Declarations declarations, Map<String, Integer> counts) {
        term.parts().forEach(part -> count(part, declarations, counts));
        if (term instanceof Term.Call call) {
            List<Found<Declaration>> found =
                    declarations.callables(call.function().text());
            if (!found.isEmpty()
                    && found.get(0).declaration() instanceof Declaration.Layer layer
                    && ownsParameters(layer, found.get(0).home())) {
                counts.merge(call.function().text(), 1, Integer::sum);
            }
        }
    }
}
