package dev.gradc.check;

import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Name;
import java.util.Optional;

/** An argument that has been worked out. */
record Given(Optional<Name> name, Value value, Span span) {

    /** An argument by position. */
    static Given of(Value value, Span span) {
        return new Given(Optional.empty(), value, span);
    }
}
