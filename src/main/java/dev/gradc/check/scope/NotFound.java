package dev.gradc.check.scope;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Spelling;
import dev.gradc.syntax.Term.Name;
import java.util.Collection;
import java.util.TreeSet;

/** What is said of a name that stands for nothing, and which one may have been meant. */
public final class NotFound {

    /** So many names are still read rather than searched. */
    private static final int FEW = 8;

    private NotFound() {}

    /** {@code unknown name 'sigmod'}, with the nearest known name as a hint, or all of them if they are few. */
    public static Diagnostic unknown(Name name, String what, Collection<String> known) {
        return advised(Diagnostic.error(name.span(), "unknown " + what + " '" + name.text() + "'"), name, known);
    }

    /** {@code adam has no parameter 'rate'}. */
    public static Diagnostic unknownParameter(Name name, String function, Collection<String> known) {
        return advised(
                Diagnostic.error(name.span(), function + " has no parameter '" + name.text() + "'"), name, known);
    }

    private static Diagnostic advised(Diagnostic diagnostic, Name name, Collection<String> known) {
        return Spelling.nearest(name.text(), known)
                .map(near -> diagnostic.withHint("did you mean " + near + "?"))
                .orElse(
                        known.isEmpty() || known.size() > FEW
                                ? diagnostic
                                : diagnostic.withHint("there is " + String.join(", ", new TreeSet<>(known))));
    }
}
