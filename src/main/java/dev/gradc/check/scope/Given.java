package dev.gradc.check.scope;

import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Name;
import java.util.Optional;

/** An argument that has been worked out. */
public record Given(Optional<Name> name, Value value, Span span) {

    /** An argument by position. */
    public static Given of(Value value, Span span) {
        return new Given(Optional.empty(), value, span);
    }
}
