package dev.gradc.check.scope;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of the functions and layers of one name takes some arguments, and which of its parameters each argument is for. */
public final class Overloads {

    private Overloads() {}

    /** The first declaration whose ranks fit exactly, else the first that applies entry by entry; null if none takes them. */
    public static Found<Declaration> choose(List<Found<Declaration>> candidates, List<Given> given) {
        Found<Declaration> entryByEntry = null;
        for (Found<Declaration> candidate : candidates) {
            Optional<Map<Parameter, Given>> matched = match(candidate.declaration(), given);
            if (matched.isEmpty()) {
                continue;
            }
            boolean exact = true;
            boolean possible = true;
            boolean layer = candidate.declaration() instanceof Declaration.Layer;
            boolean scalars = Declarations.parameters(candidate.declaration()).stream()
                    .allMatch(p -> p.dimensions().isEmpty());
            for (Map.Entry<Parameter, Given> entry : matched.get().entrySet()) {
                int rank = entry.getKey().dimensions().size();
                if (entry.getValue().value() instanceof Array array) {
                    boolean integer = entry.getKey().integerRange().isPresent();
                    boolean fits = array.shape().rank() == rank && (!integer || isInteger(array));
                    exact &= fits || layer && rank == 0;
                    possible &= fits || rank == 0 && (layer || scalars) && !integer;
                } else {
                    possible &= rank == 0 && !(candidate.declaration() instanceof Declaration.Native);
                }
            }
            if (possible && exact) {
                return candidate;
            }
            if (possible && entryByEntry == null) {
                entryByEntry = candidate;
            }
        }
        return entryByEntry;
    }

    private static boolean isInteger(Array array) {
        return Constants.isInteger(array.first());
    }

    /** Brings parameters and arguments together by position and name; empty if they do not fit. */
    public static Optional<Map<Parameter, Given>> match(Declaration declaration, List<Given> given) {
        List<Parameter> parameters = Declarations.parameters(declaration);
        Map<Parameter, Given> matched = new LinkedHashMap<>();
        int position = 0;
        for (Given argument : given) {
            Optional<Parameter> parameter = argument.name().isPresent()
                    ? parameters.stream()
                            .filter(p ->
                                    p.name().text().equals(argument.name().get().text()))
                            .findFirst()
                    : position < parameters.size() ? Optional.of(parameters.get(position++)) : Optional.empty();
            if (parameter.isEmpty() || matched.put(parameter.get(), argument) != null) {
                return Optional.empty();
            }
        }
        boolean complete = parameters.stream()
                .allMatch(p -> matched.containsKey(p) || p.defaultValue().isPresent());
        return complete ? Optional.of(matched) : Optional.empty();
    }
}
