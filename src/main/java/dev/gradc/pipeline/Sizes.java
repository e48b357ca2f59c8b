package dev.gradc.pipeline;

import dev.gradc.data.DataException;
import dev.gradc.source.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The sizes of networks that a user sets by name. */
public final class Sizes {

    private Sizes() {}

    /** @throws DataException if one is {@code set} that no network has; misspelt, it would change nothing */
    public static void check(Collection<String> set, Collection<String> known, String subject) {
        List<String> unknown = new ArrayList<>(set);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = unknown.get(0);
            String advice = Spelling.nearest(name, known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw new DataException(subject, "no network has a size " + name + advice);
        }
    }
}
